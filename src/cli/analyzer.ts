import { builtin, createAnalyzer } from "../index.ts";
import { type Knowledge, openKnowledge } from "../knowledge/knowledge.ts";
import type { Verdict } from "../model/finding.ts";
import type { Context, Input } from "../model/subject.ts";
import { Failure } from "./failure.ts";
import type { SharedOptions } from "./options.ts";
import { nearWord } from "./words.ts";

export interface Analyzer {
  analyze(input: Input, context?: Context): Verdict;
}

/** What the subcommands work with; tests hand in their own. */
export type Open = (options: SharedOptions) => Promise<{ readonly analyzer: Analyzer; readonly knowledge: Knowledge }>;

const PROFILES = ["observe", "standard", "strict"];

/** Built-in knowledge and the packs asked for. Throws a Failure for a bad pack or an unknown profile. YAML is read only if there is a pack. */
export const openAnalyzer: Open = async ({ pack = [], profile = "standard" }) => {
  const own = pack.length === 0 ? [] : [(await import("./packs.ts")).loadPacks(pack)];
  const knowledge = openKnowledge([builtin, ...own]);
  if (knowledge.profile(profile) === undefined) throw new Failure(`--profile ${profile}: ${nearWord(profile, PROFILES)}`);
  return { analyzer: createAnalyzer({ knowledge, profile }), knowledge };
};
