import { unknown } from "../../model/value.ts";
import { closingOf } from "./braces.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Node } from "./node.ts";
import { blend, glue, known, type Thing, text } from "./thing.ts";

const SPECIAL = ".*+?[](){}|^$\\";
const CAPTURES = ["$1", "$2", "$3", "$4", "$&", "$~", "$`", "$'"];

/** A match or substitution on a thing that may be held in a variable. Code in it runs. */
export function substitute(
  at: Interpreter,
  node: Extract<Node, { kind: "regex" }>,
  subject: Thing,
  name: string | undefined,
): Thing {
  for (let start = node.source.indexOf("(?"); start >= 0; start = node.source.indexOf("(?", start + 2)) {
    const open = node.source.indexOf("{", start);
    if (open === start + 2 || (open === start + 3 && node.source[start + 2] === "?"))
      at.readSource(node.source.slice(open + 1, closingOf(node.source, open)));
  }
  const part = blend([subject]);
  for (const capture of CAPTURES) at.variables.set(capture, part);
  if (node.replacement === undefined) return { value: unknown("author", "a match"), from: subject.from };
  const parts = node.replacement.map((piece) => (typeof piece === "string" ? text(piece) : at.evaluate(at, piece)));
  const result = replaced(node, subject, glue(parts));
  if (name !== undefined) at.variables.set(name, result);
  return result;
}

function replaced(node: Extract<Node, { kind: "regex" }>, subject: Thing, replacement: Thing): Thing {
  const value = known(subject);
  const by = known(replacement);
  if (value === undefined || by === undefined || node.code) return { ...blend([subject, replacement]), from: subject.from };
  const translation = by.startsWith("tr ") ? by.slice(3 + node.source.length + 1) : undefined;
  if (translation !== undefined) return text(translated(value, expandRange(node.source), expandRange(translation)), subject.from);
  if ([...node.source].some((char) => SPECIAL.includes(char)) || node.source === "") return blend([subject, replacement]);
  return text(
    value.replaceAll(node.source, () => by),
    subject.from,
  );
}

/** `a-z` written out. */
export function expandRange(spec: string): string {
  let out = "";
  for (let i = 0; i < spec.length; i++) {
    const last = spec.charCodeAt(i + 2);
    if (spec[i + 1] === "-" && i + 2 < spec.length && last >= spec.charCodeAt(i) && last - spec.charCodeAt(i) < 256) {
      for (let code = spec.charCodeAt(i); code <= last; code++) out += String.fromCharCode(code);
      i += 2;
    } else out += spec[i];
  }
  return out;
}

export function translated(value: string, from: string, to: string): string {
  if (to === "") return value;
  return [...value]
    .map((char) => {
      const at = from.indexOf(char);
      return at < 0 ? char : (to[Math.min(at, to.length - 1)] ?? char);
    })
    .join("");
}
