import type { Binding } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";
import { textCalls } from "./text-calls.ts";

const CODE: ReadonlyMap<string, string> = new Map([
  ["python", "python"],
  ["py", "python"],
  ["python-interactive", "python"],
  ["pi", "python"],
  ["script", "python"],
]);
/** C functions that run or remove things when they are called inside the program. */
const SHELLS: ReadonlySet<string> = new Set(["system", "popen", "execl", "execlp", "execv", "execvp"]);

/** Commands of gdb 13 and lldb: shells, code in Python, functions called in the program, files. */
export function readGdb(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? "").trim();
    if (line === "python" || line === "py") {
      const end = lines.findIndex((one, j) => j > i && one.trim() === "end");
      language(draft, "python", lines.slice(i + 1, end < 0 ? undefined : end).join("\n"));
      i = end < 0 ? lines.length : end;
    } else command(draft, line);
  }
  return draft.binding();
}

function command(draft: Draft, line: string): void {
  if (line.startsWith("!")) {
    shell(draft, line.slice(1));
    return;
  }
  const [name = "", ...words] = line.split(" ");
  const rest = words.join(" ").trim();
  const runs = CODE.get(name);
  if (runs !== undefined && rest !== "") language(draft, runs, rest);
  else if (name === "shell" || line.startsWith("platform shell ")) shell(draft, name === "shell" ? rest : rest.slice(6));
  else if (name === "make") draft.shell(exact(`make ${rest}`));
  else if (name === "pipe" || name === "|") piped(draft, rest);
  else if (name === "source")
    draft.runs.push({
      as: "script",
      language: rest.endsWith(".py") ? "python" : "gdb",
      path: { value: exact(rest), count: "one", span: draft.span },
      args: [],
      span: draft.span,
    });
  else if (name === "dump" || name === "append") dumped(draft, words, name === "append");
  else if (name === "restore") draft.reads(exact(words[0] ?? ""), { kind: "process" });
  else if (name === "generate-core-file" || name === "gcore" || line.startsWith("set logging file "))
    written(draft, words.at(-1) ?? "");
  for (const call of textCalls(line)) if (SHELLS.has(call.name)) draft.shell(exact(call.text));
}

function shell(draft: Draft, text: string): void {
  const command = text.trim();
  if (command === "")
    draft.effects.push({
      kind: "execute",
      on: { kind: "session", value: exact("shell") },
      attributes: { interactive: true },
      span: draft.span,
    });
  else draft.shell(exact(command));
}

function language(draft: Draft, name: string, text: string): void {
  draft.runs.push({
    as: "code",
    language: name,
    code: { value: exact(text), count: "one", span: draft.span },
    args: [],
    span: draft.span,
  });
}

/** `pipe bt | cmd` */
function piped(draft: Draft, text: string): void {
  const bar = text.indexOf("|");
  if (bar >= 0) draft.shell(exact(text.slice(bar + 1).trim()), { stdinFrom: { kind: "process" } });
}

/** `dump value FILE "text"`, `dump binary memory FILE START END` */
function dumped(draft: Draft, words: readonly string[], append: boolean): void {
  const forms = ["binary", "ihex", "srec", "tekhex", "verilog", "memory", "value"];
  const at = words.findIndex((word) => !forms.includes(word));
  const file = words[at];
  if (file === undefined) return;
  const text = words.slice(at + 1).join(" ");
  const content = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : "";
  draft.writes(exact(file), { kind: "data", value: exact(content), span: draft.span }, append);
}

function written(draft: Draft, file: string): void {
  if (file !== "" && file !== "generate-core-file") draft.writes(exact(file));
}
