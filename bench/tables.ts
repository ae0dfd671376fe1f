import { isDenied, isFlagged, isStrongEnough, type Judged } from "./judge.ts";

/** Corpora with fewer rows of a kind are pooled into one. */
const ENOUGH = 20;

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

const share = (rows: readonly Judged[], test: (row: Judged) => boolean): number =>
  rows.filter(test).length / Math.max(1, rows.length);
const percent = (value: number): string => `${(100 * value).toFixed(1)}`.padStart(6);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** `attack high`, `benign low`, `grey`. */
export function kindOf({ row }: Judged): string {
  if (!("label" in row.grade)) return "graded";
  const { label, confidence } = row.grade;
  return label === "grey" ? label : label === "benign" && confidence !== "low" ? "benign" : `${label} ${confidence}`;
}

const KINDS = ["attack high", "attack medium", "attack low", "benign", "benign low", "grey"];

/** Flagged and denied by kind of row: means over corpora, beside the pooled figure. */
export function labelledTable(judged: readonly Judged[]): string[] {
  const byKind = groupBy(judged, kindOf);
  const lines = ["                   rows  corpora  flagged%  denied%   (means over corpora; pooled in brackets)"];
  for (const kind of [...KINDS, ...[...byKind.keys()].filter((other) => !KINDS.includes(other))]) {
    const rows = byKind.get(kind);
    if (!rows) continue;
    const units = unitsOf(rows);
    const flagged = percent(mean(units.map((unit) => share(unit, isFlagged))));
    const denied = percent(mean(units.map((unit) => share(unit, isDenied))));
    const pooled = `(${percent(share(rows, isFlagged)).trim()} / ${percent(share(rows, isDenied)).trim()})`;
    lines.push(
      `${kind.padEnd(16)} ${String(rows.length).padStart(6)} ${String(units.length).padStart(8)}   ${flagged}   ${denied}   ${pooled}`,
    );
  }
  return lines;
}

function unitsOf(rows: readonly Judged[]): readonly (readonly Judged[])[] {
  const corpora = [...groupBy(rows, ({ row }) => row.corpus).values()];
  const small = corpora.filter((corpus) => corpus.length < ENOUGH).flat();
  return [...corpora.filter((corpus) => corpus.length >= ENOUGH), ...(small.length > 0 ? [small] : [])];
}

/** Flagged and denied for each group of rows, split by kind. */
export function splitTable(judged: readonly Judged[], title: string, key: (row: Judged) => string): string[] {
  const lines = [title.padEnd(40) + KINDS.map((kind) => kind.padStart(17)).join("")];
  for (const [name, rows] of [...groupBy(judged, key)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const byKind = groupBy(rows, kindOf);
    const cells = KINDS.map((kind) => {
      const own = byKind.get(kind);
      if (!own) return "-".padStart(17);
      return `${String(own.length).padStart(6)} ${(100 * share(own, isFlagged)).toFixed(0).padStart(4)} ${(100 * share(own, isDenied)).toFixed(0).padStart(4)} `;
    });
    lines.push(name.slice(0, 39).padEnd(40) + cells.join(""));
  }
  return [...lines, "(each cell: rows, % flagged, % denied)"];
}

/** At or above the weakest permitted verdict, by what that is. */
export function gradedTable(judged: readonly Judged[]): string[] {
  const lines: string[] = [];
  for (const [corpus, rows] of groupBy(judged, ({ row }) => row.corpus)) {
    const strong = rows.filter(isStrongEnough).length;
    lines.push(
      `${corpus}: ${strong} of ${rows.length} at or above the weakest permitted verdict (${percent(strong / rows.length).trim()} %)`,
    );
    for (const [weakest, own] of groupBy(rows, ({ row }) => ("weakest" in row.grade ? row.grade.weakest : ""))) {
      const flagged = `flagged ${own.filter(isFlagged).length}, denied ${own.filter(isDenied).length}`;
      lines.push(
        `  ${weakest.padEnd(16)} ${String(own.length).padStart(5)} rows  enough ${own.filter(isStrongEnough).length}, ${flagged}`,
      );
    }
  }
  return lines;
}

/** How often each key occurs, most often first. */
export function histogram(judged: readonly Judged[], keys: (row: Judged) => readonly string[], top: number): string[] {
  const counts = groupBy(
    judged.flatMap((row) => keys(row).map((key) => ({ key, row }))),
    ({ key }) => key,
  );
  const sorted = [...counts].sort(([, a], [, b]) => b.length - a.length);
  const lines = sorted.slice(0, top).map(([key, rows]) => `${String(rows.length).padStart(6)}  ${key.slice(0, 150)}`);
  return sorted.length > top ? [...lines, `        … ${sorted.length - top} more`] : lines;
}
