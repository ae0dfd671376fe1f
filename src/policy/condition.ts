import { compare, type Expression, type Op } from "./operators.ts";
import { follow, type PathStep } from "./path.ts";

export type { PathStep } from "./path.ts";

/** Holds for a call, or does not: what is missing, or of another kind than the operator is for, makes a comparison false. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison;

export interface Comparison {
  readonly path: readonly PathStep[];
  readonly op: Op;
  readonly value: unknown;
  /** The value as an expression. */
  readonly expression?: Expression;
  /** With `[*]` in the path: is one item enough, or must all? */
  readonly each: "any" | "all";
}

export function holds(condition: Condition, subject: unknown): boolean {
  if ("all" in condition) return condition.all.every((part) => holds(part, subject));
  if ("any" in condition) return condition.any.some((part) => holds(part, subject));
  if ("not" in condition) return !holds(condition.not, subject);
  return comparisonHolds(condition, subject);
}

function comparisonHolds({ path, op, value, expression, each }: Comparison, subject: unknown): boolean {
  const { values, complete } = follow(subject, path);
  if (op === "exists") return values.some((found) => (found ?? null) !== null) === value;
  const test = (found: unknown): boolean => compare(op, found, value, expression);
  // An empty list has no item that fails; a list that is missing has none that passes.
  return each === "any" ? values.some(test) : complete && values.every(test);
}
