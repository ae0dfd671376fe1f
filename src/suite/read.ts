import type { Knowledge } from "../knowledge/knowledge.ts";
import { contextOf } from "../load/examples.ts";
import type { KnowledgeFile } from "../load/knowledge.ts";
import { suggest } from "../load/nearest.ts";
import { type Path, type Problem, readDocuments, type Source } from "../load/source.ts";
import { DOUBT_KINDS } from "../model/doubt.ts";
import type { Decision } from "../model/finding.ts";
import type { Context, Input } from "../model/subject.ts";
import { type CaseFacts, suiteSchema } from "./schema.ts";

/** One fixture: what is asked, and what the verdict must say. */
export interface Case {
  readonly file: string;
  readonly line: number;
  readonly suite: string;
  readonly name: string;
  readonly input: Input;
  readonly context: Context;
  readonly profile: string;
  readonly expect: Expectation;
}

export interface Expectation {
  /** `record`: none yet. */
  readonly decision: Decision | "record";
  /** A stricter decision will do as well. */
  readonly orStricter: boolean;
  readonly rules: readonly string[] | undefined;
  readonly attack: readonly string[];
  readonly doubts: readonly string[];
  readonly knownMiss: string | undefined;
}

export interface Suites {
  readonly cases: readonly Case[];
  readonly problems: readonly Problem[];
}

/** Reads fixture files. What is wrong with one is a problem with its place, never an exception. */
export function readSuites(files: readonly KnowledgeFile[], knowledge: Knowledge): Suites {
  const rules = new Set(knowledge.rules.map((rule) => rule.id));
  const problems: Problem[] = [];
  const cases: Case[] = [];
  for (const { path, text } of files) {
    const sources = readDocuments(text, path);
    if (sources.length === 0) problems.push({ file: path, line: 1, column: 1, message: "the file is empty" });
    for (const source of sources) {
      cases.push(...readSuite(source, knowledge, rules));
      problems.push(...source.problems);
    }
  }
  return { cases, problems };
}

function readSuite(source: Source, knowledge: Knowledge, rules: ReadonlySet<string>): Case[] {
  if (source.problems.length > 0) return [];
  const facts = source.check([], suiteSchema, source.value);
  if (!facts) return [];
  const names = new Set<string>();
  return facts.cases.flatMap((given, i) => {
    const path: Path = ["cases", i];
    if (names.has(given.name)) source.problem([...path, "name"], `"${given.name}" is the name of another case too`);
    names.add(given.name);
    checkNames(source, [...path, "expect"], given, rules);
    if ((given.expect.decision === undefined) === (given.expect.at_least === undefined))
      source.problem([...path, "expect"], `expected one of "decision" and "at_least"`);
    const profile = given.profile ?? facts.profile ?? "standard";
    if (!knowledge.profile(profile)) source.problem([...path, "profile"], `no profile is called "${profile}"`);
    const inputs = inputsOf(given, path);
    if (inputs.length === 0) source.problem(path, `expected one of "command", "argv" and "commands"`);
    const context = { ...contextOf(facts.context), ...contextOf(given.context) };
    const expect = expectationOf(given);
    return inputs.map(({ input, name, at }) => {
      return { file: source.file, line: source.line(at), suite: facts.suite, name, input, context, profile, expect };
    });
  });
}

interface Given {
  readonly input: Input;
  readonly name: string;
  readonly at: Path;
}

/** A table of commands is a case each, named by its place in the table. None if the case says more than one of the three, or nothing. */
function inputsOf({ name, command, commands, argv }: CaseFacts, at: Path): readonly Given[] {
  const given = [command, commands, argv].filter((value) => value !== undefined).length;
  if (given !== 1) return [];
  if (command !== undefined) return [{ input: { command }, name, at }];
  if (argv !== undefined) return [{ input: { argv }, name, at }];
  return (commands ?? []).map((text, i) => ({
    input: { command: text },
    name: `${name} · ${i + 1}`,
    at: [...at, "commands", i],
  }));
}

function expectationOf({ expect }: CaseFacts): Expectation {
  return {
    decision: expect.decision ?? expect.at_least ?? "record",
    orStricter: expect.at_least !== undefined,
    rules: expect.rules,
    attack: expect.attack ?? [],
    doubts: expect.doubts ?? [],
    knownMiss: expect.known_miss,
  };
}

function checkNames(source: Source, path: Path, { expect }: CaseFacts, rules: ReadonlySet<string>): void {
  const check = (key: "rules" | "doubts", known: Iterable<string>, what: string): void => {
    const all = new Set(known);
    for (const [i, name] of (expect[key] ?? []).entries())
      if (!all.has(name)) source.problem([...path, key, i], `no ${what} is called "${name}"${suggest(name, all)}`);
  };
  check("rules", rules, "rule");
  check("doubts", DOUBT_KINDS, "doubt");
}
