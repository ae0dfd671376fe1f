import { clean } from "./clean.ts";
import type { Look } from "./pretty.ts";

/** Something that no case exercises, and what it belongs to. */
export interface Uncovered {
  readonly of: string;
  readonly text: string;
}

export interface Covered {
  readonly covered: number;
  readonly all: number;
  readonly missing: readonly Uncovered[];
}

export const COVERED = ["rules", "statements", "options", "rows"] as const;
export type CoveredKind = (typeof COVERED)[number];

/** What suites exercise of the rules, of the facts of commands, and of the rows of the profiles they use. */
export type SuiteCoverage = Readonly<Record<CoveredKind, Covered>>;

/** Lines of what is missing, of each kind, before the rest is only counted. */
const MOST = 12;

export const percent = ({ covered, all }: Covered): number => (all === 0 ? 100 : Math.floor((covered * 1000) / all) / 10);

const TITLES: Readonly<Record<CoveredKind, string>> = {
  rules: "stable rules",
  statements: "statements of command files",
  options: "options with an effect",
  rows: "rows of profiles",
};

export function printSuiteCoverage(coverage: SuiteCoverage, { paint, width }: Look): string {
  const sums = COVERED.map((kind) => {
    const { covered, all } = coverage[kind];
    return `  ${TITLES[kind].padEnd(28)}${`${covered}/${all}`.padStart(12)}  ${percent(coverage[kind]).toFixed(1).padStart(5)} %`;
  });
  const missing = COVERED.flatMap((kind) => {
    const groups = grouped(coverage[kind].missing);
    if (groups.length === 0) return [];
    const more = groups.length > MOST ? [`  … and ${groups.length - MOST} more; --coverage FILE.json has all`] : [];
    return [
      paint(`not exercised: ${TITLES[kind]}`, "bold"),
      ...groups.slice(0, MOST).map((line) => `  ${cut(line, width)}`),
      ...more,
    ];
  });
  return [paint("coverage", "bold"), ...sums, ...missing, ""].join("\n");
}

const cut = (line: string, width: number): string => (line.length > width ? `${line.slice(0, width - 1)}…` : line);

/** What belongs to one thing on one line; a thing that is missing itself by its name. */
function grouped(missing: readonly Uncovered[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { of, text } of missing) groups.set(of, [...(groups.get(of) ?? []), text]);
  return [...groups].map(([of, texts]) => clean(texts.length === 1 && texts[0] === of ? of : `${of}: ${texts.join("; ")}`));
}
