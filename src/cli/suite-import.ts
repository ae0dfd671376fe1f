import { statSync } from "node:fs";
import { printProblem } from "../load/source.ts";
import { DECISIONS } from "../model/finding.ts";
import { IMPORTERS } from "../suite/import/formats.ts";
import type { Importer, SourceFile } from "../suite/import/gathering.ts";
import { type Imported, importCases } from "../suite/import/import.ts";
import { licenceOf } from "../suite/import/licence.ts";
import { sourceFiles } from "../suite/import/source-files.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { oneWord } from "./options.ts";
import { count, standardInput } from "./suite-input.ts";
import { type OutputOptions, writeSuite } from "./suite-output.ts";

interface Options extends OutputOptions {
  readonly suite?: string;
  readonly license?: string;
  readonly expect?: string;
  readonly keepGoing?: true;
  readonly keepSecrets?: true;
}

/** 0: a suite was written; 2: the source can't be read. */
export async function importSuite(format: string, source: string, options: Options, { io, open }: Host): Promise<number> {
  const importer = importerOf(format);
  const expect = options.expect === undefined ? undefined : oneWord("--expect", options.expect, [...DECISIONS, "record"]);
  const files = await filesOf(source, importer, io);
  const licence = options.license === undefined && source !== "-" ? licenceOf(source) : undefined;
  const license = options.license ?? (licence && (licence.id ?? `see ${licence.file}`));
  // What judges costs time to load, and most formats need no judging.
  const clean =
    importer.typed && !options.keepSecrets ? (await import("./suite-secrets.ts")).cleaner((await open({})).knowledge) : undefined;
  const imported = importCases(importer, files, {
    ...(options.suite === undefined ? {} : { suite: options.suite }),
    ...(license === undefined ? {} : { license }),
    ...(expect === undefined ? {} : { expect: { decision: expect } }),
    ...(clean ? { clean } : {}),
  });
  for (const problem of imported.problems) io.complain(printProblem(problem));
  if (imported.problems.length > 0 && !options.keepGoing) return EXIT_ERROR;
  if (imported.cases.length === 0)
    throw new Failure(`${source}: no cases in ${count(files.length, "file")} of format ${format}${why(imported)}`);
  await writeSuite(imported.cases, options, io);
  for (const line of summary(imported)) io.complain(line);
  io.complain(
    license === undefined
      ? "no licence file beside or above the source: know whose it is before you pass it on (--license says)"
      : `licence ${license}${licence?.id === undefined ? "" : ` (${licence.file})`}: what it asks for goes for these cases too`,
  );
  return 0;
}

function importerOf(format: string): Importer {
  const word = oneWord(
    "suite import",
    format,
    IMPORTERS.map((one) => one.format),
  );
  const importer = IMPORTERS.find((one) => one.format === word);
  if (!importer) throw new Failure(`suite import ${format}: there is none of that name`);
  return importer;
}

async function filesOf(source: string, importer: Importer, io: Io): Promise<readonly SourceFile[]> {
  if (source === "-") return [await standardInput(io)];
  try {
    const files = sourceFiles(source, importer);
    if (files.length === 0 && statSync(source).isDirectory())
      throw new Failure(`${source}: no file of format ${importer.format} in this folder; expected ${importer.about}`);
    return files;
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`${source}: ${reason(error)}`);
  }
}

function summary({ cases, left, repeated, redacted }: Imported): readonly string[] {
  const suites = new Set(cases.map(({ suite }) => suite)).size;
  const unlabelled = cases.filter(({ expect }) => expect.decision === "record").length;
  return [
    `${count(cases.length, "case")} in ${count(suites, "suite")}, ${unlabelled} of them without a verdict yet${repeated > 0 ? `; ${repeated} repeated` : ""}`,
    ...(redacted > 0 ? [`secrets replaced in ${count(redacted, "case")}: look through them before you share them`] : []),
    ...[...left].map(([what, times]) => `left out ${times} ×: ${what}`),
  ];
}

const why = ({ left }: Imported): string =>
  left.size === 0 ? "" : `; left out ${[...left].map(([what, times]) => `${times} × ${what}`).join(", ")}`;
