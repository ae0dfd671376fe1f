import type { Binding } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";
import { textCalls } from "./text-calls.ts";

const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ["py", "python"],
  ["py3", "python"],
  ["pyx", "python"],
  ["python", "python"],
  ["python3", "python"],
  ["pythonx", "python"],
  ["lua", "lua"],
  ["perl", "perl"],
  ["ruby", "ruby"],
  ["tcl", "tcl"],
]);
const FILES: ReadonlyMap<string, string> = new Map([
  ["source", "vim"],
  ["so", "vim"],
  ["runtime", "vim"],
  ["luafile", "lua"],
  ["pyfile", "python"],
  ["py3file", "python"],
  ["rubyfile", "ruby"],
]);
const SHELL_CALLS: ReadonlySet<string> = new Set(["system", "systemlist", "job_start", "jobstart", "term_start", "termopen"]);

/** Ex commands of Vim 9.0 (and of ex, which has the first of them): shells, filters, files, and code in other languages. */
export function readVim(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  for (const line of text.split("\n")) exLine(draft, line, 0);
  return draft.binding();
}

function exLine(draft: Draft, line: string, level: number): void {
  const start = rangeEnd(line);
  const rest = line.slice(start);
  if (rest === "" || rest.startsWith('"') || level > 4) return;
  if (rest.startsWith("!")) {
    // With a range it is a filter; either way the rest of the line is a command.
    shell(draft, rest.slice(1));
    return;
  }
  const letters = [...rest].findIndex(
    (char, i) => !isLetter(char) && !(i > 0 && char >= "0" && char <= "9" && rest.startsWith("py")),
  );
  const name = rest.slice(0, letters < 0 ? undefined : letters);
  const argument = letters < 0 ? "" : rest.slice(letters);
  if (!command(draft, name, argument, level)) nextOnLine(draft, rest, level);
}

/** `|` parts commands, but not inside texts. */
function nextOnLine(draft: Draft, rest: string, level: number): void {
  for (const call of textCalls(rest)) {
    if (SHELL_CALLS.has(call.name)) shell(draft, call.text);
    else if (call.name === "delete") draft.path("delete", exact(call.text));
    else if (call.name === "readfile") draft.reads(exact(call.text));
    else if (call.name === "writefile") draft.writes(exact(call.last));
    else if (call.name === "execute" || call.name === "luaeval" || call.name === "py3eval" || call.name === "pyeval")
      draft.opaque("code in an expression");
  }
  const bar = barOf(rest);
  if (bar >= 0) exLine(draft, rest.slice(bar + 1), level + 1);
}

function barOf(text: string): number {
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "|" && text[i - 1] !== "\\" && text[i + 1] !== "|" && text[i - 1] !== "|") return i;
  }
  return -1;
}

/** True: it has taken the whole line. */
function command(draft: Draft, name: string, argument: string, level: number): boolean {
  const language = LANGUAGES.get(name);
  const bang = argument.startsWith("!");
  const text = (bang ? argument.slice(1) : argument).trim();
  if (language !== undefined) {
    draft.runs.push({
      as: "code",
      language,
      code: { value: exact(text), count: "one", span: draft.span },
      args: [],
      span: draft.span,
    });
    return true;
  }
  const file = FILES.get(name);
  const before = text.slice(0, barOf(text) < 0 ? undefined : barOf(text)).trim();
  if (file !== undefined && before !== "") {
    draft.runs.push({
      as: "script",
      language: file,
      path: { value: exact(before), count: "one", span: draft.span },
      args: [],
      span: draft.span,
    });
    return false;
  }
  return builtin(draft, name, argument, text, before, level);
}

const READS: ReadonlySet<string> = new Set(["r", "read"]);
const WRITES: ReadonlySet<string> = new Set(["w", "write", "sav", "saveas", "wq", "x", "up", "update"]);
const EDITS: ReadonlySet<string> = new Set(["e", "edit", "tabe", "tabedit", "sp", "split", "vs", "vsplit", "view", "find"]);
const TERMINALS: ReadonlySet<string> = new Set(["ter", "term", "terminal"]);
const EXECUTES: ReadonlySet<string> = new Set(["exe", "exec", "execute"]);

function builtin(draft: Draft, name: string, argument: string, text: string, before: string, level: number): boolean {
  // `:w! FILE` writes by force; `:w !cmd` hands the text to a command.
  if (READS.has(name)) return transfer(draft, argument.trim(), true);
  if (WRITES.has(name)) return transfer(draft, argument.startsWith("!") ? text : argument.trim(), false);
  if (EDITS.has(name) && before !== "" && !before.startsWith("+")) draft.reads(exact(before));
  if (TERMINALS.has(name) || name === "sh" || name === "shell") {
    shell(draft, TERMINALS.has(name) ? text : "");
    return true;
  }
  if (EXECUTES.has(name)) return executed(draft, text, level);
  // What a prefix stands before: `silent !cmd`, `autocmd … !cmd`.
  return prefixed(draft, name, text, level);
}

function prefixed(draft: Draft, name: string, text: string, level: number): boolean {
  if (
    ["sil", "silent", "exe", "noautocmd", "verbose", "keepalt", "bufdo", "windo", "tabdo", "argdo", "g", "global"].includes(name)
  ) {
    exLine(draft, name === "g" || name === "global" ? text.slice(text.lastIndexOf("/") + 1) : text, level + 1);
    return true;
  }
  if (name === "au" || name === "autocmd") {
    const at = text.indexOf("!");
    if (at >= 0) shell(draft, text.slice(at + 1));
    return at >= 0;
  }
  return false;
}

/** `:r FILE`, `:r !cmd`, `:w FILE`, `:w >>FILE`, `:w !cmd` */
function transfer(draft: Draft, target: string, reads: boolean): boolean {
  if (target.startsWith("!")) {
    const command = exact(target.slice(1).trim());
    if (reads) draft.shell(command);
    else draft.shell(command, { stdinFrom: { kind: "process" } });
    return true;
  }
  const bar = barOf(target);
  const append = target.startsWith(">>");
  const file = target.slice(append ? 2 : 0, bar < 0 ? undefined : bar).trim();
  if (file !== "" && file !== "%") {
    if (reads) draft.reads(exact(file));
    else draft.writes(exact(file), { kind: "process" }, append);
  }
  return false;
}

function executed(draft: Draft, text: string, level: number): boolean {
  const quote = text[0] ?? "";
  const end = quote === '"' || quote === "'" ? text.indexOf(quote, 1) : -1;
  if (end > 0 && text.slice(end + 1).trim() === "") exLine(draft, text.slice(1, end), level + 1);
  else draft.opaque("a command that is made when it runs");
  return false;
}

function shell(draft: Draft, command: string): void {
  if (command.trim() === "")
    draft.effects.push({
      kind: "execute",
      on: { kind: "session", value: exact("shell") },
      attributes: { interactive: true },
      span: draft.span,
    });
  else draft.shell(exact(command.trim()));
}

const isLetter = (char: string): boolean => (char >= "a" && char <= "z") || (char >= "A" && char <= "Z");

/** Behind colons and a range: `:%`, `:1,$`, `:'<,'>`. */
function rangeEnd(line: string): number {
  let i = 0;
  while (i < line.length) {
    const char = line[i] ?? "";
    if (char === "'") i += 2;
    else if (": \t%$.,+-;0123456789".includes(char)) i++;
    else break;
  }
  return Math.min(i, line.length);
}
