import { LIMITS } from "../model/limits.ts";
import { carry, oneOf, originOf, textsOf, unknown, type Value } from "../model/value.ts";
import type { Operation } from "../syntax/ast.ts";
import { type Fragment, joined } from "./fragments.ts";
import { backwards, type Chars, charsOf, endsOf, reversed, sliceOf } from "./matcher.ts";
import { fragmentsOf } from "./parts.ts";
import { type Pattern, patternOf, under } from "./pattern.ts";
import type { Glob } from "./tokens.ts";
import { limit, spend, type Work } from "./work.ts";

type Replacement = Extract<Operation, { kind: "replace" }>;

/** Text of a replacement around the places where `&` stands for the match. */
type Template = readonly string[];

/** `${x/p/r}`, `${x//p/r}`, `${x/#p/r}`, `${x/%p/r}`. */
export function replaced(operation: Replacement, work: Work): (value: Value) => Value {
  const pattern = patternOf(operation.pattern, work);
  const fragments = fragmentsOf(operation.replacement.parts, false, "start", work);
  const templates = templatesOf(fragments);
  const from = joined(fragments, " ").from;
  return (value) => {
    const texts = textsOf(value);
    if (!texts || !templates || pattern.hidden) return carry(blurred(value, pattern), from);
    const out = new Set<string>();
    for (const text of texts) {
      for (const glob of pattern.globs) {
        for (const template of templates) {
          const result = rewrite(text, glob, template, operation.where, work);
          if (result === undefined) return carry(blurred(value, pattern), from);
          out.add(result);
        }
      }
    }
    return under(pattern, carry(oneOf(out, value.from), from));
  };
}

function blurred(value: Value, pattern: Pattern): Value {
  const origin = originOf(value) ?? pattern.hidden;
  return under(pattern, unknown(origin?.by ?? "author", origin?.name, value.from));
}

/** Since bash 5.2 an unquoted `&` is the match; before, and with patsub_replacement off, it is itself. */
function templatesOf(fragments: readonly Fragment[]): readonly Template[] | undefined {
  const texts = textsOf(joined(fragments, " "));
  if (!texts) return undefined;
  const literal = texts.map((text) => [text]);
  if (!fragments.some((f) => f.mode !== "quoted" && "value" in f && textsOf(f.value)?.some((text) => text.includes("&"))))
    return literal;
  const parts: string[] = [""];
  for (const f of fragments) {
    const text = textsOf(joined([f], " "));
    if (text?.length !== 1 || text[0] === undefined) return literal;
    const pieces = f.mode === "quoted" ? [text[0]] : text[0].split("&");
    parts[parts.length - 1] += pieces[0] ?? "";
    parts.push(...pieces.slice(1));
  }
  return [parts, ...literal];
}

/** Undefined: too long to compute. */
function rewrite(text: string, glob: Glob, template: Template, where: Replacement["where"], work: Work): string | undefined {
  const chars = charsOf(text);
  const found = matchesIn(chars, glob, where, work);
  let out = "";
  let done = 0;
  for (const [start, end] of found) {
    out += sliceOf(chars, done, start) + template.join(sliceOf(chars, start, end));
    done = end;
    if (out.length <= LIMITS.textLength) continue;
    limit(work, "text grows too long");
    return undefined;
  }
  return work.fuel < 0 ? undefined : out + sliceOf(chars, done);
}

function matchesIn(
  chars: Chars,
  glob: Glob,
  where: Replacement["where"],
  work: Work,
): readonly (readonly [start: number, end: number])[] {
  if (where === "prefix") {
    const end = endsOf(glob, chars, 0, work).at(-1);
    return end === undefined ? [] : [[0, end]];
  }
  if (where === "suffix") {
    const length = endsOf(reversed(glob), backwards(chars), 0, work).at(-1);
    return length === undefined ? [] : [[chars.length - length, chars.length]];
  }
  if (glob.length === 0) return [];
  const out: (readonly [number, number])[] = [];
  // An empty match counts before a character, and in an empty text.
  for (let i = 0; (i < chars.length || chars.length === 0) && spend(work, 1); ) {
    const end = endsOf(glob, chars, i, work).at(-1);
    if (end !== undefined) out.push([i, end]);
    if (chars.length === 0 || (end !== undefined && where === "first")) break;
    i = end === undefined || end === i ? i + 1 : end;
  }
  return out;
}
