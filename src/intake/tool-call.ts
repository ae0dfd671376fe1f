import type { Doubt } from "../model/doubt.ts";
import type { Context, Subject } from "../model/subject.ts";
import { exact } from "../model/value.ts";
import { type Arguments, isRecord, nameAt, Unreadable } from "./arguments.ts";
import { build, type SandboxOf } from "./build.ts";
import { commandArguments, looksLikeExec } from "./looks.ts";
import { ARGUMENT_KEYS, type Mapping } from "./mapping.ts";
import type { Preset } from "./presets.ts";
import { presetFor } from "./recognize.ts";

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
  const more = commandArguments(args, unread).flatMap((name) => build({ command: name }, args, context, sandboxOf));
  return { kind: "mapped", preset: id, subjects: [first, ...rest, ...more], unread };
}

function unmapped(args: Arguments, context: Context, sandboxOf: SandboxOf | undefined): Reading {
  const all = Object.keys(args);
  const likely = commandArguments(args, all);
  const names = likely.length > 0 ? likely : textArguments(args);
  const others = likely.length > 0 ? all.filter((name) => !likely.includes(name) && matters(args, name)) : [];
  const around = withDoubts(context, args, others);
  return { kind: "unmapped", subjects: names.flatMap((name) => build(mappingFor(name), args, around, sandboxOf)), names };
}

const mappingFor = (name: string): Mapping =>
  name === "code" || name === "snippet" ? { code: name, language: ["language", "lang", "runtime"] } : { command: name };

const MOST_TEXTS = 64;

/** Arguments that are a text or a list of texts, inside others too. */
function textArguments(args: Arguments): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (found.length >= MOST_TEXTS) return;
    if (typeof value === "string") found.push(path);
    else if (Array.isArray(value)) {
      if (value.length > 0 && value.every((item) => typeof item === "string")) found.push(path);
    } else if (isRecord(value))
      for (const [key, inner] of Object.entries(value)) visit(inner, path === "" ? key : `${path}.${key}`);
  };
  visit(args, "");
  return found;
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

/** Arguments of the call that the mapping says nothing about. */
function unreadOf(mapping: Mapping, args: Arguments): readonly string[] {
  const read = new Set<string>();
  for (const key of ARGUMENT_KEYS) {
    const at = mapping[key];
    if (at !== undefined) read.add(nameAt(args, at));
  }
  for (const name of [...Object.keys(mapping.options ?? {}), ...(mapping.ignore ?? [])]) read.add(name);
  const roots = new Set([...read].map((path) => path.split(".")[0] ?? path));
  return Object.keys(args).filter((name) => !roots.has(name) && matters(args, name));
}

const matters = (args: Arguments, name: string): boolean => !HARMLESS.has(name) && (args[name] ?? null) !== null;

function withDoubts(context: Context, args: Arguments, names: readonly string[]): Context {
  if (names.length === 0) return context;
  return { ...context, doubts: [...(context.doubts ?? []), ...names.map((name) => doubtAbout(name, args[name]))] };
}

function doubtAbout(name: string, value: unknown): Doubt {
  const texts = [value].flat().filter((item) => typeof item === "string");
  return {
    kind: "unexplained-argument",
    text: `the argument "${name}" is not understood`,
    span: { start: 0, end: 0 },
    role: "argument",
    about: texts.slice(0, MOST_TEXTS).map((text) => ({ kind: "path", value: exact(text) })),
  };
}
