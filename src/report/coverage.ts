/** How well one program's command file covers it: counts with the subcommands. */
export interface ProgramCoverage {
  /** The file's first name. */
  readonly program: string;
  /** Names the program goes by. */
  readonly names: number;
  readonly subcommands: number;
  /** Options with an effect, and those known to have none. */
  readonly options: number;
  readonly inert: number;
  /** What it does: statements. */
  readonly effects: number;
  readonly examples: number;
  /** Classes of use that the facts state: `file-read`, `upload`, `command`, … */
  readonly abilities: readonly string[];
  /** Those of them that no example of the file shows. */
  readonly unshown: readonly string[];
}

const HEAD = ["program", "names", "subcommands", "options", "inert", "effects", "examples", "shown", "without an example"];

/** A line for each program, the sums, and how many programs show each class of use. */
export function printCoverage(rows: readonly ProgramCoverage[]): string {
  const counts = (row: Omit<ProgramCoverage, "program" | "abilities" | "unshown">): string[] =>
    [row.names, row.subcommands, row.options, row.inert, row.effects, row.examples].map(String);
  const sum = (key: "names" | "subcommands" | "options" | "inert" | "effects" | "examples"): number =>
    rows.reduce((total, row) => total + row[key], 0);
  const total = {
    names: sum("names"),
    subcommands: sum("subcommands"),
    options: sum("options"),
    inert: sum("inert"),
    effects: sum("effects"),
    examples: sum("examples"),
  };
  const shown = ({ abilities, unshown }: ProgramCoverage): string => `${abilities.length - unshown.length}/${abilities.length}`;
  const all = (key: "abilities" | "unshown"): number => rows.reduce((count, row) => count + row[key].length, 0);
  return [
    ...columns([
      HEAD,
      ...rows.map((row) => [row.program, ...counts(row), shown(row), row.unshown.join(" ")]),
      [`${rows.length} files`, ...counts(total), `${all("abilities") - all("unshown")}/${all("abilities")}`, ""],
    ]),
    "",
    ...columns([["class", "programs", "with an example"], ...classesOf(rows)]),
    "",
  ].join("\n");
}

function classesOf(rows: readonly ProgramCoverage[]): string[][] {
  const stating = new Map<string, ProgramCoverage[]>();
  for (const row of rows) for (const ability of row.abilities) stating.set(ability, [...(stating.get(ability) ?? []), row]);
  return [...stating]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([ability, programs]) => [
      ability,
      String(programs.length),
      String(programs.filter(({ unshown }) => !unshown.includes(ability)).length),
    ]);
}

/** The first and the last column to the left, the others to the right. */
function columns(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, i) => (i === 0 || i === HEAD.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
