import type { Binding } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";

const SHELL: ReadonlySet<string> = new Set(["sy", "pso", "pi"]);
const WRITES: ReadonlySet<string> = new Set(["open", "opena"]);

/** Requests of groff(7) that leave the document: `.sy`, `.pso` and `.pi` run a command, `.open` writes a file, `.so` and `.mso` read one. */
export function readRoff(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  for (const line of text.split("\n")) request(draft, line);
  return draft.binding();
}

function request(draft: Draft, line: string): void {
  if (!line.startsWith(".") && !line.startsWith("'")) return;
  const [name = "", ...words] = line.slice(1).trimStart().split(" ");
  const rest = words.join(" ").trim();
  if (rest === "") return;
  if (SHELL.has(name)) draft.shell(exact(rest));
  else if (WRITES.has(name)) draft.writes(exact(words.at(-1) ?? ""), { kind: "process" }, name === "opena");
  else if (name === "so" || name === "mso") draft.reads(exact(rest));
}

/** pic(1) of groff: `sh X command X`, with any character as the mark. */
export function readPic(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  for (const line of text.split("\n")) {
    const words = line.trimStart();
    request(draft, line);
    if (words.startsWith("sh ")) draft.shell(exact(marked(words.slice(3).trim())));
    else if (words.startsWith("copy ")) draft.reads(exact(words.slice(5).replaceAll('"', "").trim()));
  }
  return draft.binding();
}

function marked(text: string): string {
  const mark = text[0] ?? "";
  const opens = mark === "{";
  const end = text.lastIndexOf(opens ? "}" : mark);
  return text.slice(1, end > 0 ? end : undefined).trim();
}
