import { parseStrict } from "../gate/strict-json.ts";
import type { Long } from "./lines.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** One JSON-RPC message of a client. `id` is as written, `key` the same for ids that JSON readers take for equal. */
export type Message =
  | {
      readonly kind: "request";
      readonly id: string;
      readonly key: string;
      readonly method: string;
      readonly params: Fields;
      readonly inexact: readonly string[];
    }
  | { readonly kind: "notification"; readonly method: string; readonly params: Fields }
  | { readonly kind: "response"; readonly key: string; readonly value: Fields }
  | { readonly kind: "bad"; readonly id: string; readonly code: number; readonly problem: string };

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
export const INVALID_PARAMS = -32602;
/** Own codes stand outside what JSON-RPC and MCP keep for themselves. */
export const UPSTREAM_GONE = -31001;
export const REFUSED = -31002;

/** Never throws. What readers could take in two ways is bad. */
export function readMessage(bytes: Buffer): Message {
  const parsed = parseStrict(bytes);
  if ("problem" in parsed)
    return bad(lenientId(bytes), parsed.problem, parsed.problem.startsWith("not ") ? PARSE_ERROR : INVALID_REQUEST);
  const { value, id: raw, inexact } = parsed;
  if (Array.isArray(value)) return bad("null", "batches are not taken: send one message a line");
  if (!isFields(value)) return bad("null", "a message is an object");
  const misspelt = Object.keys(value).find((key) => WORDS.has(key.normalize("NFKC").toLowerCase()) && !WORDS.has(key));
  if (misspelt !== undefined) return bad(raw ?? "null", `the key ${JSON.stringify(misspelt)}`);
  if (value.jsonrpc !== "2.0") return bad(raw ?? "null", '"jsonrpc" must be "2.0"');
  return sorted(value, raw, inexact);
}

const WORDS: ReadonlySet<string> = new Set(["jsonrpc", "id", "method", "params", "result", "error"]);

function sorted(value: Fields, raw: string | undefined, inexact: readonly string[]): Message {
  const { id, method, params = {} } = value;
  const hasId = "id" in value;
  if (hasId && (raw === undefined || (typeof id !== "string" && typeof id !== "number")))
    return bad("null", '"id" must be a string or a number');
  if (!("method" in value)) {
    const isAnswer = raw !== undefined && "result" in value !== "error" in value;
    return isAnswer ? { kind: "response", key: keyOf(id), value } : bad(raw ?? "null", "neither a request nor a response");
  }
  if (typeof method !== "string" || "result" in value || "error" in value)
    return bad(raw ?? "null", "neither a request nor a response");
  if (!isFields(params)) return bad(raw ?? "null", '"params" must be an object', INVALID_PARAMS);
  return raw === undefined
    ? { kind: "notification", method, params }
    : { kind: "request", id: raw, key: keyOf(id), method, params, inexact };
}

/** What JSON.parse makes of the id: the server may write `1.0` for `1`. */
export const keyOf = (id: unknown): string => JSON.stringify(id) ?? "null";

const bad = (id: string, problem: string, code = INVALID_REQUEST): Message => ({ kind: "bad", id, code, problem });

/** Whoever sent something bad still waits for an answer. */
function lenientId(bytes: Buffer): string {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    if (isFields(value) && (typeof value.id === "string" || typeof value.id === "number")) return JSON.stringify(value.id);
  } catch {
    // No id then.
  }
  return "null";
}

/** The id of a line that was too long to keep: near its end, where SDKs write it, or near its beginning. */
export function idOfLong({ head, tail }: Long): string {
  const text = tail.toString("latin1");
  const last = text.lastIndexOf('"id":');
  const near = last < 0 ? head.toString("latin1") : text.slice(last);
  const at = near.indexOf('"id":');
  if (at < 0) return "null";
  const rest = near.slice(at + 5, at + 300).trimStart();
  const end = rest.startsWith('"') ? rest.indexOf('"', 1) + 1 : endOfNumber(rest);
  try {
    const id: unknown = JSON.parse(rest.slice(0, end));
    return typeof id === "string" || typeof id === "number" ? JSON.stringify(id) : "null";
  } catch {
    return "null";
  }
}

function endOfNumber(text: string): number {
  let end = 0;
  while (end < text.length && "-0123456789".includes(text.charAt(end))) end++;
  return end;
}
