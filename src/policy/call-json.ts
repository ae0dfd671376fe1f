import { isRecord } from "../intake/arguments.ts";
import { readJson } from "../intake/json.ts";
import type { Call } from "./policy.ts";

/** A call as JSON: `{ "tool", "arguments", "server"? }`, or the `tools/call` message that carries it. */
export function readCall(text: string): { readonly call: Call } | { readonly problem: string } {
  const read = readJson(text);
  return "problem" in read ? read : callIn(read.value);
}

export function callIn(value: unknown): { readonly call: Call } | { readonly problem: string } {
  if (!isRecord(value)) return { problem: "expected a JSON object" };
  if (value.method === "tools/call")
    return isRecord(value.params) ? message(value.params) : { problem: "the message has no params" };
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return { problem: `unknown key "${unknown}"; expected ${KEYS.join(", ")}` };
  const { tool, server, schema } = value;
  if (typeof tool !== "string" || tool === "") return { problem: '"tool" is missing' };
  if (server !== undefined && typeof server !== "string") return { problem: '"server" must be a string' };
  if (value.arguments !== undefined && !isRecord(value.arguments)) return { problem: '"arguments" must be an object' };
  return {
    call: {
      tool,
      arguments: value.arguments ?? {},
      ...(server === undefined ? {} : { server }),
      ...(schema === undefined ? {} : { schema }),
    },
  };
}

const KEYS = ["tool", "arguments", "server", "schema"];

function message({ name, arguments: args }: Readonly<Record<string, unknown>>) {
  return typeof name === "string" ? { call: { tool: name, arguments: args ?? {} } } : { problem: "the message names no tool" };
}
