import { printProblem } from "../load/source.ts";
import { readFacts, type WrittenCases } from "../suite/facts.ts";
import { NoText, textOfFile } from "../suite/file-lines.ts";
import { suiteFiles } from "../suite/suite-files.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { type OutputOptions, writeSuite } from "./suite-output.ts";

/** 0: written; 2: a suite can't be read. */
export async function exportSuites(paths: readonly string[], options: OutputOptions, { io }: Host): Promise<number> {
  const cases = casesOf(paths, io);
  if (!cases) return EXIT_ERROR;
  await writeSuite(cases, options.output === undefined ? { format: "jsonl", ...options } : options, io);
  return 0;
}

/** The cases of suites as they are written; undefined, and said, if there is something wrong with one. */
export function casesOf(paths: readonly string[], io: Io): WrittenCases["cases"] | undefined {
  const read = paths.flatMap(filesOf).map(readFile);
  const problems = read.flatMap((one) => one.problems);
  for (const problem of problems) io.complain(printProblem(problem));
  return problems.length > 0 ? undefined : read.flatMap(({ cases }) => cases);
}

function readFile(path: string): WrittenCases {
  try {
    return readFacts(path, textOfFile(path));
  } catch (error) {
    throw new Failure(`${path}: ${error instanceof NoText ? error.message : reason(error)}`);
  }
}

function filesOf(path: string): readonly string[] {
  try {
    return suiteFiles(path);
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}
