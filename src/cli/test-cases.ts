import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Case } from "../suite/case.ts";
import type { SuiteReader } from "../suite/reader.ts";
import { sizeOf, suiteFiles } from "../suite/suite-files.ts";
import { Failure, reason } from "./failure.ts";

/** Which cases are to run. */
export interface Choice {
  readonly name?: readonly string[];
  readonly tag?: readonly string[];
}

const FOLDER = "fixtures";

/** The files of suites that paths stand for, each once. @throws Failure if there are none. */
export function filesOf(paths: readonly string[]): readonly string[] {
  if (paths.length === 0 && !existsSync(FOLDER))
    throw new Failure(`no suite given, and there is no folder ${FOLDER} here; write argvet test PATH…`);
  return [...new Set(suitePaths(paths).flatMap(filesAt))];
}

export const suitePaths = (paths: readonly string[]): readonly string[] => (paths.length === 0 ? [FOLDER] : paths);

function filesAt(path: string): readonly string[] {
  if (!existsSync(path)) throw new Failure(`${path}: there is no such file or folder`);
  try {
    const found = suiteFiles(path);
    if (found.length > 0) return found;
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
  throw new Failure(`${path}: holds no suite, that is no .yaml and no .jsonl`);
}

/** Suites of together fewer bytes are read before any case runs, so that what is wrong with them is all that is said. */
const FEW = 2 * 1024 * 1024;

export function casesIn(files: readonly string[], reader: SuiteReader): Iterable<Case> {
  const all = function* (): Generator<Case> {
    for (const file of files) yield* reader.cases(file);
  };
  return files.reduce((sum, file) => sum + sizeOf(file), 0) < FEW ? [...all()] : all();
}

export function* chosen(cases: Iterable<Case>, { name = [], tag = [] }: Choice): Generator<Case> {
  for (const given of cases) {
    const named = name.length === 0 || name.some((text) => `${given.suite} › ${given.name}`.includes(text));
    if (named && (tag.length === 0 || tag.some((wanted) => given.tags.includes(wanted)))) yield given;
  }
}

export function nothingToRun({ name = [], tag = [] }: Choice): string {
  const wanted = [
    ...(name.length > 0 ? [`is called ${name.join(" or ")}`] : []),
    ...(tag.length > 0 ? [`is tagged ${tag.join(" or ")}`] : []),
  ];
  return `no case to run: none ${wanted.join(" and ")}`;
}

/** What is to be watched for changes: the folders themselves, and those of single files. */
export const foldersOf = (paths: readonly string[]): readonly string[] => [
  ...new Set(paths.filter((path) => existsSync(path)).map((path) => (statSync(path).isDirectory() ? path : dirname(path)))),
];
