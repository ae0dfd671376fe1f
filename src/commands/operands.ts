import type { OperandSpec } from "../knowledge/command.ts";
import { prefixOf } from "../model/value.ts";
import type { Given } from "./call.ts";
import { type Grammar, shapeOf } from "./grammar.ts";
import { cutFirst, isHidden } from "./scan.ts";

export interface Assigned {
  readonly name: string;
  readonly given: Given;
}

/**
 * Gives each operand its name. Required ones are filled first; words after an `X...` are taken from the end;
 * an operand of shape `key=value` takes only words that hold `=`.
 */
export function assign(
  words: readonly Given[],
  pattern: readonly OperandSpec[],
  grammar: Grammar,
): { readonly assigned: readonly Assigned[]; readonly surplus: readonly Given[] } {
  const assigned: Assigned[] = [];
  let rest = words;
  let specs = pattern;
  const first = specs[0];
  if (first?.many && isPair(grammar, first.name) && specs.length > 1) {
    const count = countAssignments(rest);
    for (const given of rest.slice(0, count)) assigned.push({ name: first.name, given });
    rest = rest.slice(count);
    specs = specs.slice(1);
  }
  const counts = share(rest.length, specs);
  let at = 0;
  specs.forEach((spec, i) => {
    const count = counts[i] ?? 0;
    for (const given of rest.slice(at, at + count)) assigned.push({ name: spec.name, given });
    at += count;
    // One unquoted `$x` may be all the words that are missing.
    const spill =
      count === 0 && !spec.optional ? rest.findLast((word) => word.count === "any" && isHidden(word.value)) : undefined;
    if (spill) assigned.push({ name: spec.name, given: { ...spill } });
  });
  return { assigned, surplus: rest.slice(at) };
}

const isPair = (grammar: Grammar, name: string): boolean => shapeOf(grammar, name) === "key=value";

/** Words at the front that are `NAME=VALUE`. */
export function countAssignments(words: readonly Given[]): number {
  const end = words.findIndex((word) => !isAssignment(word));
  return end < 0 ? words.length : end;
}

export function isAssignment(word: Given): boolean {
  if (!prefixOf(word.value).includes("=")) return false;
  return cutFirst(word.value, "=/")?.char === "=";
}

/** How many words each operand takes. */
function share(words: number, specs: readonly OperandSpec[]): readonly number[] {
  const counts = specs.map(() => 0);
  let left = words;
  const fill = (optional: boolean): void => {
    for (let i = 0; i < specs.length && left > 0; i++) {
      const spec = specs[i];
      if (!spec || counts[i] !== 0 || (spec.optional === true) !== optional || (optional && spec.many)) continue;
      counts[i] = 1;
      left--;
    }
  };
  fill(false);
  fill(true);
  const many = specs.findIndex((spec) => spec.many);
  if (many >= 0) counts[many] = (counts[many] ?? 0) + left;
  return counts;
}
