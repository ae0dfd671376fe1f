import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { type Command, Option } from "commander";
import { createAnalyzer } from "../index.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { type Problem, printProblem } from "../load/source.ts";
import { printComparison, weaker } from "../report/comparison.ts";
import type { Look } from "../report/pretty.ts";
import { printSuiteCoverage } from "../report/suite-coverage.ts";
import { failed, REPORTERS } from "../report/tests.ts";
import { Baseline } from "../suite/baseline.ts";
import { suiteCoverage } from "../suite/exercise-coverage.ts";
import { Exercised } from "../suite/exercised.ts";
import type { Mutation } from "../suite/mutate.ts";
import { SuiteReader } from "../suite/reader.ts";
import { Recorder } from "../suite/recorder.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { addSharedOptions, collect, lookOf, type SharedOptions, worldOf } from "./options.ts";
import { Progress } from "./progress.ts";
import { type Choice, casesIn, chosen, filesOf, foldersOf, nothingToRun, suitePaths } from "./test-cases.ts";
import { type Lane, type LaneSettings, ownLane, workerLane } from "./test-lanes.ts";
import { Reports } from "./test-reports.ts";
import { tryAll } from "./test-run.ts";
import { belowThreshold, readThresholds } from "./test-thresholds.ts";
import { writeVerdicts } from "./test-update.ts";
import { interrupted, type Watched, watch } from "./test-watch.ts";

interface Options extends SharedOptions, Choice {
  readonly reporter?: readonly string[];
  readonly policy?: string;
  readonly tool: string;
  readonly update?: true;
  readonly baseline?: string;
  readonly mutate?: string | true;
  readonly seed: string;
  readonly coverage?: string | true;
  readonly examples?: true;
  readonly coverageThreshold?: readonly string[];
  readonly workers: string;
  readonly watch?: true;
}

export function declare(command: Command, host: Host): void {
  addSharedOptions(command)
    .argument("[path...]", "suites (.yaml, .jsonl), or folders of suites (default: fixtures)")
    .option("--name <text>", "only cases whose suite or name holds this, repeatable", collect)
    .option("--tag <tag>", "only cases with this tag, repeatable: with any of them", collect)
    .option("--reporter <name[=file]>", `${REPORTERS.join(", ")}; repeatable, each to stdout or to its file`, collect)
    .option("--policy <file>", "judge cases as this policy does: its own rules too, and calls that run nothing")
    .option("--tool <[server/]name>", "with --policy: the tool that gets commands of cases which are no whole calls", "exec")
    .option("--update", "write the verdicts of cases that say expect: record into their files, and show what changed")
    .option("--baseline <file>", "a report of --reporter json=FILE to compare with: exit 1 if a verdict is weaker now")
    .option(
      "--mutate [n]",
      "also rewrite each case n times (default: 20): attacks so that bash runs the same, which must weaken no verdict; what is allowed by blanks, quotes and options, which must raise none",
    )
    .option("--seed <n>", "which rewrites", "1")
    .option(
      "--coverage [file]",
      "which rules, facts of commands and rows of profiles no case exercises; all of it to a JSON file",
    )
    .option(
      "--coverage-threshold <n>",
      "exit 1 below this percentage: of rules, statements, options and rows each, or of one of them (rules=100); repeatable",
      collect,
    )
    .option("--examples", "count what the examples of packs and command files exercise too; they are tests of their own")
    .addOption(new Option("--workers <n>", "threads that try cases; auto: as many as there are processors").default("1"))
    .option("--watch", "run again whenever a suite, a pack or the policy changes")
    .action(async (paths: readonly string[], options: Options) => {
      const run = (): Promise<number> => test(paths, options, host);
      host.exit(options.watch ? await watch(watched(paths, options), host.io, run, interrupted()) : await run());
    });
}

