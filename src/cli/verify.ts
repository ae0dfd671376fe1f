import { availableParallelism } from "node:os";
import type { Command } from "commander";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { clean } from "../report/clean.ts";
import { casesOfLines, casesOfSuite, type RealCase } from "../sandbox/cases.ts";
import { argvOracle } from "../sandbox/compare.ts";
import { effectsOracle } from "../sandbox/effects.ts";
import { missing } from "../sandbox/need.ts";
import { isUnsound, type Outcome, verify } from "../sandbox/verify.ts";
import { EXIT } from "./exit.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, collect, type SharedOptions } from "./options.ts";

interface Options extends SharedOptions {
  readonly argv?: true;
  readonly effects?: true;
  readonly suite: readonly string[];
  readonly jsonl: readonly string[];
  readonly all?: true;
}

export function declare(command: Command, host: Host): void {
  addSharedOptions(command)
    .argument("[command]", "shell string to run in a throw-away sandbox")
    .option("--argv", "real bash between recording stubs: which programs start, with which arguments (default)")
    .option("--effects", "real programs, watched: which files and hosts they touch")
    .option("--suite <file>", "run the shell strings of a suite, repeatable", collect, [])
    .option("--jsonl <file>", 'run the "command" of each line, repeatable', collect, [])
    .option("--all", "run what is not allowed too, and show what was seen")
    .action(async (text: string | undefined, options: Options) => host.exit(await run(text, options, host)));
}

async function run(text: string | undefined, options: Options, { io, open }: Host): Promise<number> {
  const lacking = missing(options.effects ? ["bwrap", "strace", "nsenter", "ip"] : ["bwrap"]);
  if (lacking.length > 0) throw new Failure(lacking.join("; "));
  const analyzer = await open({ ...options, profile: options.profile ?? "strict" });
  const cases = casesOf(text, options, analyzer.knowledge);
  const lanes = await Promise.all(
    Array.from({ length: Math.min(cases.length, availableParallelism() + 1) }, async () =>
      options.effects ? await effectsOracle() : argvOracle(analyzer.knowledge.commandNames),
    ),
  );
  try {
    const outcomes = await verify(cases, analyzer, lanes, options.all);
    await io.write(report(cases.length, outcomes, options.all === true));
    return outcomes.some(isUnsound) ? EXIT.deny : 0;
  } finally {
    for (const lane of lanes) lane.close();
  }
}

function casesOf(text: string | undefined, options: Options, knowledge: Knowledge): readonly RealCase[] {
  try {
    const cases = [
      ...(text === undefined ? [] : [{ command: text, from: "command" }]),
      ...options.suite.flatMap((path) => casesOfSuite(path, knowledge)),
      ...options.jsonl.flatMap(casesOfLines),
    ];
    if (cases.length === 0) throw new Failure("nothing to run: give a command, --suite or --jsonl");
    return cases;
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(reason(error));
  }
}

function report(given: number, outcomes: readonly Outcome[], all: boolean): string {
  const shown = outcomes.filter((outcome) => all || isUnsound(outcome));
  const lines = shown.flatMap(({ from, command, decision, unpredicted, harm }) => [
    `${from}  ${decision}  ${JSON.stringify(command)}`,
    ...unpredicted.map((fact) => `  not predicted  ${fact}`),
    ...harm.map((fact) => `  harm           ${fact}`),
  ]);
  const allowed = outcomes.filter(({ decision }) => decision === "allow");
  const sum = `${given} cases, ${allowed.length} allowed and run, ${outcomes.filter(({ effective }) => effective).length} with an effect, ${outcomes.filter(isUnsound).length} unsound`;
  return [...lines, sum].map((line) => `${clean(line)}\n`).join("");
}
