import type { KnowledgeData } from "./knowledge.ts";
import { lazily } from "./lazily.ts";
import { pack, unpack } from "./packed.ts";
import type { Profile } from "./profile.ts";
import type { Rule } from "./rule.ts";
import type { NamedSet } from "./set.ts";

/** Knowledge as its module holds it: what one file of `rules/` says is one text, so that a change to it changes one line. */
export interface StoredKnowledge {
  /** Names of a program with `|` between them (`python -m pdb` is one name), and its facts (see `stored.ts`). */
  readonly commands: readonly (readonly [names: string, spec: string])[];
  readonly sets: readonly string[];
  readonly rules: readonly string[];
  readonly profiles: readonly string[];
}

export function storeKnowledge({ commands, specs, sets, rules, profiles }: KnowledgeData): StoredKnowledge {
  const names = specs.map((): string[] => []);
  for (const [name, spec] of commands) names[spec]?.push(name);
  const stored = (items: readonly unknown[]): readonly string[] => items.map((item) => pack(JSON.stringify(item)));
  return {
    commands: specs.map((spec, i) => [names[i]?.join("|") ?? "", spec]),
    sets: stored(sets),
    rules: stored(rules),
    profiles: stored(profiles),
  };
}

/** The inverse of `storeKnowledge`. Nothing is read before it is asked for. */
export function readKnowledge(stored: StoredKnowledge): KnowledgeData {
  const commands = lazily(() => stored.commands.flatMap(([names], i) => names.split("|").map((name) => [name, i] as const)));
  const sets = lazily(() => items<NamedSet>(stored.sets));
  const rules = lazily(() => items<Rule>(stored.rules));
  const profiles = lazily(() => items<Profile>(stored.profiles));
  return {
    get commands() {
      return commands();
    },
    specs: stored.commands.map(([, spec]) => spec),
    get sets() {
      return sets();
    },
    get rules() {
      return rules();
    },
    get profiles() {
      return profiles();
    },
  };
}

const items = <T>(texts: readonly string[]): readonly T[] => JSON.parse(`[${unpack(texts.join(","))}]`) as readonly T[];
