import type { Doubt } from "../model/doubt.ts";
import type { Context, Subject } from "../model/subject.ts";
import { exact } from "../model/value.ts";
import { type Arguments, isRecord, nameAt, Unreadable, valueAt } from "./arguments.ts";
import { build, type SandboxOf } from "./build.ts";
import { isCodeName, isCommandName, looksLikeExec } from "./looks.ts";
import { ARGUMENT_KEYS, type Mapping } from "./mapping.ts";
import type { Preset } from "./presets.ts";
import { presetFor } from "./recognize.ts";
import { type Text, textsIn } from "./texts.ts";

/** What is known of a tool besides its name. */
export interface Hints {
  /** The server's name. */
  readonly server?: string;
  /** The tool's input schema, as `tools/list` has it. */
  readonly schema?: unknown;
  /** Where the arguments are, if somebody declared it. */
  readonly mapping?: Mapping;
  /** What is known of containers, and of the machine. */
  readonly sandboxOf?: SandboxOf;
}

/** What a tool call runs. Where it can be taken in several ways, or holds several texts, there are several subjects. */
export type Reading =
  | {
      readonly kind: "mapped";
      readonly preset: string;
      readonly subjects: readonly [Subject, ...Subject[]];
      readonly unread: readonly string[];
    }
  /** It looks like an exec tool, but nothing says where its command is: each text among these arguments is one. */
  | { readonly kind: "unmapped"; readonly subjects: readonly Subject[]; readonly names: readonly string[] }
  | { readonly kind: "notExec" }
  /** An exec tool, and arguments that nothing can be read from. */
  | { readonly kind: "problem"; readonly problem: string };

/** Never throws, whatever the arguments are. */
export function readToolCall(tool: string, args: unknown, hints: Hints = {}, context: Context = {}): Reading {
  const given = args === undefined || args === null ? {} : args;
  const preset = hints.mapping ? { id: "declared", mapping: hints.mapping } : presetFor(tool, given, hints);
  const looks = preset === undefined && looksLikeExec(tool, given, hints.schema);
  if (preset === undefined && !looks) return { kind: "notExec" };
  if (!isRecord(given)) return { kind: "problem", problem: `the arguments of ${tool} are no object` };
  try {
    return preset ? mapped(preset, given, context, hints.sandboxOf) : unmapped(given, context, hints.sandboxOf);
  } catch (error) {
    if (error instanceof Unreadable) return { kind: "problem", problem: error.message };
    return { kind: "problem", problem: `internal error: ${error instanceof Error ? error.message : "unknown"}` };
  }
}

type Chosen = Pick<Preset, "id" | "mapping">;

function mapped({ id, mapping }: Chosen, args: Arguments, context: Context, sandboxOf: SandboxOf | undefined): Reading {
  const unread = unreadOf(mapping, args);
  const [first, ...rest] = build(mapping, args, withDoubts(context, args, unread), sandboxOf);
  // A second command beside the one that the mapping names.
  const others = textsIn(only(args, unread)).filter(({ key }) => isCommandName(key));
  const more = others.flatMap((text) => build(...asCommand(text, args), context, sandboxOf));
  return { kind: "mapped", preset: id, subjects: [first, ...rest, ...more], unread };
}

function unmapped(args: Arguments, context: Context, sandboxOf: SandboxOf | undefined): Reading {
  const mattering = Object.keys(args).filter((name) => matters(args, name));
  const all = textsIn(only(args, mattering));
  const likely = all.filter(({ key }) => isCommandName(key));
  const judged = likely.length > 0 ? likely : all;
  const left = mattering.filter((name) => !judged.some(({ path }) => rootOf(path) === name));
  const around = withDoubts(withDoubt(context, UNMAPPED), args, likely.length > 0 ? left : []);
  return {
    kind: "unmapped",
    subjects: judged.flatMap((text) => build(...asCommand(text, args), around, sandboxOf)),
    names: judged.map(({ path }) => path),
  };
}

const rootOf = (path: string): string => path.split(/[.[]/)[0] ?? path;

const only = (args: Arguments, paths: readonly string[]): Arguments =>
  Object.fromEntries(paths.map((path) => [path, Object.hasOwn(args, path) ? args[path] : valueAt(args, path)]));

/** A text as a shell's, a list as an argv, code in the language that the call says. */
function asCommand({ key, value }: Text, args: Arguments): readonly [Mapping, Arguments] {
  if (!isCodeName(key)) return [{ command: "text" }, { text: value }];
  const language = valueAt(args, ["language", "lang", "runtime"]);
  return [
    { code: "text", language: "language" },
    { text: Array.isArray(value) ? value.join("\n") : value, language },
  ];
}

/** What every tool may be told without changing what it runs. */
const HARMLESS: ReadonlySet<string> = new Set([
  "description",
  "explanation",
  "reason",
  "timeout",
  "timeout_ms",
  "title",
  "_meta",
]);

/** Arguments of the call that the mapping says nothing about, inside others too. */
function unreadOf(mapping: Mapping, args: Arguments): readonly string[] {
  const read = new Set([...Object.keys(mapping.options ?? {}), ...(mapping.ignore ?? [])]);
  for (const key of ARGUMENT_KEYS) {
    const at = mapping[key];
    if (at !== undefined) read.add(nameAt(args, at));
  }
  return leftIn(args, "", read);
}

function leftIn(table: Arguments, before: string, read: ReadonlySet<string>): readonly string[] {
  return Object.keys(table).flatMap((name) => {
    const path = `${before}${name}`;
    const value = table[name];
    if (read.has(path) || !matters(table, name)) return [];
    const isWay = isRecord(value) && [...read].some((other) => other.startsWith(`${path}.`));
    return isWay ? leftIn(value, `${path}.`, read) : [path];
  });
}

const matters = (args: Arguments, name: string): boolean => !HARMLESS.has(name) && (args[name] ?? null) !== null;

/** In strict it asks: nobody can promise what such a tool does with its arguments. */
const UNMAPPED: Doubt = {
  kind: "unexplained-argument",
  text: "no mapping says which argument holds the command",
  span: { start: 0, end: 0 },
  role: "argument",
  about: [],
};

const withDoubt = (context: Context, doubt: Doubt): Context => ({ ...context, doubts: [...(context.doubts ?? []), doubt] });

function withDoubts(context: Context, args: Arguments, names: readonly string[]): Context {
  if (names.length === 0) return context;
  return { ...context, doubts: [...(context.doubts ?? []), ...names.map((name) => doubtAbout(args, name))] };
}

function doubtAbout(args: Arguments, name: string): Doubt {
  const texts = textsIn(only(args, [name])).flatMap(({ value }) => value);
  return {
    kind: "unexplained-argument",
    text: `the argument "${name}" is not understood`,
    span: { start: 0, end: 0 },
    role: "argument",
    about: texts.map((text) => ({ kind: "path", value: exact(String(text)) })),
  };
}
