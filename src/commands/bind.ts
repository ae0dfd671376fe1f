import type { CommandSpec, Statement } from "../knowledge/command.ts";
import type { Binding, BoundEffect } from "../model/binding.ts";
import type { Content } from "../model/content.ts";
import { LIMITS } from "../model/limits.ts";
import { carry, exact, exactText } from "../model/value.ts";
import { accountFor } from "./accounting.ts";
import type { Call, Given } from "./call.ts";
import { holds } from "./conditions.ts";
import { parse, parseAll } from "./parse.ts";
import type { Parsed } from "./parsed.ts";
import { bindStatement } from "./statements.ts";
import { Work } from "./work.ts";

export { bindUnknown } from "./unknown.ts";

/** What one reading of a call comes to, and by which statements. */
export interface Bound {
  readonly binding: Binding;
  readonly fired: readonly Statement[];
}

/** What a program with these facts does when it is called so. */
export function bind(spec: CommandSpec, call: Call): Binding {
  const [first, ...others] = parseAll(spec, call.args, call.program);
  if (!first) return { effects: [], edges: [], runs: [], doubts: [] };
  const { binding } = bindParsed(first, call);
  if (others.length === 0) return binding;
  return merged(
    binding,
    others.map((parsed) => bindParsed(parsed, call).binding),
  );
}

export function bindParsed(words: Parsed, call: Call): Bound {
  const parsed = withLines(words, call);
  const work = new Work(parsed, call);
  const asks = asksOnly(parsed);
  // Completing a path or a host uses arguments, so that has to be done even if the statement does not hold.
  const gated = parsed.grammar.relative.size === 0 && parsed.grammar.hosts.size === 0;
  for (const grammar of parsed.grammar.lineage) {
    work.grammar = grammar;
    bindVariables(grammar.spec, work);
    if (asks) continue;
    for (const { statement, needs, gate } of grammar.rules) {
      if (!work.hasAll(needs) || (gated && gate && holds(gate, work.facts()) === "no")) continue;
      bindStatement(statement, work);
    }
  }
  bindExternal(parsed, work);
  if (parsed.args.length < call.args.length) work.limit("words");
  if (!asks) accountFor(work);
  return { binding: bindingOf(work), fired: work.fired };
}

/** `PROGRAM --help` prints and ends (GNU Coding Standards 4.8), by whatever name; where every word is an operand it is text. */
function asksOnly({ args, grammar, options }: Parsed): boolean {
  const [word] = args;
  if (!word || args.length > 1 || word.count !== "one" || grammar.lineage.some(({ spec }) => spec.mode === "none")) return false;
  const text = exactText(word.value);
  if (text === undefined) return false;
  return isAsking(text) || [...options.keys()].some(({ names }) => names.includes(text) && names.some(isAsking));
}

const isAsking = (name: string): boolean => name === "--help" || name === "--version";

/** What is read from stdin line by line is an argument too, where the facts say what a line names. */
function withLines(parsed: Parsed, { stdin, span }: Call): Parsed {
  if (!stdin || stdin.lines.length === 0 || !Object.hasOwn(parsed.grammar.spec.types, "INPUTLINE")) return parsed;
  const lines = stdin.lines
    .slice(0, LIMITS.iterations)
    .map((line): Given => ({ value: carry(line, stdin.from), count: "one", span, group: 0, settled: true }));
  return { ...parsed, given: new Map([...parsed.given, ["INPUTLINE", lines]]) };
}

/** Only what the variables do that the command sets: the facts of `*` hold for every program. */
export function bindEnvironment(spec: CommandSpec, call: Call): Binding {
  const work = new Work(parse(spec, [], call.program), call);
  bindVariables(spec, work);
  const { known: _, ...binding } = bindingOf(work);
  return binding;
}

/** `PAGER=x git log`: the variable's value is the argument VALUE. */
function bindVariables(spec: CommandSpec, work: Work): void {
  const { env, span } = work.call;
  if (env.size === 0) return;
  for (const { name, statement } of spec.env) {
    const value = env.get(name);
    if (!value) continue;
    work.extra.set("VALUE", [{ value, count: "one", span, group: 0, settled: true }]);
    bindStatement(statement, work);
    work.extra.clear();
  }
}

/** `git frob x` runs `git-frob x`. */
function bindExternal({ external, grammar }: Parsed, work: Work): void {
  const [first, ...rest] = external ?? [];
  const name = grammar.spec.external;
  if (!first || name === undefined) return;
  const text = exactText(first.value);
  if (text === undefined) {
    work.runs.push({ as: "argv", argv: [first, ...rest], span: work.call.span });
    return;
  }
  const program = { value: exact(name.replace("NAME", () => text)), count: "one", span: first.span } as const;
  work.runs.push({ as: "argv", argv: [program, ...rest], span: work.call.span });
}

/** Whoever connects to a program that listens: nobody is connected to. */
function outgoing(effects: readonly BoundEffect[]): readonly BoundEffect[] {
  if (!effects.some((effect) => effect.kind === "listen")) return effects;
  return effects.filter(({ kind, on }) => kind !== "connect" || !ANYONE.has(exactText(on.value) ?? ""));
}

const ANYONE: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/** All that is printed, as one. */
function joined(printed: readonly Content[]): Content | undefined {
  const [first] = printed;
  if (printed.length < 2) return first;
  return { lines: printed.flatMap((content) => content.lines), more: printed.some((content) => content.more) };
}

function bindingOf({ effects, edges, runs, doubts, printed, parsed }: Work): Binding {
  const output = joined(printed);
  const known = parsed.grammar.spec.id;
  const all = outgoing(effects);
  return output ? { known, effects: all, edges, runs, doubts, output } : { known, effects: all, edges, runs, doubts };
}

/** One of several readings, we do not know which: all of it may happen. */
function merged(first: Binding, others: readonly Binding[]): Binding {
  const all = [first, ...others];
  const outputs = all.flatMap((binding) => (binding.output ? [binding.output] : []));
  const known = all.every((binding) => binding.known === first.known) ? first.known : undefined;
  return {
    ...(known === undefined ? {} : { known }),
    effects: all.flatMap((binding) => binding.effects),
    edges: all.flatMap((binding) => binding.edges.map((edge) => ({ ...edge, maybe: true as const }))),
    runs: all.flatMap((binding) => binding.runs),
    doubts: all.flatMap((binding) => binding.doubts),
    ...(outputs.length === all.length ? { output: { lines: outputs.flatMap((output) => output.lines), more: true } } : {}),
  };
}
