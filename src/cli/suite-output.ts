import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "commander";
import { clean } from "../report/clean.ts";
import { type WrittenCase, writeJsonl, writeYaml } from "../suite/written.ts";
import { Failure, reason } from "./failure.ts";
import type { Io } from "./io.ts";
import { oneWord } from "./options.ts";

export interface OutputOptions {
  readonly output?: string;
  readonly format?: string;
  readonly force?: true;
}

const FORMATS = ["yaml", "jsonl"] as const;

/** Where a suite goes, and as what. */
export const addOutputOptions = (command: Command): Command =>
  command
    .option("-o, --output <file>", "where to write the suite (default: stdout)")
    .option("--format <name>", "yaml or jsonl (default: what the file's name says, else yaml)")
    .option("--force", "write over a file that is there");

/** Writes a suite: a file comes to be as a whole or not at all. */
export async function writeSuite(cases: readonly WrittenCase[], { output, format, force }: OutputOptions, io: Io): Promise<void> {
  const guessed = output !== undefined && /\.(jsonl|ndjson)$/.test(output) ? "jsonl" : "yaml";
  const text =
    (format === undefined ? guessed : oneWord("--format", format, FORMATS)) === "jsonl" ? writeJsonl(cases) : writeYaml(cases);
  if (output === undefined) await io.write(shown(text, io));
  else replace(output, text, force === true);
}

/** A terminal is not told what commands would tell it. */
export const shown = (text: string, { terminal }: Io): string => (terminal ? text.split("\n").map(clean).join("\n") : text);

function replace(file: string, text: string, force: boolean): void {
  if (existsSync(file) && !force) throw new Failure(`${file} is there already; --force writes over it`);
  if (!existsSync(dirname(file))) throw new Failure(`${file}: there is no folder ${dirname(file)}`);
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Failure(`${file}: ${reason(error)}`);
  }
}
