import type { Decision } from "../model/finding.ts";

/** A case that was run: what came, and how that differs from what was expected. */
export interface Tested {
  readonly file: string;
  readonly line: number;
  readonly suite: string;
  readonly name: string;
  readonly decision: Decision;
  readonly risk: number;
  readonly rules: readonly string[];
  /** Nothing: it passed. */
  readonly misses: readonly string[];
  readonly knownMiss: string | undefined;
  /** Nothing was expected yet. */
  readonly toRecord: boolean;
  /** How often it was written otherwise and judged again. */
  readonly rewrites: number;
  /** For people, if it failed: what made the difference. May be painted. */
  readonly detail: readonly string[];
}

/** Writes while cases run: what each adds to the report, and what ends it. */
export interface TestReport {
  one(tested: Tested): string;
  end(): string;
}
