import { COVERED, type CoveredKind, percent, type SuiteCoverage } from "../report/suite-coverage.ts";
import { Failure } from "./failure.ts";
import { oneWord } from "./options.ts";

/** The least percentage of each kind. */
export type Thresholds = ReadonlyMap<CoveredKind, number>;

/** `90` is of every kind, `rules=100` of one. @throws Failure for anything else. */
export function readThresholds(texts: readonly string[]): Thresholds {
  const thresholds = new Map<CoveredKind, number>();
  for (const text of texts) {
    const sign = text.indexOf("=");
    const number = text.slice(sign + 1);
    if (!/^[0-9]+(\.[0-9]+)?$/.test(number) || Number(number) > 100)
      throw new Failure(`--coverage-threshold ${text}: expected a percentage, or rules=PERCENTAGE`);
    const kinds = sign < 0 ? COVERED : [oneWord("--coverage-threshold", text.slice(0, sign), COVERED)];
    for (const kind of kinds) thresholds.set(kind, Number(number));
  }
  return thresholds;
}

/** A line for each kind that too little is exercised of. */
export function belowThreshold(coverage: SuiteCoverage, thresholds: Thresholds): readonly string[] {
  return [...thresholds].flatMap(([kind, least]) =>
    percent(coverage[kind]) < least ? [`${kind}: ${percent(coverage[kind])} % exercised, less than ${least} %`] : [],
  );
}
