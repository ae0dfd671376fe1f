import { sandboxRuleIds } from "../index.ts";
import { readToolCall } from "../intake/tool-call.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { contextOf } from "../load/examples.ts";
import { suggest } from "../load/nearest.ts";
import type { Path } from "../load/source.ts";
import { DOUBT_KINDS } from "../model/doubt.ts";
import type { Decision } from "../model/finding.ts";
import type { Context, Input } from "../model/subject.ts";
import type { CaseFacts, HeaderFacts } from "./schema.ts";
import { readScript } from "./script.ts";

/** One fixture: what is asked, and what the verdict must say. */
export interface Case {
  readonly file: string;
  readonly line: number;
  /** Which entry of its file it comes from; the cases of a table share one. */
  readonly entry: number;
  readonly suite: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly input: Input;
  /** The whole call, if the case is one; `input` is what it runs. */
  readonly call?: ToolCall;
  readonly context: Context;
  readonly profile: string;
  readonly expect: Expectation;
}

export interface ToolCall {
  readonly tool: string;
  readonly server?: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** It runs nothing, so that only a policy can judge it. */
  readonly idle: boolean;
}

export interface Expectation {
  /** `record`: none yet. */
  readonly decision: Decision | "record";
  /** A stricter decision will do as well. */
  readonly orStricter: boolean;
  readonly rules: readonly string[] | undefined;
  readonly attack: readonly string[];
  readonly doubts: readonly string[];
  readonly knownMiss: string | undefined;
}

/** Where the facts of a case stand, for what is to be said about them. */
export interface Place {
  readonly file: string;
  problem(path: Path, message: string, part?: "key" | "value"): void;
  line(path: Path): number;
  /** What stands there, with numbers and truths as they are. */
  typed(path: Path): unknown;
}

/** What cases are read against: the words that they may use. */
export class Vocabulary {
  private readonly knowledge: Knowledge;
  private readonly rules: ReadonlySet<string>;

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge;
    this.rules = new Set([...knowledge.rules.map((rule) => rule.id), ...sandboxRuleIds()]);
  }

  check(place: Place, path: Path, { expect, profile }: CaseFacts): void {
    this.names(place, [...path, "expect", "rules"], expect.rules, this.rules, "rule");
    this.names(place, [...path, "expect", "doubts"], expect.doubts, new Set<string>(DOUBT_KINDS), "doubt");
    if ((expect.decision === undefined) === (expect.at_least === undefined))
      place.problem([...path, "expect"], 'expected one of "decision" and "at_least"');
    if (profile !== undefined) this.profile(place, [...path, "profile"], profile);
  }

  profile(place: Place, path: Path, name: string): void {
    if (!this.knowledge.profile(name))
      place.problem(path, `no profile is called "${name}"${suggest(name, ["observe", "standard", "strict"])}`);
  }

  private names(place: Place, path: Path, given: readonly string[] | undefined, known: ReadonlySet<string>, what: string): void {
    for (const [i, name] of (given ?? []).entries())
      if (!known.has(name)) place.problem([...path, i], `no ${what} is called "${name}"${suggest(name, known)}`);
  }
}

/** The names of the cases of a file; each is given once in its suite. */
export class Names {
  private readonly given = new Set<string>();

  check(suite: string, name: string, place: Place, path: Path): void {
    const full = `${suite}\0${name}`;
    if (this.given.has(full)) place.problem([...path, "name"], `"${name}" is the name of another case too`);
    this.given.add(full);
  }
}

/** The cases that one entry of a suite stands for. None if it says more than one way what to run, or none. */
export function casesOf(given: CaseFacts, header: HeaderFacts, place: Place, path: Path, entry: number): readonly Case[] {
  const context = over(contextOf(header.context, place, ["context"]), contextOf(given.context, place, [...path, "context"]));
  const inputs = inputsOf(given, place, path, context);
  const shared = {
    file: place.file,
    entry,
    suite: header.suite,
    tags: [...new Set([...(header.tags ?? []), ...(given.tags ?? [])])],
    profile: given.profile ?? header.profile ?? "standard",
    expect: expectationOf(given),
  };
  return inputs.map(({ name, input, at, shell, around, call }) => ({
    ...shared,
    line: place.line(at),
    name,
    input,
    ...(call ? { call } : {}),
    context: around ?? { ...(shell === undefined ? {} : { shell }), ...context },
  }));
}

/** A context that says more; the environment is added to variable by variable. */
export function over(base: Context, more: Context): Context {
  const env = base.env && more.env ? { env: { ...base.env, ...more.env } } : {};
  return { ...base, ...more, ...env };
}

interface Given {
  readonly input: Input;
  readonly name: string;
  readonly at: Path;
  /** The shell that a script's first line names. */
  readonly shell?: Context["shell"];
  /** The context that a call makes of the case's own. */
  readonly around?: Context;
  readonly call?: ToolCall;
}

/** A table of commands is a case each, named by its place in the table. */
function inputsOf(given: CaseFacts, place: Place, at: Path, context: Context): readonly Given[] {
  const { name, command, commands, argv, script, call } = given;
  if ([command, commands, argv, script, call].filter((value) => value !== undefined).length !== 1) {
    place.problem(at, 'expected one of "command", "commands", "argv", "script" and "call"');
    return [];
  }
  if (call !== undefined) return inputOfCall(call, name, place, [...at, "call"], context);
  if (command !== undefined) return [{ input: { command }, name, at }];
  if (argv !== undefined) return [{ input: { argv }, name, at }];
  if (script !== undefined) {
    const read = readScript(script, place.file);
    if ("text" in read) return [{ input: { command: read.text }, name, at, shell: read.shell }];
    place.problem([...at, "script"], read.problem);
    return [];
  }
  return (commands ?? []).map((text, i) => ({
    input: { command: text },
    name: `${name} · ${i + 1}`,
    at: [...at, "commands", i],
  }));
}

/** A case is about one thing that runs. */
function inputOfCall(
  call: NonNullable<CaseFacts["call"]>,
  name: string,
  place: Place,
  at: Path,
  context: Context,
): readonly Given[] {
  const typed = place.typed([...at, "arguments"]);
  const args = typeof typed === "object" && typed !== null ? Object.fromEntries(Object.entries(typed)) : {};
  const reading = readToolCall(call.tool, args, call.server === undefined ? {} : { server: call.server }, context);
  const subjects = "subjects" in reading ? reading.subjects : [];
  const [subject] = subjects;
  const { tool, server } = call;
  const whole = { tool, ...(server === undefined ? {} : { server }), arguments: args, idle: reading.kind === "notExec" };
  if (whole.idle) return [{ input: { command: "" }, name, at, around: context, call: whole }];
  if (subject && subjects.length === 1) return [{ input: subject.input, name, at, around: subject.context, call: whole }];
  const why = subject ? "can be taken in several ways" : "problem" in reading ? reading.problem : "runs nothing that is known";
  place.problem(at, `the call ${why}; write what it runs as "argv" or "command"`);
  return [];
}

function expectationOf({ expect }: CaseFacts): Expectation {
  return {
    decision: expect.decision ?? expect.at_least ?? "record",
    orStricter: expect.at_least !== undefined,
    rules: expect.rules,
    attack: expect.attack ?? [],
    doubts: expect.doubts ?? [],
    knownMiss: expect.known_miss,
  };
}
