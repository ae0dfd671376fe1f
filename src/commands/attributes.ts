import type { AttributeSpec } from "../knowledge/command.ts";
import type { Attributes } from "../model/effect.ts";
import { exact, type Value } from "../model/value.ts";
import { type Facts, holds } from "./conditions.ts";
import type { Work } from "./work.ts";

const FLAGS = ["recursive", "force", "sweep", "truncates", "privileged", "interactive"] as const;
const DETAILS = ["mode", "owner", "method", "content", "how", "source"] as const;
const NONE: Attributes = {};

interface Sorted {
  readonly flags: readonly (readonly [(typeof FLAGS)[number], AttributeSpec])[];
  readonly details: readonly (readonly [(typeof DETAILS)[number], AttributeSpec])[];
}

const known = new WeakMap<object, Sorted>();

/** A statement's attributes by sort, made once. */
function sorted(specs: Readonly<Record<string, AttributeSpec>>): Sorted {
  const made = known.get(specs);
  if (made) return made;
  const pick = <N extends string>(names: readonly N[]): (readonly [N, AttributeSpec])[] =>
    names.flatMap((name) => {
      const spec = specs[name];
      return spec ? [[name, spec] as const] : [];
    });
  const all = { flags: pick(FLAGS), details: pick(DETAILS) };
  known.set(specs, all);
  return all;
}

type Building = { -readonly [key in keyof Attributes]: Attributes[key] };

function copy<K extends keyof Attributes>(from: Attributes, name: K, into: Building): void {
  if (from[name] !== undefined) into[name] = from[name];
}

function isEmpty(table: object): boolean {
  for (const _ in table) return false;
  return true;
}

/** The text that a statement looks at right now: with `key`, it is the key's value. */
interface Looked {
  readonly name?: string;
  readonly value?: Value;
}

/** The details of an effect; what may be so counts. */
export function attributesOf(
  specs: Readonly<Record<string, AttributeSpec>>,
  facts: Facts,
  work: Work,
  looked: Looked = {},
): Attributes {
  const { flags, details } = sorted(specs);
  if (flags.length === 0 && details.length === 0) return NONE;
  const attributes: Building = {};
  for (const [flag, spec] of flags) if (isSet(spec, facts, work)) attributes[flag] = true;
  for (const [detail, spec] of details) {
    const value = detailOf(spec, facts, work, looked);
    if (value) attributes[detail] = value;
  }
  return isEmpty(attributes) ? NONE : attributes;
}

function isSet(spec: AttributeSpec, facts: Facts, work: Work): boolean {
  if (spec === true) return true;
  if ("when" in spec) return holds(spec.when, facts) !== "no";
  return "text" in spec || work.values(spec.argument).length > 0;
}

function detailOf(spec: AttributeSpec, facts: Facts, work: Work, looked: Looked): Value | undefined {
  if (spec === true) return exact("yes");
  if ("text" in spec) return exact(spec.text);
  if ("when" in spec) return holds(spec.when, facts) === "no" ? undefined : exact("yes");
  if (spec.argument === looked.name && looked.value) return looked.value;
  const given = facts.bound?.find(({ name }) => name === spec.argument)?.given ?? work.last(spec.argument);
  work.use(given, "argument");
  return given?.value;
}

/** Only these: where a statement's details belong to one side of it. */
export function only(attributes: Attributes, names: readonly (keyof Attributes)[]): Attributes {
  if (isEmpty(attributes)) return NONE;
  const kept: Building = {};
  for (const name of names) copy(attributes, name, kept);
  return isEmpty(kept) ? NONE : kept;
}
