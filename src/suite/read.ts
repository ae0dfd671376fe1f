import type { Knowledge } from "../knowledge/knowledge.ts";
import type { KnowledgeFile } from "../load/knowledge.ts";
import { emptyFile, type Problem, readDocuments, type Source } from "../load/source.ts";
import { type Case, casesOf, Vocabulary } from "./case.ts";
import { suiteSchema } from "./schema.ts";

export type { Case, Expectation } from "./case.ts";

export interface Suites {
  readonly cases: readonly Case[];
  readonly problems: readonly Problem[];
}

/** Reads YAML suites as a whole. What is wrong with one is a problem with its place, never an exception. */
export function readSuites(files: readonly KnowledgeFile[], knowledge: Knowledge): Suites {
  const vocabulary = new Vocabulary(knowledge);
  const problems: Problem[] = [];
  const cases: Case[] = [];
  for (const { path, text } of files) {
    const sources = readDocuments(text, path);
    if (sources.length === 0) problems.push(emptyFile(path));
    let entry = 0;
    for (const source of sources) {
      const own = readSuite(source, vocabulary, entry);
      cases.push(...own.cases);
      entry = own.entries;
      problems.push(...source.problems);
    }
  }
  return { cases, problems };
}

/** `entry`: how many there were in the file before this suite. */
function readSuite(source: Source, vocabulary: Vocabulary, entry: number): { cases: readonly Case[]; entries: number } {
  const facts = source.problems.length > 0 ? undefined : source.check([], suiteSchema, source.value);
  if (!facts) return { cases: [], entries: entry };
  if (facts.profile !== undefined) vocabulary.profile(source, ["profile"], facts.profile);
  const names = new Set<string>();
  const cases = facts.cases.flatMap((given, i) => {
    const path = ["cases", i];
    if (names.has(given.name)) source.problem([...path, "name"], `"${given.name}" is the name of another case too`);
    names.add(given.name);
    vocabulary.check(source, path, given);
    return casesOf(given, facts, source, path, entry + i);
  });
  return { cases, entries: entry + facts.cases.length };
}
