import type { Analyzer } from "../index.ts";
import { readJson } from "../intake/json.ts";
import type { Decision, Verdict } from "../model/finding.ts";
import type { Context, Input } from "../model/subject.ts";
import { analyzeCall } from "../policy/analyze-call.ts";
import { callIn } from "../policy/call-json.ts";
import type { Call } from "../policy/policy.ts";
import { verdictJson } from "../report/verdict-json.ts";
import { decode, type Line, linesOf, MOST_BYTES } from "./bytes.ts";
import { EXIT, EXIT_ERROR } from "./exit.ts";
import { describe, Failure } from "./failure.ts";
import type { Io } from "./io.ts";
import { nearWord } from "./words.ts";

type Id = string | number;
interface Request {
  readonly id?: Id;
  readonly what: Input | Call;
}

/**
 * One verdict line for each line of stdin, in order; a bad line gets `{ "version": 1, "error": { "line", "message" } }`.
 * The exit code is that of the worst line: 2 a bad line, 1 deny, 3 require_approval, 0.
 */
export async function checkStream(analyzer: Analyzer, context: Context, io: Io): Promise<number> {
  const seen = new Set<Decision | "error">();
  for await (const line of linesOf(io.stdin)) {
    const { text, outcome } = answer(line, analyzer, context);
    seen.add(outcome);
    if (!(await io.write(`${text}\n`))) break;
  }
  if (seen.has("error")) return EXIT_ERROR;
  return EXIT[seen.has("deny") ? "deny" : seen.has("require_approval") ? "require_approval" : "allow"];
}

function answer(
  line: Line,
  analyzer: Analyzer,
  context: Context,
): { readonly text: string; readonly outcome: Decision | "error" } {
  try {
    const { id, what } = readRequest(line);
    const verdict = judge(what, analyzer, context);
    return { text: JSON.stringify(verdictJson(verdict, id)), outcome: verdict.decision };
  } catch (error) {
    return { text: JSON.stringify({ version: 1, error: { line: line.number, message: describe(error) } }), outcome: "error" };
  }
}

function judge(what: Input | Call, analyzer: Analyzer, context: Context): Verdict {
  if (!("tool" in what)) return analyzer.analyze(what, context);
  const { tool, arguments: args, ...hints } = what;
  return analyzeCall(analyzer, tool, args, hints, context).verdict;
}

const KEYS = ["id", "command", "argv", "tool", "arguments", "server"];

/** By hand, since a schema library costs more to load than most commands to judge. Throws a Failure. */
function readRequest({ bytes }: Line): Request {
  if (bytes === undefined) throw new Failure(`longer than ${MOST_BYTES} bytes`);
  const text = decode(bytes, "the line");
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Failure("expected a JSON object");
  const request = new Map<string, unknown>(Object.entries(value));
  for (const key of request.keys()) if (!KEYS.includes(key)) throw new Failure(`unknown key "${key}"; ${nearWord(key, KEYS)}`);
  const id = readId(request.get("id"));
  return { ...(id === undefined ? {} : { id }), what: request.has("tool") ? readToolLine(text, request) : readInput(request) };
}

function parseJson(text: string): unknown {
  if (text.trim() === "") throw new Failure("the line is empty");
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure("not JSON");
  }
}

function readId(id: unknown): Id | undefined {
  if (id === undefined || typeof id === "string") return id;
  // A number that JavaScript rounds would come back as another one.
  if (typeof id === "number" && (!Number.isInteger(id) || Number.isSafeInteger(id))) return id;
  throw new Failure('"id" must be a string or a number that JSON readers agree on');
}

/** A call's arguments go to somebody else's reader, too: a key given twice may mean another thing there. */
function readToolLine(text: string, request: ReadonlyMap<string, unknown>): Call {
  const read = readJson(text);
  if ("problem" in read) throw new Failure(read.problem);
  if (request.has("command") || request.has("argv")) throw new Failure('expected one of "command", "argv" and "tool"');
  const { id, ...rest } = Object.fromEntries(request);
  const call = callIn(rest);
  if ("problem" in call) throw new Failure(call.problem);
  return call.call;
}

function readInput(request: ReadonlyMap<string, unknown>): Input {
  const command = request.get("command");
  const argv = request.get("argv");
  if (request.has("command") === request.has("argv")) throw new Failure('expected either "command" or "argv"');
  if (typeof command === "string") return { command };
  if (Array.isArray(argv) && argv.length > 0 && argv.every((word) => typeof word === "string")) return { argv };
  throw new Failure(
    request.has("command") ? '"command" must be a string' : '"argv" must be a list of strings, the program first',
  );
}
