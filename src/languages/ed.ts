import type { Binding } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";

/** Commands of ed(1): `!cmd`, `r`, `e` and `w` with a file or `!cmd`; text between `a`, `i`, `c` and a lone dot is data. */
export function readEd(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  let typing = false;
  let added = "";
  for (const line of text.split("\n")) {
    if (typing) {
      typing = line !== ".";
      if (typing) added += `${line}\n`;
      continue;
    }
    typing = ["a", "i", "c"].includes(line.slice(-1)) && addressOnly(line.slice(0, -1));
    if (!typing) command(draft, line, added);
  }
  return draft.binding();
}

const addressOnly = (text: string): boolean =>
  [...text].every((char) => "0123456789$.,;+-%' ".includes(char)) || text.startsWith("/");

function command(draft: Draft, line: string, added: string): void {
  let start = 0;
  while (start < line.length && "0123456789$.,;+-% ".includes(line[start] ?? "")) start++;
  const name = line[start] ?? "";
  if (name === "!") {
    draft.shell(exact(line.slice(start + 1)));
    return;
  }
  if (!"rewWEf".includes(name) || name === "") return;
  const target = line
    .slice(start + 1)
    .trim()
    .replace(/^q /, "");
  if (target === "" || target === "q") return;
  const writes = name === "w" || name === "W";
  if (target.startsWith("!")) {
    const text = exact(target.slice(1));
    if (writes) draft.shell(text, { stdinFrom: { kind: "process" } });
    else draft.shell(text);
  } else if (writes) draft.writes(exact(target), { kind: "data", value: exact(added), span: draft.span }, name === "W");
  else if (name !== "f") draft.reads(exact(target));
}
