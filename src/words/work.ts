import { LIMITS } from "../model/limits.ts";
import type { Span } from "../model/span.ts";
import { originOf, unknown, type Value } from "../model/value.ts";
import type { Assigned, Unsupported, Variable, WordScope } from "./scope.ts";

/** Elementary steps (characters looked at, tokens matched) one call may take. */
const FUEL = 1_000_000;
/** Holes and texts one value may be made of: `x="$x$x"` in a loop doubles them. */
const PIECES = 256;

/** One expansion under way: what it may know, what it has set, and how much it may still do. */
export interface Work {
  readonly scope: WordScope;
  /** Variables set by this expansion; they hide those of the scope. */
  readonly local: Map<string, Variable>;
  readonly assigned: Assigned[];
  readonly unsupported: Unsupported[];
  /** The word being expanded, for reports. */
  span: Span;
  fuel: number;
  depth: number;
}

export function workIn(scope: WordScope, span: Span): Work {
  return { scope, local: new Map(), assigned: [], unsupported: [], span, fuel: FUEL, depth: 0 };
}

/** Takes fuel; false when there is none left, which is reported. */
export function spend(work: Work, amount: number): boolean {
  work.fuel -= amount;
  if (work.scope.fuel) {
    work.scope.fuel.left -= amount;
    if (work.scope.fuel.left < 0) work.fuel = -1;
  }
  if (work.fuel >= 0) return true;
  limit(work, "expansion takes too long");
  return false;
}

export function limit(work: Work, text: string): void {
  const { start, end } = work.span;
  if (work.unsupported.some((u) => u.text === text && u.span.start === start && u.span.end === end)) return;
  work.unsupported.push({ text, span: work.span, limit: true });
}

export function template(work: Work, text: string): void {
  work.unsupported.push({ text, span: work.span, template: true });
}

export function unsupported(work: Work, text: string, code?: Value): void {
  if (work.unsupported.some((u) => u.text === text && u.code === code && u.span === work.span)) return;
  work.unsupported.push(code ? { text, span: work.span, code } : { text, span: work.span });
}

export function assign(work: Work, name: string, value: Value): void {
  work.assigned.push({ name, value });
  work.local.set(name, { ...variableOf(work, name), value });
}

export function variableOf(work: Work, name: string): Variable | undefined {
  return work.local.get(name) ?? work.scope.variables.get(name);
}

/** The value, or an unknown one in its place if it has grown beyond the limits. */
export function bounded(value: Value, work: Work): Value {
  if (sizeOf(value) <= LIMITS.textLength && (value.kind !== "pattern" || value.pieces.length <= PIECES)) return value;
  limit(work, "text grows too long");
  const origin = originOf(value);
  return unknown(origin?.by ?? "author", origin?.name, value.from);
}

function sizeOf(value: Value): number {
  switch (value.kind) {
    case "exact":
      return value.text.length;
    case "oneOf":
      return value.texts.reduce((most, text) => Math.max(most, text.length), 0);
    case "pattern":
      return value.pieces.reduce((sum, piece) => sum + (typeof piece === "string" ? piece.length : 1), 0);
    case "unknown":
      return 0;
  }
}
