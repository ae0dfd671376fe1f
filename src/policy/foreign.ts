import type { Path, Source } from "../load/source.ts";
import { compileCondition } from "./compile-condition.ts";
import type { ConditionFacts, PolicyFacts, RateFacts, RuleFacts } from "./file-schema.ts";
import type { ForeignCondition } from "./foreign-schema.ts";

/** Something in a foreign file that means a little less, or more, than what it became. */
export interface Note {
  readonly line: number;
  readonly text: string;
}

export interface Converted {
  readonly facts: PolicyFacts;
  readonly notes: readonly Note[];
}

/** Dots part the keys, and nothing else means anything: `args.a[0]` is the key `a[0]` there. */
export function ownPath(path: string): string {
  return path
    .split(".")
    .map((key, i) => (/^[^.[\]"]+$/.test(key) ? (i === 0 ? key : `.${key}`) : key.includes('"') ? `['${key}']` : `["${key}"]`))
    .join("");
}

/** A comparison of an argument, as it is; a problem if it makes no sense. */
export function ownCondition(given: ForeignCondition, at: Path, source: Source): ConditionFacts {
  const facts: ConditionFacts = { path: ownPath(given.path), op: given.op, ...("value" in given ? { value: given.value } : {}) };
  if (!given.path.startsWith("args.")) source.problem([...at, "path"], `a path begins with args. here, not "${given.path}"`);
  else compileCondition(facts, at, source);
  return facts;
}

/** Refused unless all of these hold. */
export const unless = (name: string, when: readonly ConditionFacts[], reason: string): RuleFacts => ({
  name,
  when: { not: when.length === 1 && when[0] ? when[0] : { all: [...when] } },
  action: "deny",
  reason,
});

/** The limits of others begin anew with each minute, hour and day of UTC, and have names. */
export const calendar = (max: number, window: string, counter: string, more: Partial<Exclude<RateFacts, string>>): RateFacts => ({
  max: Math.max(0, max),
  window,
  align: "calendar",
  counter,
  ...more,
});

/** Rules of one tool need names of their own. */
export class Names {
  private readonly taken = new Set<string>();

  free(wanted: string): string {
    let name = wanted;
    for (let i = 2; this.taken.has(name); i++) name = `${wanted} (${i})`;
    this.taken.add(name);
    return name;
  }
}

/** A name that means others too in our patterns. */
export function checkToolName(name: string, at: Path, source: Source): void {
  if (name !== "*" && (name.includes("*") || name.includes("?")))
    source.problem(at, `"${name}" stands for one tool of that name, which a pattern cannot say`, "key");
}
