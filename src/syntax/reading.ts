import { LIMITS } from "../model/limits.ts";
import type { Span } from "../model/span.ts";
import type { Problem } from "./ast.ts";
import { braceDepth } from "./check/depth.ts";

/** What all texts of one parse share. */
interface Session {
  readonly problems: Problem[];
  /** The shell may not know bash's syntax. */
  readonly plainShell: boolean;
  /** It is dash, which certainly does not. */
  readonly dash: boolean;
  /** How many substitutions, groups and quotes we are inside. */
  depth: number;
  /** Code units the parser may still be made to read again; it re-reads the inside of whatever we step into. */
  budget: number;
}

/** A text the tree's positions index: the input, or the decoded inside of backticks. */
export interface Reading {
  readonly source: string;
  /** Where each code unit of a decoded source stands in the input, and its end; absent for the input itself. */
  readonly origins?: readonly number[];
  /** Within how many back-ticks it stood. */
  readonly backticks: number;
  readonly session: Session;
}

/** More problems than this say nothing new. */
const MOST_PROBLEMS = 64;
/** Texts up to this length are cheap however they are nested. */
const SHORT = 256;
/** Small texts may be as deep as they like. */
const FREE = 65_536;

export function startReading(source: string, plainShell: boolean, dash = false): Reading {
  return {
    source,
    backticks: 0,
    session: { problems: [], plainShell, dash, depth: 0, budget: LIMITS.rereading * source.length + FREE },
  };
}

/** `positions[i]`: where code unit i of `decoded` stands in the reading's source. */
export function decodedReading(reading: Reading, decoded: string, positions: readonly number[]): Reading {
  const origins = positions.map((at) => originOf(reading, at));
  return { source: decoded, origins, backticks: reading.backticks + 1, session: reading.session };
}

/** The parser may name an end past the text it was given: that is the text's own end. */
function originOf(reading: Reading, at: number): number {
  return reading.origins === undefined
    ? Math.min(at, reading.source.length)
    : (reading.origins[at] ?? reading.origins.at(-1) ?? 0);
}

export function spanOf(reading: Reading, start: number, end: number): Span {
  return { start: originOf(reading, start), end: originOf(reading, end) };
}

export function report(reading: Reading, text: string, start: number, end: number): void {
  addProblem(reading, { kind: "syntax", text, span: spanOf(reading, start, end) });
}

export function reportLimit(reading: Reading, text: string, start: number, end: number): void {
  addProblem(reading, { kind: "limit", text, span: spanOf(reading, start, end) });
}

function addProblem(reading: Reading, problem: Problem): void {
  const { problems } = reading.session;
  if (problems.length < MOST_PROBLEMS) problems.push(problem);
}

/** Steps into something nested over source[start, end); false, and a problem, beyond the limit. Pair with `leave`. */
export function enter(reading: Reading, start: number, end: number): boolean {
  const { session } = reading;
  if (session.depth >= LIMITS.nesting) {
    reportLimit(reading, `nesting is deeper than ${LIMITS.nesting}`, start, end);
    return false;
  }
  session.depth += 1;
  return true;
}

export function leave(reading: Reading): void {
  reading.session.depth -= 1;
}

/** Whether the parser may read source[start, end) once more. It reads `${…}` again for each `${` around it. */
export function afford(reading: Reading, start: number, end: number): boolean {
  const { session } = reading;
  const length = end - start;
  session.budget -= length > SHORT ? length * (1 + braceDepth(reading.source, start, end)) : length;
  if (session.budget >= 0) return true;
  reportLimit(reading, "long and deeply nested text", start, end);
  return false;
}
