import { z } from "zod";
import type { Member, NamedSet } from "../knowledge/set.ts";
import { RESOURCE_KINDS, type ResourceKind } from "../model/resource.ts";
import type { SetExample } from "./examples.ts";
import { suggest } from "./nearest.ts";
import { present } from "./present.ts";
import { mapping, oneOrMore, text, texts, yes } from "./schema.ts";
import type { Path, Source } from "./source.ts";

const KINDS = [...RESOURCE_KINDS, "text"] as const;
type Kind = ResourceKind | "text";
/** Words that stand where a set's name does. */
const RESERVED: ReadonlySet<string> = new Set(["any", "changed"]);
export const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const member = z.union(
  [text, z.looseObject({ audience: oneOrMore.optional(), exact: yes.optional() })],
  "expected a pattern, or a mapping like { path: ~/.netrc, audience: [h.test] }",
);
const setFile = mapping({
  set: text,
  of: z.enum(KINDS),
  about: text,
  members: z.array(member, "expected a list of members").optional(),
  except: texts.optional(),
  includes: oneOrMore.optional(),
  examples: mapping({ in: texts.min(1, "is an empty list"), out: texts.min(1, "is an empty list") }),
});
type SetFacts = z.infer<typeof setFile>;

interface Draft {
  readonly source: Source;
  readonly facts: SetFacts;
  readonly members: readonly Member[];
}

export interface CompiledSets {
  readonly sets: readonly NamedSet[];
  readonly examples: readonly SetExample[];
}

/** Compiles set documents; what they include is resolved, from `known` too. */
export function compileSets(sources: readonly Source[], known: readonly NamedSet[] = []): CompiledSets {
  const drafts = new Map<string, Draft>();
  const taken = new Map(known.map((set) => [set.name, set] as const));
  for (const source of sources) {
    const facts = source.check([], setFile, source.value);
    if (!facts) continue;
    const name = facts.set;
    if (!KEBAB.test(name) || RESERVED.has(name))
      source.problem(["set"], `"${name}": a set's name is kebab-case, and not any or changed`);
    if (taken.has(name) || drafts.has(name)) source.problem(["set"], `there is a set ${name} already${fileOf(drafts.get(name))}`);
    else drafts.set(name, { source, facts, members: compileMembers(facts, source) });
  }
  const resolver = new Resolver(drafts, taken);
  const sets = [...drafts.keys()].flatMap((name) => resolver.set(name) ?? []);
  return { sets, examples: [...drafts.values()].flatMap(setExamples) };
}

const fileOf = (draft: Draft | undefined): string => (draft ? `, in ${draft.source.file}` : "");

function compileMembers(facts: SetFacts, source: Source): readonly Member[] {
  if (!facts.members && !facts.includes) source.problem([], `"members" is missing`, "key");
  return (facts.members ?? []).flatMap((raw, i) => {
    const path: Path = ["members", i];
    if (typeof raw === "string") return [{ pattern: raw }];
    const { audience, exact, [facts.of]: pattern, ...rest } = raw;
    for (const key of Object.keys(rest))
      source.problem([...path, key], `unknown key "${key}"${suggest(key, [facts.of, "audience", "exact"])}`, "key");
    if (typeof pattern !== "string") source.problem(path, `"${facts.of}" is missing: the member's pattern`);
    if (exact && facts.of !== "path") source.problem([...path, "exact"], "only a path can be exact", "key");
    return typeof pattern === "string" ? [{ pattern, ...present({ audience, exact }) }] : [];
  });
}

function setExamples({ source, facts }: Draft): readonly SetExample[] {
  const list = (key: "in" | "out"): readonly SetExample[] =>
    facts.examples[key].map((value, i) => ({
      file: source.file,
      line: source.line(["examples", key, i]),
      of: facts.set,
      text: value,
      inside: key === "in",
    }));
  return [...list("in"), ...list("out")];
}

/** Whether a set of one kind may stand where another is expected: all kinds but paths and hosts are compared as texts. */
export function sameKind(a: Kind, b: Kind): boolean {
  const plain = (kind: Kind): boolean => kind !== "path" && kind !== "host";
  return a === b || (plain(a) && plain(b));
}

/** Takes over members and exceptions of what a set includes. */
class Resolver {
  private readonly drafts: ReadonlyMap<string, Draft>;
  private readonly done: Map<string, NamedSet>;
  private readonly open = new Set<string>();

  constructor(drafts: ReadonlyMap<string, Draft>, known: ReadonlyMap<string, NamedSet>) {
    this.drafts = drafts;
    this.done = new Map(known);
  }

  set(name: string): NamedSet | undefined {
    const done = this.done.get(name);
    const draft = this.drafts.get(name);
    if (done || !draft || this.open.has(name)) return done;
    this.open.add(name);
    const { facts, members } = draft;
    const parts = (facts.includes ?? []).flatMap((included, i) => this.included(included, draft, ["includes", i]) ?? []);
    const set: NamedSet = {
      name,
      of: facts.of,
      members: distinct([...members, ...parts.flatMap((part) => part.members)]),
      except: [...new Set([...(facts.except ?? []), ...parts.flatMap((part) => part.except)])],
    };
    this.open.delete(name);
    this.done.set(name, set);
    return set;
  }

  private included(name: string, { source, facts }: Draft, path: Path): NamedSet | undefined {
    const set = this.set(name);
    if (this.open.has(name)) source.problem(path, `set ${name} includes itself`);
    else if (!set)
      source.problem(path, `there is no set "${name}"${suggest(name, [...this.drafts.keys(), ...this.done.keys()])}`);
    else if (!sameKind(set.of, facts.of)) source.problem(path, `set ${name} is of ${set.of}, not of ${facts.of}`);
    else return set;
    return undefined;
  }
}

/** A member that is there twice says the same about its audience, or is kept twice. */
function distinct(members: readonly Member[]): readonly Member[] {
  return [...new Map(members.map((one) => [JSON.stringify(one), one])).values()];
}
