import { carry, exact, mapTexts, oneOf, originOf, type Piece, pattern, textsOf, unknown, type Value } from "../model/value.ts";
import type { Operation } from "../syntax/ast.ts";
import { backwards, charsOf, endsOf, reversed, sliceOf } from "./matcher.ts";
import { patternOf, under } from "./pattern.ts";
import type { Glob } from "./tokens.ts";
import type { Work } from "./work.ts";

type Removal = Extract<Operation, { kind: "remove" }>;

/** `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`. */
export function removed(operation: Removal, work: Work): (value: Value) => Value {
  const compiled = patternOf(operation.pattern, work);
  return (value) => {
    if (compiled.hidden) return under(compiled, blurred(value, compiled.hidden.by));
    const known = textsOf(value);
    const results = compiled.globs.map((glob) =>
      known
        ? mapTexts(value, (text) => cut(text, glob, operation, work))
        : (partly(value, glob, operation, work) ?? blurred(value)),
    );
    const [first] = results;
    if (results.length === 1 && first) return under(compiled, first);
    const texts = results.map(textsOf);
    return under(compiled, texts.every((t) => t !== undefined) ? oneOf(texts.flat(), value.from) : blurred(value));
  };
}

function blurred(value: Value, by: "author" | NonNullable<ReturnType<typeof originOf>>["by"] = "author"): Value {
  const origin = originOf(value);
  return unknown(origin?.by ?? by, origin?.name, value.from);
}

function cut(text: string, glob: Glob, { end, longest }: Removal, work: Work): string {
  const chars = charsOf(text);
  const ends = end === "prefix" ? endsOf(glob, chars, 0, work) : endsOf(reversed(glob), backwards(chars), 0, work);
  const length = longest ? ends.at(-1) : ends[0];
  if (length === undefined) return text;
  return end === "prefix" ? sliceOf(chars, length) : sliceOf(chars, 0, chars.length - length);
}

/** Removal from text with holes in it, where the known text at that end decides: `${f##*\/}` of `$HOME/a/b`. */
function partly(value: Value, glob: Glob, operation: Removal, work: Work): Value | undefined {
  if (value.kind !== "pattern") return undefined;
  const atStart = operation.end === "prefix";
  const pieces = atStart ? value.pieces : [...value.pieces].reverse();
  const near = pieces[0];
  const [first, second] = atStart ? glob : [...glob].reverse();
  const simple = glob.length === 2 && first?.kind === "star" && second?.kind === "text" ? second.text : undefined;
  if (operation.longest && simple !== undefined) return beyond(value.pieces, simple, atStart, value);
  if (typeof near !== "string") return undefined;
  const isFixed = glob.every((token) => token.kind !== "star" && token.kind !== "group");
  if (operation.longest && !isFixed) return undefined;
  const chars = charsOf(near);
  const [length] = atStart ? endsOf(glob, chars, 0, work) : endsOf(reversed(glob), backwards(chars), 0, work);
  if (length === undefined) return undefined;
  const rest = atStart ? sliceOf(chars, length) : sliceOf(chars, 0, chars.length - length);
  return pattern(atStart ? [rest, ...value.pieces.slice(1)] : [...value.pieces.slice(0, -1), rest], value.from);
}

/** `##*text` keeps what follows its last occurrence, `%%text*` what precedes its first. */
function beyond(pieces: readonly Piece[], text: string, atStart: boolean, value: Value): Value | undefined {
  const far = atStart ? pieces.at(-1) : pieces[0];
  if (typeof far !== "string") return undefined;
  const at = atStart ? far.lastIndexOf(text) : far.indexOf(text);
  if (at < 0) return undefined;
  return carry(exact(atStart ? far.slice(at + text.length) : far.slice(0, at)), value.from);
}
