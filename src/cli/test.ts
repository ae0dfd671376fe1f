import { existsSync } from "node:fs";
import type { Command } from "commander";
import { type Problem, printProblem } from "../load/source.ts";
import { failed, REPORTERS, type Tested } from "../report/tests.ts";
import type { Case } from "../suite/case.ts";
import type { Mutation } from "../suite/mutate.ts";
import { SuiteReader } from "../suite/reader.ts";
import { Recorder } from "../suite/recorder.ts";
import { sizeOf, suiteFiles } from "../suite/suite-files.ts";
import { Trial } from "../suite/trial.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { addSharedOptions, collect, contextOf, lookOf, type SharedOptions } from "./options.ts";
import { Progress } from "./progress.ts";
import { Reports } from "./test-reports.ts";
import { writeVerdicts } from "./test-update.ts";

interface Options extends SharedOptions {
  readonly name: readonly string[];
  readonly tag: readonly string[];
  readonly reporter: readonly string[];
  readonly update?: true;
  readonly mutate?: string | true;
  readonly seed: string;
}

export function declare(command: Command, host: Host): void {
  addSharedOptions(command)
    .argument("[path...]", "suites (.yaml, .jsonl), or folders of suites (default: fixtures)")
    .option("--name <text>", "only cases whose suite or name holds this, repeatable", collect, [])
    .option("--tag <tag>", "only cases with this tag, repeatable: with any of them", collect, [])
    .option("--reporter <name[=file]>", `${REPORTERS.join(", ")}; repeatable, each to stdout or to its file`, collect, [])
    .option("--update", "write the verdicts of cases that say expect: record into their files, and show what changed")
    .option(
      "--mutate [n]",
      "also rewrite each case n times (default: 20): attacks so that bash runs the same, which must weaken no verdict; what is allowed by spacing, quotes and order of options, which must raise none",
    )
    .option("--seed <n>", "which rewrites", "1")
    .action(async (paths: readonly string[], options: Options) => host.exit(await test(paths, options, host)));
}

/** Suites of together fewer bytes are read before any case runs, so that what is wrong with them is all that is said. */
const FEW = 2 * 1024 * 1024;

/** 0: all as expected; 1: some are not; 2: a suite can't be read, or there is nothing to run. */
async function test(paths: readonly string[], options: Options, { io, open }: Host): Promise<number> {
  const files = filesOf(paths);
  const { knowledge } = await open(options);
  const reader = new SuiteReader(knowledge);
  const cases = casesIn(files, reader);
  if (complain(reader.problems, io)) return EXIT_ERROR;
  const look = lookOf(options, io);
  const mutation = mutationOf(options);
  const trial = new Trial({
    knowledge,
    look,
    context: contextOf(options, io),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(mutation ? { mutation } : {}),
  });
  const reports = new Reports(options.reporter, look, io);
  const recorder = new Recorder();
  const counts = await run(chosen(cases, options), trial, reports, recorder, io);
  if (complain(reader.problems, io)) return EXIT_ERROR;
  if (counts.done === 0) throw new Failure(nothingToRun(options));
  await reports.end(options.update ? writeVerdicts(recorder, look, io) : "");
  return counts.failed > 0 || (options.update && recorder.problems.length > 0) ? 1 : 0;
}

async function run(
  cases: Iterable<Case>,
  trial: Trial,
  reports: Reports,
  recorder: Recorder,
  io: Io,
): Promise<{ done: number; failed: number }> {
  const progress = new Progress(io);
  const counts = { done: 0, failed: 0 };
  for (const given of cases) {
    progress.show(() => `${counts.done} cases, ${counts.failed} failed`);
    const tested: Tested = trial.run(given);
    counts.done += 1;
    recorder.add(given, tested);
    if (failed(tested)) {
      counts.failed += 1;
      progress.clear();
    }
    await reports.one(tested);
  }
  progress.clear();
  return counts;
}

function mutationOf({ mutate, seed }: Options): Mutation | undefined {
  if (mutate === undefined) return undefined;
  return { count: mutate === true ? 20 : wholeNumber("--mutate", mutate), seed: wholeNumber("--seed", seed) };
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Failure(`${option} ${text}: expected a number from 1 on`);
  return Number(text);
}

function casesIn(files: readonly string[], reader: SuiteReader): Iterable<Case> {
  const all = function* (): Generator<Case> {
    for (const file of files) yield* reader.cases(file);
  };
  return files.reduce((sum, file) => sum + sizeOf(file), 0) < FEW ? [...all()] : all();
}

function complain(problems: readonly Problem[], io: Io): boolean {
  for (const problem of problems) io.complain(printProblem(problem));
  return problems.length > 0;
}

function* chosen(cases: Iterable<Case>, { name, tag }: Options): Generator<Case> {
  for (const given of cases) {
    const named = name.length === 0 || name.some((text) => `${given.suite} › ${given.name}`.includes(text));
    if (named && (tag.length === 0 || tag.some((wanted) => given.tags.includes(wanted)))) yield given;
  }
}

function nothingToRun({ name, tag }: Options): string {
  const wanted = [
    ...(name.length > 0 ? [`is called ${name.join(" or ")}`] : []),
    ...(tag.length > 0 ? [`is tagged ${tag.join(" or ")}`] : []),
  ];
  return `no case to run: none ${wanted.join(" and ")}`;
}

const FOLDER = "fixtures";

function filesOf(paths: readonly string[]): readonly string[] {
  if (paths.length === 0 && !existsSync(FOLDER))
    throw new Failure(`no suite given, and there is no folder ${FOLDER} here; write argvet test PATH…`);
  const files = (paths.length === 0 ? [FOLDER] : paths).flatMap((path) => {
    if (!existsSync(path)) throw new Failure(`${path}: there is no such file or folder`);
    try {
      const found = suiteFiles(path);
      if (found.length === 0) throw new Failure(`${path}: holds no suite, that is no .yaml and no .jsonl`);
      return found;
    } catch (error) {
      throw error instanceof Failure ? error : new Failure(`${path}: ${reason(error)}`);
    }
  });
  return [...new Set(files)];
}
