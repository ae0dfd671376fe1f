import { type Analyzer, BUILTIN, builtin, createAnalyzer } from "../index.ts";
import { openKnowledge } from "../knowledge/knowledge.ts";
import { Failure } from "./failure.ts";
import type { SharedOptions } from "./options.ts";
import { nearWord } from "./words.ts";

/** What the subcommands get their analyzer from; tests hand in their own. */
export type Open = (options: SharedOptions) => Promise<Analyzer>;

const PROFILES = ["observe", "standard", "strict"];

/** Built-in knowledge and the packs asked for. Throws a Failure for a bad pack or an unknown profile. YAML is read only if there is a pack. */
export const openAnalyzer: Open = async ({ pack = [], profile = "standard" }) => {
  const knowledge = pack.length === 0 ? builtin() : openKnowledge([BUILTIN, (await import("./packs.ts")).loadPacks(pack)]);
  if (knowledge.profile(profile) === undefined) throw new Failure(`--profile ${profile}: ${nearWord(profile, PROFILES)}`);
  return createAnalyzer({ knowledge, profile });
};
