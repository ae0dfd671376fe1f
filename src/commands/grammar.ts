import type { CommandSpec, HostSpec, OptionSpec, PlaceSpec, Shape } from "../knowledge/command.ts";
import { type Rule, rulesOf } from "./rules.ts";
import { isLike } from "./scan.ts";

/** The facts of one program or subcommand, indexed, with what it inherits. Made once for each spec. */
export interface Grammar {
  readonly spec: CommandSpec;
  /** Itself and those it inherits from, outermost first. */
  readonly lineage: readonly Grammar[];
  readonly parent?: Grammar;
  /** By each of its names; a subcommand's own hide the inherited. */
  readonly options: ReadonlyMap<string, OptionSpec>;
  /** Names that start with `--`. */
  readonly longs: readonly string[];
  /** `-NUM`, `+NUM`: a sign and digits. */
  readonly numbers: ReadonlyMap<string, OptionSpec>;
  readonly plus: boolean;
  readonly until: ReadonlySet<string>;
  readonly ends: ReadonlySet<OptionSpec>;
  readonly otherOptions: string | undefined;
  readonly shapes: ReadonlyMap<string, Shape>;
  /** What a missing argument stands for. Operands are not inherited, and so their defaults are not. */
  readonly defaults: ReadonlyMap<string, string>;
  readonly hosts: ReadonlyMap<string, HostSpec>;
  readonly relative: ReadonlyMap<string, string>;
  readonly place: PlaceSpec | undefined;
  /** Its own statements. */
  readonly rules: readonly Rule[];
  readonly subcommands: Map<string, Grammar | CommandSpec>;
  readonly wildcards: readonly string[];
}

const roots = new WeakMap<CommandSpec, Grammar>();

export function grammarOf(spec: CommandSpec): Grammar {
  let grammar = roots.get(spec);
  if (!grammar) {
    grammar = compile(spec, undefined);
    roots.set(spec, grammar);
  }
  return grammar;
}

function compile(spec: CommandSpec, parent: Grammar | undefined): Grammar {
  const options = new Map<string, OptionSpec>(parent?.options);
  for (const option of spec.options) for (const name of option.names) options.set(name, option);
  const names = [...options.keys()];
  const numbers = new Map<string, OptionSpec>();
  for (const sign of ["-", "+"]) {
    const option = options.get(`${sign}NUM`);
    if (option) numbers.set(sign, option);
  }
  const ends = new Set<OptionSpec>(parent?.ends);
  for (const name of spec.ends ?? []) {
    const option = options.get(name);
    if (option) ends.add(option);
  }
  const lineage: Grammar[] = [];
  const grammar: Grammar = {
    spec,
    lineage,
    ...(parent ? { parent } : {}),
    options,
    longs: names.filter((name) => name.startsWith("--") && name.length > 2),
    numbers,
    plus: names.some((name) => name.startsWith("+") && name.length > 1),
    until: new Set(spec.until ?? parent?.until ?? []),
    ends,
    otherOptions: spec.otherOptions ?? parent?.otherOptions,
    shapes: merged(parent?.shapes, spec.types),
    defaults: merged(parent && withoutOperands(parent), spec.defaults),
    hosts: merged(parent?.hosts, spec.hosts),
    relative: merged(parent?.relative, spec.relative),
    place: spec.place ?? parent?.place,
    rules: rulesOf(spec),
    subcommands: new Map(Object.entries(spec.subcommands ?? {})),
    wildcards: Object.keys(spec.subcommands ?? {}).filter((name) => name.includes("*")),
  };
  lineage.push(...(parent?.lineage ?? []), grammar);
  return grammar;
}

function merged<T>(
  inherited: ReadonlyMap<string, T> | undefined,
  own: Readonly<Record<string, T>> | undefined,
): ReadonlyMap<string, T> {
  return new Map([...(inherited ?? []), ...Object.entries(own ?? {})]);
}

function withoutOperands({ spec, defaults }: Grammar): ReadonlyMap<string, string> {
  const operands = new Set(spec.operands.flatMap(({ pattern }) => pattern.map((operand) => operand.name)));
  return new Map([...defaults].filter(([name]) => !operands.has(name)));
}

/** The subcommand of this name; exact names come before those with `*`. */
export function subcommandOf(grammar: Grammar, name: string): Grammar | undefined {
  const key = grammar.subcommands.has(name) ? name : grammar.wildcards.find((glob) => isLike(glob, name));
  const found = key === undefined ? undefined : grammar.subcommands.get(key);
  if (key === undefined || found === undefined) return undefined;
  if ("spec" in found) return found;
  const child = compile(found, grammar);
  grammar.subcommands.set(key, child);
  return child;
}

/** `ec2 terminate-instances` where `ec2` has no such subcommand, but `*` has `terminate-*`. */
export function besides(grammar: Grammar, typed: string, name: string): Grammar | undefined {
  const { parent } = grammar;
  for (const glob of parent?.wildcards ?? []) {
    const other = parent && isLike(glob, typed) ? subcommandOf(parent, glob) : undefined;
    const found = other && other !== grammar ? subcommandOf(other, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Options that a long name may be short for. */
export function abbreviated(grammar: Grammar, name: string): readonly OptionSpec[] {
  if (name.length < 3 || !name.startsWith("--")) return [];
  const found = new Set<OptionSpec>();
  for (const long of grammar.longs) {
    const option = long.startsWith(name) ? grammar.options.get(long) : undefined;
    if (option) found.add(option);
  }
  return [...found];
}

export const shapeOf = (grammar: Grammar, name: string): Shape => grammar.shapes.get(name) ?? "text";
