import type { Row } from "../knowledge/profile.ts";

/** How much one thing of each row weighs: severity, then certainty; a doubt weighs about as much as what it could hide is likely. */
export const WEIGHTS: Readonly<Record<Row, number>> = {
  "finding critical certain": 90,
  "finding high certain": 80,
  "finding critical possible": 70,
  "finding high possible": 60,
  "finding medium certain": 50,
  "finding medium possible": 40,
  "finding low certain": 20,
  "finding low possible": 10,
  "doubt syntax": 50,
  "doubt limit": 50,
  "doubt hidden-program foreign": 60,
  "doubt hidden-program operator": 10,
  "doubt hidden-argument exposed": 50,
  "doubt hidden-argument sensitive": 40,
  "doubt hidden-argument inert": 5,
  "doubt unknown-option sensitive": 40,
  "doubt unknown-option inert": 5,
  "doubt unknown-command sensitive": 40,
  "doubt unknown-command inert": 5,
  "doubt unexplained-argument sensitive": 40,
  "doubt unexplained-argument inert": 5,
  "doubt opaque-code foreign": 50,
  "doubt opaque-code project": 5,
  nothing: 0,
};

/**
 * risk = weight of the heaviest finding or doubt, plus one for each further one, at most nine.
 *
 * So it is 0 for nothing, 100 never exceeded, and grows with severity, with certainty and with every further thing found. It does not depend on the profile.
 */
export function riskOf(rows: readonly Row[]): number {
  const worst = rows.reduce((most, row) => Math.max(most, WEIGHTS[row]), 0);
  return worst + Math.min(9, Math.max(0, rows.length - 1));
}
