import { type Author, exactText, unknown } from "../../model/value.ts";
import type { Interpreter } from "./interpreter.ts";
import { type Handle, type Thing, text } from "./thing.ts";

/** What is read from a handle: a socket's data is the network's. */
export function readHandle(handle: Handle): Thing {
  if (!handle.end) return { value: unknown("author"), from: [] };
  return { value: unknown(authorOf(handle), handle.kind), from: [{ end: handle.end }] };
}

function authorOf(handle: Handle): Author {
  if (handle.kind === "socket" || handle.kind === "server" || handle.kind === "web") return "network";
  if (handle.kind === "command") return "output";
  return handle.kind === "standard" ? "input" : "file";
}

/** `<STDIN>`, `<$fh>`, `<>`; `<*.c>` lists names. */
export function readFrom(at: Interpreter, of: string): Thing {
  if (of === "STDIN") return standardInput(at);
  if (of === "" || of === "ARGV" || of === "<>") return argumentFiles(at);
  const held = at.variables.get(of) ?? at.variables.get(`*${of}`);
  if (held?.handle) return readHandle(held.handle);
  if (held) return { value: unknown("file", of), from: held.from };
  return of.includes("*") || of.includes("/")
    ? { value: unknown("glob", of), from: [] }
    : { value: unknown("file", of), from: [] };
}

export const standardInput = (at: Interpreter): Thing => ({ value: unknown("input", "stdin"), from: [{ end: at.stdin }] });

/** Lines of the files among the arguments, or of the input. Perl runs `cmd|` among them. */
export function argumentFiles(at: Interpreter): Thing {
  const files = at.args.filter((arg) => !exactText(arg.value)?.startsWith("-"));
  if (files.length === 0) return standardInput(at);
  const from = files.flatMap(({ value }) => {
    const name = exactText(value);
    if (name?.endsWith("|") && at.language === "perl") return at.shell(text(name.slice(0, -1)), true).from;
    if (!at.lines) at.draft.path("read", value);
    return [{ end: at.draft.file(value) }];
  });
  return { value: unknown("file", "a line"), from };
}
