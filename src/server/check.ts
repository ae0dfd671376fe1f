import type * as z from "zod";
import type { Received, Reply } from "./http.ts";
import { argvSchema, batchSchema, commandSchema, type Item, toolSchema } from "./schema.ts";
import { BadRequest, check, jsonOf, type Service } from "./service.ts";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `POST /v1/check`: one question, or a batch; the answers are in order. */
export async function checkRoute(service: Service, received: Received): Promise<Reply> {
  const { value, inexact } = jsonOf(received);
  const session = sessionOf(received);
  if (!isRecord(value) || !("batch" in value))
    return { status: 200, body: await check(service, itemOf(value), session, inexact) };
  const { batch } = parse(batchSchema, value);
  const results = [];
  for (const item of batch) results.push(await check(service, item, session, inexact));
  return { status: 200, body: { results } };
}

/** `POST /v1/data/argvet/verdict`, as OPA answers: no input, no result. What is no question is refused, not undefined. */
export async function opaRoute(service: Service, received: Received): Promise<Reply> {
  const { value, inexact } = received.body.length === 0 ? { value: {}, inexact: [] } : jsonOf(received);
  if (!isRecord(value) || value.input === undefined) return { status: 200, body: {} };
  try {
    const { decision_id, ...result } = await check(service, itemOf(value.input), sessionOf(received), inexact);
    return { status: 200, body: { result, decision_id } };
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    return {
      status: 200,
      body: { result: { decision: "deny", allow: false, reason: error.message, risk: 0, rules: ["bad-input"] } },
    };
  }
}

/** Named by the key that says what is asked, so that a problem is about the question that was meant. */
function itemOf(value: unknown): Item {
  if (!isRecord(value)) throw new BadRequest("expected a JSON object");
  const kinds = [["command", commandSchema] as const, ["argv", argvSchema] as const, ["tool", toolSchema] as const];
  const given = kinds.filter(([key]) => key in value);
  const [first, second] = given;
  if (first === undefined || second !== undefined) throw new BadRequest('expected one of "command", "argv" and "tool"');
  return parse<Item>(first[1], value);
}

export function parse<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const at = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  throw new BadRequest(`${at}${(issue?.message ?? "not as expected").toLowerCase()}`);
}

/** Under which key it counts, if the question does not say. */
export function sessionOf({ headers }: Received): string {
  const given = headers["x-argvet-session"] ?? headers["mcp-session-id"];
  return typeof given === "string" && given !== "" ? given.slice(0, 256) : "anonymous";
}
