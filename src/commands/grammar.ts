import type { CommandSpec, HostSpec, OptionSpec, PlaceSpec, Shape } from "../knowledge/command.ts";
import { isLike } from "./scan.ts";

/** The options and subcommands of one program or subcommand, indexed. Made once for each spec. */
export interface Grammar {
  readonly spec: CommandSpec;
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
  readonly subcommands: ReadonlyMap<string, Grammar | CommandSpec>;
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
  return {
    spec,
    ...(parent ? { parent } : {}),
    options,
    longs: names.filter((name) => name.startsWith("--") && name.length > 2),
    numbers,
    plus: names.some((name) => name.startsWith("+") && name.length > 1),
    until: new Set(spec.until ?? parent?.until ?? []),
    ends,
    subcommands: new Map(Object.entries(spec.subcommands ?? {})),
    wildcards: Object.keys(spec.subcommands ?? {}).filter((name) => name.includes("*")),
  };
}

/** The subcommand of this name; exact names come before those with `*`. */
export function subcommandOf(grammar: Grammar, name: string): Grammar | undefined {
  const key = grammar.subcommands.has(name) ? name : grammar.wildcards.find((glob) => isLike(glob, name));
  const found = key === undefined ? undefined : grammar.subcommands.get(key);
  if (key === undefined || found === undefined) return undefined;
  if ("spec" in found) return found;
  const child = compile(found, grammar);
  (grammar.subcommands as Map<string, Grammar | CommandSpec>).set(key, child);
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

/** Looks a name up in the spec and then in its parents'. */
function inherited<T>(grammar: Grammar, get: (spec: CommandSpec) => T | undefined): T | undefined {
  for (let at: Grammar | undefined = grammar; at; at = at.parent) {
    const found = get(at.spec);
    if (found !== undefined) return found;
  }
  return undefined;
}

const own = <T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  table && Object.hasOwn(table, name) ? table[name] : undefined;

export const shapeOf = (grammar: Grammar, name: string): Shape => inherited(grammar, (spec) => own(spec.types, name)) ?? "text";
export const hostSpecOf = (grammar: Grammar, name: string): HostSpec | undefined =>
  inherited(grammar, (spec) => own(spec.hosts, name));
export const relativeTo = (grammar: Grammar, name: string): string | undefined =>
  inherited(grammar, (spec) => own(spec.relative, name) ?? own(spec.relative, "*"));
export const placeSpecOf = (grammar: Grammar): PlaceSpec | undefined => inherited(grammar, (spec) => spec.place);
export const otherOptionsOf = (grammar: Grammar): string | undefined => inherited(grammar, (spec) => spec.otherOptions);

/** What a missing argument stands for. Operands are not inherited, and so their defaults are not. */
export function defaultOf(grammar: Grammar, name: string): string | undefined {
  return inherited(grammar, (spec) => (spec === grammar.spec || !isOperand(spec, name) ? own(spec.defaults, name) : undefined));
}

const isOperand = (spec: CommandSpec, name: string): boolean =>
  spec.operands.some((operands) => operands.pattern.some((operand) => operand.name === name));

/** The chosen spec and those it inherits from, outermost first. */
export function lineage(grammar: Grammar): readonly Grammar[] {
  return grammar.parent ? [...lineage(grammar.parent), grammar] : [grammar];
}
