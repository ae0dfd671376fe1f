import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { type Command, Option } from "commander";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { REPORTERS } from "../report/tests.ts";
import { Baseline } from "../suite/baseline.ts";
import type { Mutation } from "../suite/mutate.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { addSharedOptions, collect, lookOf, type SharedOptions, worldOf } from "./options.ts";
import { type Choice, foldersOf, suitePaths } from "./test-cases.ts";
import type { LaneSettings } from "./test-lanes.ts";
import type { Watched } from "./test-watch.ts";

export interface Options extends SharedOptions, Choice {
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

export function addTestOptions(command: Command): Command {
  return addSharedOptions(command)
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
    .option("--watch", "run again whenever a suite, a pack or the policy changes");
}

export async function settingsOf(options: Options, io: Io): Promise<LaneSettings> {
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

export const workersOf = ({ workers }: Options): number =>
  workers === "auto" ? availableParallelism() : Math.min(wholeNumber("--workers", workers), 64);

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Failure(`${option} ${text}: expected a number from 1 on`);
  return Number(text);
}

/** A policy has packs and profiles of its own. */
export async function knowledgeFor(options: Options, open: Host["open"]): Promise<Knowledge> {
  const { policy, pack, profile } = options;
  if (policy === undefined) return (await open(options)).knowledge;
  if (pack !== undefined || profile !== undefined)
    throw new Failure(`--${pack === undefined ? "profile" : "pack"}: leave it out, the policy says which`);
  const { knowledgeOf, loadPolicy } = await import("./policy-file.ts");
  return knowledgeOf(loadPolicy(policy), policy);
}

export function readBaseline(path: string): Baseline {
  const read = Baseline.read(readText(path));
  if ("problem" in read) throw new Failure(`${path}: ${read.problem}`);
  return read;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}

/** Suites, scripts, and all else that decides. */
export function watched(paths: readonly string[], { pack = [], policy, baseline }: Options): Watched {
  const others = [...pack, ...[policy, baseline].filter((path) => path !== undefined)];
  const names = new Set(others.map((path) => basename(path)));
  return {
    folders: foldersOf([...suitePaths(paths), ...others]),
    matters: (name) => names.has(name) || /\.(ya?ml|jsonl|[a-z]*sh)$/.test(name),
  };
}
