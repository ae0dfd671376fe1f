import type { End } from "../model/binding.ts";
import { exact } from "../model/value.ts";
import type { Draft } from "./binding-parts.ts";

/** One line of the client's own: what stands behind the backslash or the dot. */
export function metaCommand(draft: Draft, dialect: string, line: string): void {
  const bare = line.startsWith("\\") || line.startsWith(".") ? line.slice(1) : line;
  const letters = [...bare].findIndex((char) => !(char >= "a" && char <= "z") && !(char >= "A" && char <= "Z") && char !== "_");
  const cut = letters < 0 ? bare.length : Math.max(letters, 1);
  const name = bare.slice(0, cut);
  const rest = bare.slice(cut).trim().replace(/;$/, "");
  if (dialect === "psql") psql(draft, name, rest);
  else if (dialect === "mysql") mysql(draft, name, rest);
  else sqlite(draft, name.toLowerCase(), rest);
}

const store = (draft: Draft): End => ({ kind: "resource", on: { kind: "database", value: exact("*") }, span: draft.span });

function psql(draft: Draft, name: string, rest: string): void {
  const text = unquoted(rest);
  if (name === "!") command(draft, rest);
  else if (name === "i" || name === "ir" || name === "include" || name === "include_relative") script(draft, "psql", text);
  else if (name === "copy") copy(draft, rest);
  else if (["o", "out", "g", "gx", "w", "write", "s"].includes(name)) output(draft, text);
  else if (name === "setenv")
    draft.effects.push({
      kind: "configure",
      on: { kind: "variable", value: exact(rest.split(" ")[0] ?? "") },
      attributes: {},
      span: draft.span,
    });
  else if (name === "lo_import") draft.reads(exact(text.split(" ")[0] ?? ""), store(draft));
  else if (name === "set" || name === "echo") backticks(draft, rest);
}

function mysql(draft: Draft, name: string, rest: string): void {
  if (name === "!" || name === "system") command(draft, rest);
  else if (name === "." || name === "source") script(draft, "mysql", unquoted(rest));
  else if (name === "T" || name === "tee") draft.writes(exact(unquoted(rest)), store(draft), true);
  else if ((name === "P" || name === "pager") && rest !== "") draft.shell(exact(rest), { stdinFrom: { kind: "process" } });
}

function sqlite(draft: Draft, name: string, rest: string): void {
  const text = unquoted(rest);
  const words = text.split(" ").filter((word) => word !== "" && !word.startsWith("-"));
  const [first = ""] = words;
  if (name === "shell" || name === "system") command(draft, rest);
  else if (name === "output" || name === "once" || name === "log" || name === "trace") output(draft, text);
  else if (name === "read") source(draft, "sqlite", text);
  else if (name === "import") imported(draft, text);
  else if (name === "load") draft.path("load", exact(first));
  else if (name === "save" || name === "backup" || name === "clone") draft.writes(exact(words.at(-1) ?? ""), store(draft));
  else if (name === "restore" || name === "open") draft.path(name === "open" ? "write" : "read", exact(words.at(-1) ?? ""));
  else if (name === "archive" || name === "ar") draft.opaque("an archive is read or written");
}

function command(draft: Draft, text: string): void {
  if (text === "")
    draft.effects.push({
      kind: "execute",
      on: { kind: "session", value: exact("shell") },
      attributes: { interactive: true },
      span: draft.span,
    });
  else draft.shell(exact(text));
}

/** `'text'`, `"text"` */
function unquoted(text: string): string {
  const first = text[0] ?? "";
  if (first !== "'" && first !== '"') return text;
  const end = text.indexOf(first, 1);
  return end < 0 ? text.slice(1) : text.slice(1, end);
}

/** A file, or a command after `|`. */
function output(draft: Draft, text: string): void {
  if (text.startsWith("|")) draft.shell(exact(text.slice(1).trim()), { stdinFrom: { kind: "process" } });
  else if (text !== "" && text !== "stdout" && text !== "off" && text !== "stderr" && !text.startsWith("-"))
    draft.writes(exact(text), store(draft));
}

function source(draft: Draft, language: string, text: string): void {
  if (text.startsWith("|")) draft.shell(exact(text.slice(1).trim()));
  else script(draft, language, text);
}

function script(draft: Draft, language: string, path: string): void {
  if (path === "") return;
  draft.runs.push({
    as: "script",
    language,
    path: { value: exact(path), count: "one", span: draft.span },
    args: [],
    span: draft.span,
  });
}

function imported(draft: Draft, text: string): void {
  const file = text.split(" ").filter((word) => word !== "" && !word.startsWith("-"))[0] ?? "";
  if (text.startsWith("|")) draft.shell(exact(text.slice(1, text.lastIndexOf(" ")).replace(/"$/, "")));
  else draft.reads(exact(unquoted(file)), { kind: "stdout" });
}

/** `\copy t to program 'cmd'`, `\copy t from 'file'` */
function copy(draft: Draft, text: string): void {
  const lower = ` ${text.toLowerCase()} `;
  for (const word of ["to", "from"]) {
    const at = lower.lastIndexOf(` ${word} `);
    if (at < 0) continue;
    const target = text.slice(at + word.length + 1).trim();
    if (target.toLowerCase().startsWith("program ")) draft.shell(exact(unquoted(target.slice(8).trim())));
    else if (["stdout", "stdin", "pstdout", "pstdin"].includes(target.toLowerCase().split(" ")[0] ?? "")) return;
    else if (word === "to") draft.writes(exact(unquoted(target).split(" ")[0] ?? ""), store(draft));
    else draft.reads(exact(unquoted(target).split(" ")[0] ?? ""), store(draft));
    return;
  }
}

/** psql puts the output of a command in backticks into a variable. */
function backticks(draft: Draft, text: string): void {
  const [, command] = text.split("`");
  if (command !== undefined) draft.shell(exact(command));
}