/** Suites, scripts, and all else that decides. */
function watched(paths: readonly string[], { pack = [], policy, baseline }: Options): Watched {
  const others = [...pack, ...[policy, baseline].filter((path) => path !== undefined)];
  const names = new Set(others.map((path) => basename(path)));
  return {
    folders: foldersOf([...suitePaths(paths), ...others]),
    matters: (name) => names.has(name) || /\.(ya?ml|jsonl|[a-z]*sh)$/.test(name),
  };
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
      await reports.one(tested);
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

interface Ran {
  readonly options: Options;
  readonly lanes: readonly Lane[];
  readonly knowledge: Knowledge;
  readonly profiles: ReadonlySet<string>;
  readonly recorder: Recorder;
  readonly baseline: Baseline | undefined;
  readonly thresholds: ReturnType<typeof readThresholds>;
  readonly look: Look;
  readonly io: Io;
}

/** What is said when all cases have run, besides how they went. */
async function afterwards(ran: Ran): Promise<{ readonly text: string; readonly wrong: boolean }> {
  const { options, recorder, baseline, look, io } = ran;
  const parts: string[] = [];
  let wrong = false;
  if (options.update) {
    parts.push(writeVerdicts(recorder, look, io));
    wrong ||= recorder.problems.length > 0;
  }
  if (baseline) {
    const comparison = baseline.comparison();
    parts.push(printComparison(comparison, options.baseline ?? "", look));
    wrong ||= weaker(comparison) > 0;
  }
  if (options.coverage !== undefined || options.coverageThreshold !== undefined) {
    const { text, below } = await covered(ran);
    parts.push(text);
    wrong ||= below;
  }
  return { text: parts.join(""), wrong };
}

async function covered({
  options,
  lanes,
  knowledge,
  profiles,
  thresholds,
  look,
}: Ran): Promise<{ text: string; below: boolean }> {
  const keys = new Set<string>();
  for (const lane of lanes) for (const key of await lane.keys()) keys.add(key);
  if (options.examples) {
    const { commands, rules } = (await import("./coverage.ts")).readExamples(options.pack ?? []);
    const exercised = new Exercised(knowledge);
    const analyzer = createAnalyzer({ knowledge });
    for (const { input, context } of [...commands, ...rules]) exercised.add(analyzer.analyze(input, context));
    for (const key of exercised.keys) keys.add(key);
  }
  const coverage = suiteCoverage(knowledge, keys, [...profiles].sort());
  if (typeof options.coverage === "string") write(options.coverage, `${JSON.stringify({ version: 1, ...coverage }, null, 2)}\n`);
  const below = belowThreshold(coverage, thresholds);
  return {
    text: printSuiteCoverage(coverage, look) + below.map((line) => `${look.paint(line, "red")}\n`).join(""),
    below: below.length > 0,
  };
}

/** A policy has packs and profiles of its own. */
async function knowledgeFor(options: Options, open: Host["open"]): Promise<Knowledge> {
  const { policy, pack, profile } = options;
  if (policy === undefined) return (await open(options)).knowledge;
  if (pack !== undefined || profile !== undefined)
    throw new Failure(`--${pack === undefined ? "profile" : "pack"}: leave it out, the policy says which`);
  const { knowledgeOf, loadPolicy } = await import("./policy-file.ts");
  return knowledgeOf(loadPolicy(policy), policy);
}

async function settingsOf(options: Options, io: Io): Promise<LaneSettings> {
  const { profile, pack } = options;
  return {
    options: { ...(profile === undefined ? {} : { profile }), ...(pack === undefined ? {} : { pack }) },
    context: await worldOf(options, io),
    colour: lookOf(options, io).paint("x", "red") !== "x",
    width: lookOf(options, io).width,
    mutation: mutationOf(options),
    coverage: options.coverage !== undefined || options.coverageThreshold !== undefined,
    policy: options.policy === undefined ? undefined : { path: options.policy, tool: options.tool },
    cwd: io.cwd,
  };
}

function mutationOf({ mutate, seed }: Options): Mutation | undefined {
  if (mutate === undefined) return undefined;
  return { count: mutate === true ? 20 : wholeNumber("--mutate", mutate), seed: wholeNumber("--seed", seed) };
}

const workersOf = ({ workers }: Options): number =>
  workers === "auto" ? availableParallelism() : Math.min(wholeNumber("--workers", workers), 64);

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Failure(`${option} ${text}: expected a number from 1 on`);
  return Number(text);
}

function readBaseline(path: string): Baseline {
  const read = Baseline.read(attempt(path, () => readFileSync(path, "utf8")));
  if ("problem" in read) throw new Failure(`${path}: ${read.problem}`);
  return read;
}

const write = (path: string, text: string): void => attempt(path, () => writeFileSync(path, text));

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}

function complain(problems: readonly Problem[], io: Io): boolean {
  for (const problem of problems) io.complain(printProblem(problem));
  return problems.length > 0;
}
