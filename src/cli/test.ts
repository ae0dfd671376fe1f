import type { Command } from "commander";
import { type Problem, printProblem } from "../load/source.ts";
import { failed } from "../report/tests.ts";
import { SuiteReader } from "../suite/reader.ts";
import { Recorder } from "../suite/recorder.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { lookOf } from "./options.ts";
import { Progress } from "./progress.ts";
import { afterwards } from "./test-afterwards.ts";
import { casesIn, chosen, filesOf, nothingToRun } from "./test-cases.ts";
import { ownLane, workerLane } from "./test-lanes.ts";
import { addTestOptions, knowledgeFor, type Options, readBaseline, settingsOf, watched, workersOf } from "./test-options.ts";
import { Reports } from "./test-reports.ts";
import { tryAll } from "./test-run.ts";
import { readThresholds } from "./test-thresholds.ts";
import { interrupted, watch } from "./test-watch.ts";

export function declare(command: Command, host: Host): void {
  addTestOptions(command).action(async (paths: readonly string[], options: Options) => {
    const run = (): Promise<number> => test(paths, options, host);
    host.exit(options.watch ? await watch(watched(paths, options), host.io, run, interrupted()) : await run());
  });
}

/** 0: all as expected; 1: some are not; 2: a suite can't be read, or there is nothing to run. */
async function test(paths: readonly string[], options: Options, { io, open }: Host): Promise<number> {
  const files = filesOf(paths);
  const thresholds = readThresholds(options.coverageThreshold ?? []);
  const settings = await settingsOf(options, io);
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  const knowledge = await knowledgeFor(options, open);
  const reader = new SuiteReader(knowledge);
  const cases = casesIn(files, reader);
  if (complain(reader.problems, io)) return EXIT_ERROR;
  const look = lookOf(options, io);
  const count = workersOf(options);
  const lanes = count === 1 ? [await ownLane(settings, open)] : Array.from({ length: count }, () => workerLane(settings));
  try {
    const reports = new Reports(options.reporter ?? [], look, io);
    const recorder = new Recorder();
    const profiles = new Set<string>();
    const counts = { done: 0, failed: 0 };
    const progress = new Progress(io);
    for await (const [given, tested] of tryAll(chosen(cases, options), lanes)) {
      progress.show(() => `${counts.done} cases, ${counts.failed} failed`);
      counts.done += 1;
      if (failed(tested)) {
        counts.failed += 1;
        progress.clear();
      }
      profiles.add(options.profile ?? given.profile);
      recorder.add(given, tested);
      baseline?.add(tested);
      if (!(await reports.one(tested))) break;
    }
    progress.clear();
    if (complain(reader.problems, io)) return EXIT_ERROR;
    if (counts.done === 0) throw new Failure(nothingToRun(options));
    const after = await afterwards({ options, lanes, knowledge, profiles, recorder, baseline, thresholds, look, io });
    await reports.end(after.text);
    return counts.failed > 0 || after.wrong ? 1 : 0;
  } finally {
    for (const lane of lanes) await lane.close();
  }
}

function complain(problems: readonly Problem[], io: Io): boolean {
  for (const problem of problems) io.complain(printProblem(problem));
  return problems.length > 0;
}
