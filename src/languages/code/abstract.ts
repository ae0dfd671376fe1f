import type { End } from "../../model/binding.ts";
import type { Transform } from "../../model/flow.ts";
import { LIMITS } from "../../model/limits.ts";
import { type Author, concat, exact, exactText, join as joinTexts, originOf, unknown, type Value } from "../../model/value.ts";
import type { RunDraft } from "./results.ts";
import type { Scope } from "./scope.ts";
import type { Definition } from "./tree.ts";

/** Where data comes from, or goes: an end, or a program that the code runs. */
export interface Source {
  readonly at: End | { readonly kind: "run"; readonly run: RunDraft };
  readonly step?: Transform;
}

/** What a variable may hold, as far as the effects of code depend on it. Lists, records and handles are shared, as in the languages. */
export type Abstract =
  | Text
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "nothing" }
  | List
  | Fields
  /** A name of a library: `os.path`, `subprocess.run`. */
  | { readonly kind: "library"; readonly path: string }
  /** Something of a module that is not the language's own, and whatever it gave. */
  | { readonly kind: "foreign"; readonly name: string; readonly sources: readonly Source[] }
  | Handle
  | FunctionValue
  /** `text.upper`, not called yet. */
  | { readonly kind: "method"; readonly of: Abstract; readonly name: string }
  | { readonly kind: "either"; readonly options: readonly Abstract[] };

export interface Text {
  readonly kind: "text";
  readonly value: Value;
  readonly sources: readonly Source[];
}

export interface List {
  readonly kind: "list";
  readonly items: Abstract[];
  /** Any number of further ones like this. */
  more?: Abstract;
}

export interface Fields {
  readonly kind: "record";
  readonly fields: Map<string, Abstract>;
  /** What other keys hold. */
  more?: Abstract;
  /** A class, or an object of one: calling a class makes an object. */
  readonly made?: "class" | "object";
  /** Its bases are not in the code, so somebody else may call its methods. */
  readonly foreign?: true;
}

/** An open file, a socket, a response, a program that was started, a path. */
export interface Handle {
  readonly kind: "handle";
  readonly type: string;
  at: readonly Source[];
  /** The path of a file, what a `Path` holds. */
  text?: Value;
  readonly fields: Map<string, Abstract>;
}

export interface FunctionValue {
  readonly kind: "function";
  readonly definition: Extract<Definition, { kind: "function" }>;
  readonly scope: Scope;
  readonly self?: Abstract;
}

export const NONE: Abstract = { kind: "nothing" };
export const known = (text: string): Text => ({ kind: "text", value: exact(text), sources: [] });
export const textOf = (value: Value, sources: readonly Source[] = []): Text => ({ kind: "text", value, sources });
export const number = (value: number): Abstract => ({ kind: "number", value });
/** Items of a list that are told apart. */
export const MOST_ITEMS = 8192;

export function listOf(items: readonly Abstract[], more?: Abstract): List {
  if (items.length <= MOST_ITEMS) return { kind: "list", items: [...items], ...(more ? { more } : {}) };
  const others = items.slice(MOST_ITEMS, MOST_ITEMS + 16);
  return { kind: "list", items: items.slice(0, MOST_ITEMS), more: madeOf(more ? [more, ...others] : others) };
}

export const library = (path: string): Abstract => ({ kind: "library", path });
export const handle = (type: string, at: readonly Source[] = [], text?: Value): Handle => ({
  kind: "handle",
  type,
  at,
  fields: new Map(),
  ...(text ? { text } : {}),
});

/** Text that is not known, but where it comes from is. */
export function dataFrom(sources: readonly Source[], by?: Author, name?: string): Text {
  return textOf(unknown(by ?? authorOf(sources), name), sources);
}

export function authorOf(sources: readonly Source[]): Author {
  const kinds = sources.map(({ at }) => (at.kind === "resource" ? (at.on.kind === "host" ? "network" : "file") : at.kind));
  if (kinds.includes("network")) return "network";
  if (kinds.includes("stdin")) return "input";
  if (kinds.includes("run") || kinds.includes("process")) return "output";
  if (kinds.includes("file")) return "file";
  return kinds.includes("variable") || kinds.includes("environment") ? "operator" : "unsupported";
}

/** Everything whose data this holds. */
export function sourcesOf(value: Abstract, depth = 0): readonly Source[] {
  if (depth > 6) return [];
  switch (value.kind) {
    case "text":
    case "foreign":
      return value.sources;
    case "handle":
      return merge([value.at, ...[...value.fields.values()].slice(0, 16).map((field) => sourcesOf(field, depth + 1))]);
    case "list":
      return merge([...value.items.slice(0, 256), ...(value.more ? [value.more] : [])].map((item) => sourcesOf(item, depth + 1)));
    case "record":
      return merge(
        [...value.fields.values(), ...(value.more ? [value.more] : [])].slice(0, 256).map((field) => sourcesOf(field, depth + 1)),
      );
    case "either":
      return merge(value.options.map((option) => sourcesOf(option, depth + 1)));
    case "library":
      return ENVIRONMENTS.has(value.path) ? [{ at: { kind: "environment" } }] : [];
    case "method":
      // `child.stdout`, `response.text`
      return sourcesOf(value.of, depth + 1);
    case "number":
    case "nothing":
    case "function":
      return [];
  }
}

/** Names that stand for the whole environment. */
export const ENVIRONMENTS: ReadonlySet<string> = new Set(["os.environ", "os.environb", "process.env", "Deno.env", "Bun.env"]);

