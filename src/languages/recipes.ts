import type { Binding } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";

/** A justfile (just 1.25): the lines of every recipe, any of which may be asked for, and what stands in backticks. */
export function readJustfile(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  const lines = text.replaceAll("\\\n", " ").split("\n");
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? "";
    if (!isIndented(line)) backticks(line, draft);
    else if (line.trim().startsWith("#!")) {
      let end = i;
      while (end < lines.length && (isIndented(lines[end] ?? "") || (lines[end] ?? "").trim() === "")) end++;
      script(lines.slice(i, end), draft);
      i = end - 1;
    } else recipeLine(line, draft);
  }
  return draft.binding();
}

const isIndented = (line: string): boolean => (line.startsWith(" ") || line.startsWith("\t")) && line.trim() !== "";

function recipeLine(line: string, draft: Draft): void {
  let text = line.trim();
  while (text.startsWith("@") || text.startsWith("-")) text = text.slice(1);
  if (text !== "" && !text.startsWith("#")) draft.shell(exact(filled(text)));
}

/** `name := \`command\`` */
function backticks(line: string, draft: Draft): void {
  const parts = line.split("`");
  for (let i = 1; i + 1 < parts.length; i += 2) draft.shell(exact(filled(parts[i] ?? "")));
}

/** A recipe that begins with `#!` is a script of that interpreter. */
function script(lines: readonly string[], draft: Draft): void {
  const indent = (lines[0] ?? "").length - (lines[0] ?? "").trimStart().length;
  const [first = "", ...rest] = lines.map((line) => line.slice(indent));
  const words = first.slice(2).trim().split(" ");
  const named = words[0]?.endsWith("/env") ? words.slice(1).filter((word) => !word.startsWith("-")) : words;
  const interpreter = (named[0] ?? "sh").slice((named[0] ?? "").lastIndexOf("/") + 1);
  const text = filled(rest.join("\n"));
  const code: Argument = { value: exact(text), count: "one", span: draft.span };
  const language = interpreter.startsWith("python") ? "python" : LANGUAGES.get(interpreter);
  if (language === undefined) draft.shell(exact(text));
  else draft.runs.push({ as: "code", language, code, args: [], span: draft.span });
}

const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ["node", "javascript"],
  ["perl", "perl"],
  ["ruby", "ruby"],
  ["php", "php"],
]);

/** `{{name}}` is a word that somebody else chose. */
function filled(text: string): string {
  let out = "";
  let from = 0;
  for (let open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", from)) {
    const close = text.indexOf("}}", open);
    if (close < 0) break;
    out += `${text.slice(from, open)}x`;
    from = close + 2;
  }
  return out + text.slice(from);
}

const COMMANDS: ReadonlySet<string> = new Set(["commands", "commands_pre", "commands_post"]);

/** tox.ini (tox 4): the command lines of every environment. */
export function readTox(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  let inside = false;
  for (const line of text.replaceAll("\\\n", " ").split("\n")) {
    const equals = line.indexOf("=");
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    if (!isIndented(line)) {
      inside = equals > 0 && COMMANDS.has(line.slice(0, equals).trim());
      if (inside) toxLine(line.slice(equals + 1), draft);
    } else if (inside) toxLine(line, draft);
  }
  return draft.binding();
}

/** `- pytest {posargs}`; `py311: pytest` */
function toxLine(line: string, draft: Draft): void {
  let text = line.trim();
  if (text.startsWith("-") || text.startsWith("!")) text = text.slice(1).trim();
  const colon = text.indexOf(": ");
  if (colon > 0 && !text.slice(0, colon).includes(" ")) text = text.slice(colon + 2);
  const words = text.split(" ").filter((word) => !(word.startsWith("{") && word.endsWith("}")));
  if (words.length > 0 && text !== "") draft.shell(exact(words.join(" ").replaceAll("{", "").replaceAll("}", "")));
}
