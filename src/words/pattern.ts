import { LIMITS } from "../model/limits.ts";
import { carry, exact, type NodeId, type Origin, textsOf, type Value } from "../model/value.ts";
import type { Word } from "../syntax/ast.ts";
import { joint } from "./fields.ts";
import type { Fragment } from "./fragments.ts";
import { unitsOf } from "./globs.ts";
import { fragmentsOf } from "./parts.ts";
import { compile, type Glob } from "./tokens.ts";
import { limit, type Work } from "./work.ts";

/** A word used as a pattern. More than one glob: its text is one of several. */
export interface Pattern {
  readonly globs: readonly Glob[];
  /** Part of the pattern is not known: nothing it does can be decided. */
  readonly hidden?: Origin;
  readonly from: readonly NodeId[];
}

export function patternOf(word: Word, work: Work): Pattern {
  const fragments = fragmentsOf(word.parts, false, "start", work);
  const from = [...new Set(fragments.flatMap((f) => ("value" in f ? (f.value.from ?? []) : [])))];
  const globs = choices(fragments).map((choice) => compile(unitsOf(choice, joint(work)), false, true));
  if (globs.some((glob) => isTangled(glob, 0))) limit(work, "the pattern is too tangled");
  const hidden = globs.map(hole).find((origin) => origin !== undefined);
  return hidden ? { globs, hidden, from } : { globs, from };
}

/** Dozens of stars, or repetitions of repetitions: bash's own matcher takes exponential time over them. */
function isTangled(glob: Glob, within: number): boolean {
  let stars = 0;
  for (const token of glob) {
    if (token.kind === "star") stars++;
    if (stars > LIMITS.stars) return true;
    if (token.kind !== "group") continue;
    const repeats = token.operator === "*" || token.operator === "+";
    if (repeats && within > 0) return true;
    if (token.alternatives.some((inner) => isTangled(inner, within + (repeats ? 1 : 0)))) return true;
  }
  return false;
}

function hole(glob: Glob): Origin | undefined {
  for (const token of glob) {
    if (token.kind === "hole") return token.origin;
    const inner = token.kind === "group" ? token.alternatives.map(hole).find((origin) => origin !== undefined) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

function choices(fragments: readonly Fragment[]): readonly (readonly Fragment[])[] {
  let out: readonly (readonly Fragment[])[] = [[]];
  for (const f of fragments) {
    const texts = "value" in f && f.value.kind === "oneOf" ? (textsOf(f.value) ?? []) : [];
    const many = "value" in f && texts.length > 0 && out.length * texts.length <= LIMITS.alternatives;
    const next = many ? texts.map((text) => ({ ...f, value: carry(exact(text), f.value.from) })) : [f];
    out = out.flatMap((left) => next.map((right) => [...left, right]));
  }
  return out;
}

/** Values made under a pattern hold its data too. */
export const under = (pattern: Pattern, value: Value): Value => carry(value, pattern.from);
