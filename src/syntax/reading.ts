import { LIMITS } from "../model/limits.ts";
import type { Span } from "../model/span.ts";
import type { Problem } from "./ast.ts";

/** What all texts of one parse share. */
interface Session {
  readonly problems: Problem[];
  /** How many substitutions, groups and quotes we are inside. */
  depth: number;
}

/** A text the tree's positions index: the input, or the decoded inside of backticks. */
export interface Reading {
  readonly source: string;
  /** Where each code unit of a decoded source stands in the input, and its end; absent for the input itself. */
  readonly origins?: readonly number[];
  readonly session: Session;
}

export function startReading(source: string): Reading {
  return { source, session: { problems: [], depth: 0 } };
}

/** `positions[i]`: where code unit i of `decoded` stands in the reading's source. */
export function decodedReading(reading: Reading, decoded: string, positions: readonly number[]): Reading {
  const origins = positions.map((at) => originOf(reading, at));
  return { source: decoded, origins, session: reading.session };
}

function originOf(reading: Reading, at: number): number {
  return reading.origins === undefined ? at : (reading.origins[at] ?? 0);
}

export function spanOf(reading: Reading, start: number, end: number): Span {
  if (reading.origins === undefined) return { start, end };
  return { start: originOf(reading, start), end: originOf(reading, end) };
}

export function report(reading: Reading, text: string, start: number, end: number): void {
  reading.session.problems.push({ kind: "syntax", text, span: spanOf(reading, start, end) });
}

export function reportLimit(reading: Reading, start: number, end: number): void {
  const text = `nesting is deeper than ${LIMITS.nesting}`;
  reading.session.problems.push({ kind: "limit", text, span: spanOf(reading, start, end) });
}

/** Steps into something nested; false, and a problem, beyond the limit. Pair with `leave`. */
export function enter(reading: Reading, start: number, end: number): boolean {
  const { session } = reading;
  if (session.depth >= LIMITS.nesting) {
    reportLimit(reading, start, end);
    return false;
  }
  session.depth += 1;
  return true;
}

export function leave(reading: Reading): void {
  reading.session.depth -= 1;
}
