import { existsSync, statSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { readFolder, readKnowledgeFile } from "../load/folder.ts";
import type { KnowledgeFile } from "../load/knowledge.ts";
import { printProblem } from "../load/source.ts";
import { REPORTERS, type Reporter, type Tested, testReport } from "../report/tests.ts";
import { type Case, readSuites } from "../suite/read.ts";
import { compare, Runner } from "../suite/run.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, collect, lookOf, oneWord, type SharedOptions } from "./options.ts";

interface Options extends SharedOptions {
  readonly name: readonly string[];
  readonly reporter: readonly string[];
}

interface Wanted {
  readonly reporter: Reporter;
  /** Undefined: stdout. */
  readonly file: string | undefined;
}

export function declare(command: Command, host: Host): void {
  addSharedOptions(command)
    .argument("<path...>", "suites, or folders of suites")
    .option("--name <text>", "only cases whose suite or name holds this, repeatable", collect, [])
    .option("--reporter <name[=file]>", `${REPORTERS.join(", ")}; repeatable, each to stdout or to its file`, collect, [])
    .action(async (paths: readonly string[], options: Options) => host.exit(await test(paths, options, host)));
}

/** 0: all as expected; 1: some are not; 2: a suite can't be read, or there is nothing to run. */
async function test(paths: readonly string[], options: Options, { io, open }: Host): Promise<number> {
  const wanted = (options.reporter.length === 0 ? ["pretty"] : options.reporter).map(wantedOf);
  const { knowledge } = await open(options);
  const { cases, problems } = readSuites(paths.flatMap(filesOf), knowledge);
  for (const problem of problems) io.complain(printProblem(problem));
  if (problems.length > 0) return EXIT_ERROR;
  const chosen = cases.filter((given) => isNamed(given, options.name));
  if (chosen.length === 0) throw new Failure(`no case to run: ${cases.length} read, none is called ${options.name.join(" or ")}`);
  const runner = new Runner(knowledge);
  const tested = chosen.map((given) =>
    run(options.profile === undefined ? given : { ...given, profile: options.profile }, runner),
  );
  const look = lookOf(options, io);
  for (const { reporter, file } of wanted) {
    if (file === undefined) await io.write(testReport(reporter, tested, look));
    else write(file, testReport(reporter, tested, look));
  }
  return tested.some(({ misses }) => misses.length > 0) ? 1 : 0;
}

function run(given: Case, runner: Runner): Tested {
  const { file, line, suite, name, input, expect } = given;
  const verdict = runner.verdict(given);
  return { file, line, suite, name, input, verdict, misses: compare(given, verdict), knownMiss: expect.knownMiss };
}

const isNamed = ({ suite, name }: Case, texts: readonly string[]): boolean =>
  texts.length === 0 || texts.some((text) => `${suite} › ${name}`.includes(text));

function filesOf(path: string): readonly KnowledgeFile[] {
  if (!existsSync(path)) throw new Failure(`${path}: there is no such file or folder`);
  try {
    return statSync(path).isDirectory() ? readFolder(path) : [readKnowledgeFile(path)];
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}

function wantedOf(text: string): Wanted {
  const sign = text.indexOf("=");
  const reporter = oneWord("--reporter", sign < 0 ? text : text.slice(0, sign), REPORTERS);
  return { reporter, file: sign < 0 ? undefined : text.slice(sign + 1) };
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(`${file}: ${reason(error)}`);
  }
}