export function merge(lists: readonly (readonly Source[])[]): readonly Source[] {
  const all = new Map<string, Source>();
  const runs = new Set<Source>();
  for (const source of lists.flat()) {
    if (source.at.kind === "run") runs.add(source);
    else all.set(`${source.step ?? ""}${JSON.stringify(source.at)}`, source);
    if (all.size + runs.size >= 32) break;
  }
  return [...all.values(), ...runs];
}

/** As one text; what is none is not known. */
export function valueIn(value: Abstract): Value {
  switch (value.kind) {
    case "text":
      return value.value;
    case "number":
      return exact(String(value.value));
    case "handle":
      return value.text ?? unknown(authorOf(value.at));
    case "either": {
      const [first, ...others] = value.options.map(valueIn);
      return others.reduce(joinTexts, first ?? unknown("author"));
    }
    case "list":
      return value.more === undefined && value.items.length > 0 && value.items.every((item) => item.kind === "number")
        ? exact(value.items.map((item) => (item.kind === "number" ? String.fromCharCode(item.value & 0xffff) : "")).join(""))
        : unknown(authorOf(sourcesOf(value)));
    case "foreign":
      return unknown("output", value.name);
    case "record":
    case "library":
    case "nothing":
    case "function":
    case "method":
      return unknown("author");
  }
}

export const exactOf = (value: Abstract | undefined): string | undefined =>
  value === undefined || value.kind === "nothing" ? undefined : exactText(valueIn(value));

/** Texts joined to one; a list of things that are none is looked at as data. */
export function joined(parts: readonly Abstract[]): Text {
  if (parts.reduce((size, part) => size + sizeOf(part), 0) > LIMITS.textLength) return madeOf(parts.slice(0, 256));
  const value = concat(parts.map((part) => (part.kind === "nothing" ? exact("None") : valueIn(part))));
  const sources = merge(parts.map((part) => (part.kind === "text" ? part.sources : sourcesOf(part))));
  return textOf(value, sources);
}

/** Characters of a text; a hole is as much as a line, so that texts do not become all holes. */
export function sizeOf(value: Abstract): number {
  if (value.kind !== "text") return value.kind === "list" ? value.items.length : 1;
  if (value.value.kind === "exact") return value.value.text.length;
  return value.value.kind === "pattern" ? value.value.pieces.length * 512 : 512;
}

/** Something made of these in a way that is not followed. */
export function madeOf(parts: readonly Abstract[], step?: Transform): Text {
  const sources = merge(parts.map((part) => sourcesOf(part)));
  const worst = parts
    .map((part) => (part.kind === "text" ? originOf(part.value) : undefined))
    .find((origin) => origin !== undefined);
  const by = sources.length > 0 ? authorOf(sources) : (worst?.by ?? "author");
  return dataFrom(
    step ? sources.map((source) => ({ ...source, step })) : sources,
    by === "unsupported" && worst ? worst.by : by,
    worst?.name,
  );
}

export function eitherOf(options: readonly Abstract[]): Abstract {
  const flat = options.flatMap((option) => (option.kind === "either" ? option.options : [option]));
  const distinct: Abstract[] = [];
  for (const option of flat) if (!distinct.some((other) => same(other, option))) distinct.push(option);
  const [first] = distinct;
  if (first === undefined) return NONE;
  if (distinct.length === 1) return first;
  if (distinct.every((option) => option.kind === "text"))
    return textOf(distinct.map((option) => option.value).reduce(joinTexts), merge(distinct.map((option) => option.sources)));
  return distinct.length > 8 ? madeOf(distinct) : { kind: "either", options: distinct };
}

export function same(a: Abstract, b: Abstract): boolean {
  if (a === b) return true;
  if (a.kind === "text" && b.kind === "text")
    return (
      a.value === b.value ||
      (exactText(a.value) !== undefined && exactText(a.value) === exactText(b.value) && a.sources.length === b.sources.length)
    );
  if (a.kind === "number" && b.kind === "number") return a.value === b.value;
  if (a.kind === "library" && b.kind === "library") return a.path === b.path;
  return a.kind === "nothing" && b.kind === "nothing";
}

/** Each thing it may be. */
export const optionsOf = (value: Abstract): readonly Abstract[] => (value.kind === "either" ? value.options : [value]);

/** What iterating gives: known items, or one that stands for all. */
export function itemsOf(value: Abstract): { readonly items: readonly Abstract[]; readonly more: Abstract | undefined } {
  switch (value.kind) {
    case "list":
      return { items: value.items, more: value.more };
    case "record":
      return { items: [...value.fields.keys()].map(known), more: value.more ? dataFrom([], "author") : undefined };
    case "text": {
      const text = exactText(value.value);
      return text !== undefined && text.length <= 4096 && value.sources.length === 0
        ? { items: [...text].map(known), more: undefined }
        : { items: [], more: madeOf([value]) };
    }
    case "either":
      return { items: [], more: eitherOf(value.options.map((option) => elementOf(option))) };
    case "nothing":
      return { items: [], more: undefined };
    case "handle":
    case "foreign":
    case "library":
    case "number":
    case "function":
    case "method":
      return { items: [], more: value.kind === "foreign" ? value : madeOf([value]) };
  }
}

export function elementOf(value: Abstract): Abstract {
  const { items, more } = itemsOf(value);
  return eitherOf([...items.slice(0, 64), ...(more ? [more] : [])]);
}
