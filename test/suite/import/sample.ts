import { printProblem } from "../../../src/load/source.ts";
import type { Importer } from "../../../src/suite/import/gathering.ts";
import { type Imported, type ImportOptions, importCases } from "../../../src/suite/import/import.ts";

/** What an importer makes of files by name. */
export function importOf(importer: Importer, files: Record<string, string | Uint8Array>, options: ImportOptions = {}): Imported {
  const sources = Object.entries(files)
    .filter(([name]) => Object.keys(files).length === 1 || importer.wants(name))
    .map(([name, text]) => ({ path: name, name, bytes: () => (typeof text === "string" ? Buffer.from(text) : text) }));
  return importCases(importer, sources, options);
}

/** A line a case: what is run, its name, and what it expects. */
export const told = ({ cases }: Imported): readonly string[] =>
  cases.map(
    ({ name, command, argv, expect }) =>
      `${name} | ${command ?? JSON.stringify(argv)} | ${expect.decision ?? `≥ ${expect.at_least}`}`,
  );

export const complaints = ({ problems }: Imported): readonly string[] => problems.map(printProblem);
