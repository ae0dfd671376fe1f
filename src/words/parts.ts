import { exact, mapTexts, pattern, unknown, type Value } from "../model/value.ts";
import type { CommandSubstitution, Part } from "../syntax/ast.ts";
import { arithmeticValue } from "./arithmetic.ts";
import { type Fragment, fragment, type Mode } from "./fragments.ts";
import { parameter } from "./parameter.ts";
import { beginsAssignment, type TildePosition, tildes } from "./tilde.ts";
import { spend, type Work } from "./work.ts";

/** Expands the parts of a word, in order. `quoted`: they stand between double quotes. */
export function fragmentsOf(parts: readonly Part[], quoted: boolean, position: TildePosition, work: Work): readonly Fragment[] {
  const [only] = parts;
  if (parts.length === 1 && only) return part(only, quoted, position, true, true, work);
  if (work.depth > 200 || !spend(work, parts.length)) return [fragment(quoted ? "quoted" : "split", unknown("author"))];
  work.depth++;
  const place = position === "word" && only?.kind === "literal" && beginsAssignment(only.text) ? "value" : position;
  const out: Fragment[] = [];
  for (const [i, p] of parts.entries())
    for (const one of part(p, quoted, place, i === 0, i === parts.length - 1, work)) out.push(one);
  work.depth--;
  return out;
}

function part(p: Part, quoted: boolean, position: TildePosition, first: boolean, last: boolean, work: Work): readonly Fragment[] {
  switch (p.kind) {
    case "literal":
      if (quoted) return withHoles(p.text, "quoted", work) ?? [fragment("quoted", exact(p.text))];
      return (
        withHoles(p.text, "literal", work)?.flatMap((f, i) => tilded(f, position, first && i === 0, work)) ??
        literal(p.text, position, first, last, work)
      );
    case "quoted":
      return withHoles(p.text, "quoted", work) ?? [fragment("quoted", exact(p.text))];
    case "double":
      return doubleQuoted(p.parts, work);
    case "parameter":
      return parameter(p, quoted, work);
    case "command":
      return [fragment(quoted ? "quoted" : "split", output(p, work))];
    case "process":
      return [fragment("quoted", work.scope.filled.get(p) ?? unknown("output"))];
    case "arithmetic":
      return [number(arithmeticValue(p.expression, work), quoted)];
    case "extglob":
      return [
        { mode: "extglob", part: p, alternatives: p.alternatives.map((word) => fragmentsOf(word.parts, quoted, "none", work)) },
      ];
  }
}

/** `""` is an argument; `"$@"` without positional parameters is none, and what is empty beside it vanishes too. */
function doubleQuoted(parts: readonly Part[], work: Work): readonly Fragment[] {
  if (parts.length === 0) return [fragment("quoted", exact(""))];
  const fragments = fragmentsOf(parts, true, "none", work);
  const isEmpty = parts.length > 1 && fragments.every((f) => "value" in f && f.value.kind === "exact" && f.value.text === "");
  return isEmpty && parts.some((p) => isNoList(p, work)) ? [] : fragments;
}

function isNoList(p: Part, work: Work): boolean {
  const isList = p.kind === "parameter" && p.operation === undefined && (p.name === "@" || p.index !== undefined);
  return isList && parameter(p, true, work).length === 0;
}

function literal(text: string, position: TildePosition, first: boolean, last: boolean, work: Work): readonly Fragment[] {
  if (first && work.scope.shell === "zsh" && position === "word" && /^=[A-Za-z]/.test(text))
    return [fragment("literal", exact(text.slice(1)))];
  const place = first && position === "word" && beginsAssignment(text) ? "value" : position;
  return tildes(text, place, first, last, work);
}

/** Tildes in the text around placeholders. */
const tilded = (f: Fragment, position: TildePosition, first: boolean, work: Work): readonly Fragment[] =>
  f.mode === "literal" && f.value.kind === "exact" ? literal(f.value.text, position, first, false, work) : [f];

/** An unknown number is one word. */
const number = (value: Value, quoted: boolean): Fragment =>
  fragment(quoted ? "quoted" : value.kind === "exact" ? "split" : "bare", value);

/** Command substitution drops NUL bytes and the newlines at the end. */
function output(p: CommandSubstitution, work: Work): Value {
  const value = work.scope.filled.get(p) ?? unknown("output");
  if (value.kind !== "pattern") return value.kind === "unknown" ? value : mapTexts(value, trimmed);
  const last = value.pieces.at(-1);
  return typeof last === "string" && last.endsWith("\n")
    ? pattern([...value.pieces.slice(0, -1), trimmed(last)], value.from)
    : value;
}

function trimmed(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "\n") end--;
  return text.slice(0, end).replaceAll("\0", "");
}

/** Characters that stand for values in text that was computed. */
function withHoles(text: string, mode: Mode, work: Work): readonly Fragment[] | undefined {
  const { holes } = work.scope;
  if (holes.size === 0 || !/[\uE000-\uF8FF]/.test(text)) return undefined;
  const out: Fragment[] = [];
  let plain = "";
  for (const char of text) {
    const value = holes.get(char);
    if (!value) {
      plain += char;
      continue;
    }
    if (plain !== "") out.push(fragment(mode, exact(plain)));
    plain = "";
    out.push(fragment(mode === "quoted" ? "quoted" : "split", value));
  }
  if (plain !== "") out.push(fragment(mode, exact(plain)));
  return out;
}
