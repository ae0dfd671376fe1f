import { refusalText, VERDICT_KEY } from "../gate/answer.ts";
import { sessionOf } from "./check.ts";
import type { Received, Reply } from "./http.ts";
import type { Answered } from "./schema.ts";
import { admit, BadRequest, jsonOf, type Service, type ToolCall } from "./service.ts";

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const textIn = (fields: Fields, key: string): string | undefined => (typeof fields[key] === "string" ? fields[key] : undefined);

/** What the model reads; other proxies show it or do not. */
const refusal = (answer: Answered): string => refusalText({ ...answer, id: answer.decision_id });

/** The call in an MCP message; null: no call of a tool, nothing to decide. Throws a BadRequest for what could be read in two ways. */
function callIn(message: unknown, more: Omit<ToolCall, "tool" | "arguments">): ToolCall | null {
  if (Array.isArray(message)) throw new BadRequest("batches are not taken: send one message at a time");
  if (!isFields(message)) throw new BadRequest("expected a JSON-RPC message");
  const misspelt = Object.keys(message).find(
    (key) => ["method", "params"].includes(key.normalize("NFKC").toLowerCase()) && key !== key.toLowerCase(),
  );
  if (misspelt !== undefined) throw new BadRequest(`the key ${JSON.stringify(misspelt)}`);
  if (message.method !== "tools/call") {
    if (typeof message.method === "string" || "result" in message || "error" in message) return null;
    throw new BadRequest("expected a JSON-RPC message");
  }
  return paramsIn(message.params, more);
}

function paramsIn(params: unknown, more: Omit<ToolCall, "tool" | "arguments">): ToolCall {
  if (!isFields(params) || typeof params.name !== "string" || params.name === "") throw new BadRequest("the call names no tool");
  if (params.arguments !== undefined && params.arguments !== null && !isFields(params.arguments))
    throw new BadRequest('"arguments" must be an object');
  return { ...more, tool: params.name, arguments: params.arguments ?? {} };
}

/**
 * Envoy's external authorization over HTTP: the original request, its path behind our prefix. 200 lets it through, anything else is
 * the client's answer. A body that is missing or cut off is a refusal: the server would get the whole.
 */
export async function extAuthz(service: Service, received: Received): Promise<Reply> {
  if (received.method !== "POST") return { status: 200, headers: { "x-argvet-decision": "allow" } };
  if (received.headers["x-envoy-auth-partial-body"] === "true")
    return denied(null, "the body was cut off: raise max_request_bytes");
  const { value, inexact } = read(received);
  if (typeof value === "string") return denied(null, value);
  const id = isFields(value) && (typeof value.id === "string" || typeof value.id === "number") ? value.id : null;
  try {
    const call = callIn(value, { session: sessionOf(received), inexact });
    if (call === null) return { status: 200, headers: { "x-argvet-decision": "allow" } };
    const answer = await admit(service, call);
    return answer.allow ? { status: 200, headers: { "x-argvet-decision": "allow" } } : denied(id, refusal(answer), answer);
  } catch (error) {
    if (error instanceof BadRequest) return denied(id, error.message);
    throw error;
  }
}

function read(received: Received): { readonly value: unknown; readonly inexact: readonly string[] } {
  try {
    return jsonOf(received);
  } catch (error) {
    return { value: error instanceof Error ? error.message : "not read", inexact: [] };
  }
}

/** Own codes stand outside what JSON-RPC and MCP keep for themselves. */
const REFUSED = -31002;

const denied = (id: string | number | null, message: string, answer?: Answered): Reply => ({
  status: 403,
  headers: { "x-argvet-decision": answer?.decision ?? "deny" },
  body: {
    jsonrpc: "2.0",
    id,
    error: { code: REFUSED, message, ...(answer === undefined ? {} : { data: { [VERDICT_KEY]: answer } }) },
  },
});

/** ToolHive's validating webhook, version v0.1.0. */
export async function toolhive(service: Service, received: Received): Promise<Reply> {
  const { value, inexact } = jsonOf(received);
  if (!isFields(value)) throw new BadRequest("expected a JSON object");
  const head = { version: textIn(value, "version") ?? "v0.1.0", uid: textIn(value, "uid") ?? "" };
  const context = isFields(value.context) ? value.context : {};
  const principal = isFields(value.principal) ? (textIn(value.principal, "sub") ?? textIn(value.principal, "email")) : undefined;
  const server = textIn(context, "server_name");
  const session = principal ?? textIn(context, "source_ip") ?? sessionOf(received);
  try {
    const call = callIn(value.mcp_request, { session, principal, server, inexact });
    const answer = call === null ? undefined : await admit(service, call);
    if (answer === undefined || answer.allow) return { status: 200, body: { ...head, allowed: true } };
    return {
      status: 200,
      body: {
        ...head,
        allowed: false,
        code: 403,
        message: refusal(answer),
        reason: answer.rules[0] ?? "argvet",
        details: { [VERDICT_KEY]: answer },
      },
    };
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    return { status: 200, body: { ...head, allowed: false, code: 400, message: error.message, reason: "bad-input" } };
  }
}

/** LiteLLM's generic guardrail: the tool calls that a model made, or a client passes on. */
export async function litellm(service: Service, received: Received): Promise<Reply> {
  try {
    const { value, inexact } = jsonOf(received);
    if (!isFields(value)) throw new BadRequest("expected a JSON object");
    const session = textIn(value, "litellm_trace_id") ?? sessionOf(received);
    const principal = isFields(value.request_data) ? textIn(value.request_data, "user_api_key_hash") : undefined;
    for (const call of callsIn(value.tool_calls)) {
      const answer = await admit(service, { ...call, session, principal, inexact });
      if (!answer.allow) return { status: 200, body: { action: "BLOCKED", blocked_reason: refusal(answer) } };
    }
    return { status: 200, body: { action: "NONE" } };
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    return { status: 200, body: { action: "BLOCKED", blocked_reason: error.message } };
  }
}

/** OpenAI's shape: the arguments are the text of an object. */
function callsIn(calls: unknown): readonly Pick<ToolCall, "tool" | "arguments">[] {
  if (calls === undefined || calls === null) return [];
  if (!Array.isArray(calls)) throw new BadRequest('"tool_calls" must be a list');
  return calls.map((call: unknown) => {
    const { name, arguments: args } = isFields(call) && isFields(call.function) ? call.function : {};
    if (typeof name !== "string") throw new BadRequest("a tool call names no function");
    if (typeof args !== "string") return { tool: name, arguments: args ?? {} };
    return {
      tool: name,
      arguments: args === "" ? {} : jsonOf({ method: "", path: "", headers: {}, body: Buffer.from(args) }).value,
    };
  });
}

/** Docker MCP gateway, `--interceptor=before:http:URL`: an empty answer lets the call through, any other is the call's result. */
export async function dockerMcp(service: Service, received: Received): Promise<Reply> {
  try {
    const { value, inexact } = jsonOf(received);
    const params = isFields(value) ? (value.Params ?? value.params) : undefined;
    const answer = await admit(service, paramsIn(params, { session: sessionOf(received), inexact }));
    return answer.allow ? { status: 200 } : result(refusal(answer), answer);
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    return result(error.message);
  }
}

const result = (text: string, answer?: Answered): Reply => ({
  status: 200,
  body: {
    content: [{ type: "text", text }],
    isError: true,
    ...(answer === undefined ? {} : { _meta: { [VERDICT_KEY]: answer } }),
  },
});
