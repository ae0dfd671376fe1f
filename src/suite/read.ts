import type { Knowledge } from "../knowledge/knowledge.ts";
import type { KnowledgeFile } from "../load/knowledge.ts";
import { emptyFile, type Problem, readDocuments } from "../load/source.ts";
import { type Case, casesOf, Names, Vocabulary } from "./case.ts";
import { suiteSchema } from "./schema.ts";

export type { Case, Expectation } from "./case.ts";

export interface Suites {
  readonly cases: readonly Case[];
  readonly problems: readonly Problem[];
}

/** Reads YAML suites as a whole. What is wrong with one is a problem with its place, never an exception. */
export function readSuites(files: readonly KnowledgeFile[], knowledge: Knowledge): Suites {
  const vocabulary = new Vocabulary(knowledge);
  const read = files.map(({ path, text }) => readText(text, path, vocabulary));
  return { cases: read.flatMap(({ cases }) => cases), problems: read.flatMap(({ problems }) => problems) };
}

/** The suites of a file, or of a part of it that has `before` lines before it. */
export function readText(text: string, file: string, vocabulary: Vocabulary, before = 0): Suites {
  const sources = readDocuments(text, file, before);
  const cases: Case[] = [];
  let entry = 0;
  for (const source of sources) {
    const facts = source.problems.length > 0 ? undefined : source.check([], suiteSchema, source.value);
    if (!facts) continue;
    if (facts.profile !== undefined) vocabulary.profile(source, ["profile"], facts.profile);
    const names = new Names();
    for (const [i, given] of facts.cases.entries()) {
      const path = ["cases", i];
      names.check(facts.suite, given.name, source, path);
      vocabulary.check(source, path, given);
      cases.push(...casesOf(given, facts, source, path, entry + i));
    }
    entry += facts.cases.length;
  }
  return { cases, problems: sources.length === 0 ? [emptyFile(file)] : sources.flatMap(({ problems }) => problems) };
}
