import type { Binding, Run } from "../model/binding.ts";
import { type Argument, exact, exactText, type Value } from "../model/value.ts";

/** systemd.service(5): lines that name a command line to run. */
const EXEC: ReadonlySet<string> = new Set([
  "ExecStart",
  "ExecStartPre",
  "ExecStartPost",
  "ExecStop",
  "ExecStopPost",
  "ExecReload",
  "ExecCondition",
]);

/** A systemd unit: its command lines run later, as `User=` if that is set. Quotes and `;` are read as a shell would. */
export function readUnit(code: Argument): Binding | undefined {
  const text = exactText(code.value);
  if (text === undefined) return undefined;
  const lines = text.replaceAll("\\\n", " ").split("\n").map(keyOf);
  const user = lines.findLast((line) => line?.key === "User")?.value;
  const runs = lines.flatMap((line): Run[] =>
    line && EXEC.has(line.key) && line.value !== "" ? [runOf(line.value, user, code)] : [],
  );
  return { effects: [], edges: [], runs, doubts: [] };
}

function keyOf(line: string): { readonly key: string; readonly value: string } | undefined {
  const equals = line.indexOf("=");
  return equals < 1 ? undefined : { key: line.slice(0, equals).trim(), value: line.slice(equals + 1).trim() };
}

function runOf(line: string, user: string | undefined, code: Argument): Run {
  let start = 0;
  while ("@-:+!|".includes(line[start] ?? " ")) start++;
  const value: Value = { ...exact(line.slice(start)), ...(code.value.from ? { from: code.value.from } : {}) };
  return {
    as: "shell",
    shell: "sh",
    code: { value, count: "one", span: code.span },
    args: [],
    span: code.span,
    deferredBy: { kind: "service", value: exact("unit") },
    ...(user ? { becomes: exact(user) } : {}),
  };
}
