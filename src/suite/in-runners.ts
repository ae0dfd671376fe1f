import { statSync } from "node:fs";
import { BUILTIN, builtin, openKnowledge } from "../index.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { readFolder, readKnowledgeFile } from "../load/folder.ts";
import { compileKnowledge } from "../load/knowledge.ts";
import { type Problem, printProblem } from "../load/source.ts";
import type { Verdict } from "../model/finding.ts";
import type { Input } from "../model/subject.ts";
import { type Case, readSuites } from "./read.ts";
import { SuiteReader } from "./reader.ts";
import { Runner } from "./run.ts";
import { suiteFiles } from "./suite-files.ts";

/** Cases of any test runner: each has a name, and a check that throws if the verdict is not as expected. */
export interface SuiteTest {
  readonly suite: string;
  readonly name: string;
  /** @throws SuiteError with everything that is not as expected. */
  readonly check: () => void;
  readonly case: Case;
  readonly verdict: () => Verdict;
}

export interface SuiteOptions {
  /** Rule packs, sets and command files of your own, or folders of them. */
  readonly packs?: readonly string[];
  /** Instead of the profiles that cases name. */
  readonly profile?: string;
}

/** A suite as a value: what its file would say. */
export interface SuiteDefinition {
  readonly suite: string;
  readonly context?: object;
  readonly profile?: string;
  readonly tags?: readonly string[];
  readonly cases: readonly object[];
}

export class SuiteError extends Error {
  override readonly name = "SuiteError";
}

/**
 * Tests of suites: files or folders of `.yaml` and `.jsonl`, or one suite as a value.
 *
 * @throws SuiteError when a suite or a pack can't be read; it says where and why.
 */
export function suiteTests(
  source: string | readonly string[] | SuiteDefinition,
  options: SuiteOptions = {},
): readonly SuiteTest[] {
  const knowledge = knowledgeOf(options.packs ?? []);
  const cases = isDefinition(source) ? defined(source, knowledge) : read([source].flat(), knowledge);
  const runner = new Runner(knowledge);
  return cases.map((found) => {
    const given = options.profile === undefined ? found : { ...found, profile: options.profile };
    const check = (): void => {
      const misses = runner.misses(given);
      if (misses.length > 0)
        throw new SuiteError([...misses, `${printInput(given.input)}  ${given.file}:${given.line}`].join("\n"));
    };
    return { suite: given.suite, name: given.name, check, case: given, verdict: () => runner.verdict(given) };
  });
}

export const printInput = (input: Input): string => ("argv" in input ? JSON.stringify(input.argv) : input.command);

const isDefinition = (source: string | readonly string[] | SuiteDefinition): source is SuiteDefinition =>
  typeof source === "object" && "cases" in source;

function read(paths: readonly string[], knowledge: Knowledge): readonly Case[] {
  const reader = new SuiteReader(knowledge);
  const cases = paths.flatMap(filesAt).flatMap((path) => [...reader.cases(path)]);
  refuse(reader.problems);
  return cases;
}

function filesAt(path: string): readonly string[] {
  try {
    return suiteFiles(path);
  } catch (error) {
    throw new SuiteError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** JSON is YAML, and suites are read as that. */
function defined(definition: SuiteDefinition, knowledge: Knowledge): readonly Case[] {
  const { cases, problems } = readSuites([{ path: definition.suite, text: JSON.stringify(definition, undefined, 2) }], knowledge);
  refuse(problems);
  return cases;
}

/**
 * The built-in knowledge, with packs before it.
 *
 * @throws SuiteError when a pack can't be read.
 */
export function knowledgeOf(packs: readonly string[]): Knowledge {
  if (packs.length === 0) return builtin();
  const files = packs.flatMap((path) => (statSync(path).isDirectory() ? readFolder(path) : [readKnowledgeFile(path)]));
  const { data, problems } = compileKnowledge(files, { base: builtin() });
  refuse(problems);
  return openKnowledge([BUILTIN, data]);
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new SuiteError(problems.map(printProblem).join("\n"));
}
