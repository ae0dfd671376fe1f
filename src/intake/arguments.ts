import type { At } from "./mapping.ts";

/** A call's arguments hold what nobody can run: said in words, for whoever made the call. */
export class Unreadable extends Error {}

export type Arguments = Readonly<Record<string, unknown>>;

/** An object, with no more than what it has itself. */
export function isRecord(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The name that is used: the first with a value, or the first of all. */
export function nameAt(args: Arguments, at: At): string {
  if (typeof at === "string") return at;
  return at.find((name) => valueUnder(args, name) !== undefined) ?? at[0] ?? "";
}

export const valueAt = (args: Arguments, at: At | undefined): unknown =>
  at === undefined ? undefined : valueUnder(args, nameAt(args, at));

/** The value at `a.b`, or undefined; null counts as absent. Only an object's own keys are its arguments. */
function valueUnder(args: Arguments, path: string): unknown {
  let value: unknown = args;
  for (const key of path.split(".")) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value ?? undefined;
}

export function textAt(args: Arguments, at: At | undefined): string | undefined {
  const value = valueAt(args, at);
  return at === undefined || value === undefined ? undefined : word(value, nameAt(args, at));
}

/** Numbers and truths are taken as servers that convert them would. Throws Unreadable for anything else that is no text. */
function word(value: unknown, path: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Unreadable(`"${path}" is ${kindOf(value)}, where text is expected`);
}

/** A list of words. Throws Unreadable if an item is no word. */
export function wordsOf(value: readonly unknown[], path: string): readonly string[] {
  return value.map((item, i) => word(item, `${path}[${i}]`));
}

/** The words of a string that holds a JSON array of them. Throws Unreadable if it holds an array of something else. */
export function jsonWords(text: string, path: string): readonly string[] | undefined {
  const value = text.trimStart().startsWith("[") ? jsonIn(text) : undefined;
  return Array.isArray(value) && value.length > 0 ? wordsOf(value, path) : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `NAME=VALUE` each, of a list of those, a table, or a text of lines. Throws Unreadable for what no environment can hold. */
export function settingsAt(args: Arguments, at: At | undefined): readonly string[] {
  const value = valueAt(args, at);
  if (at === undefined || value === undefined) return [];
  const path = nameAt(args, at);
  if (typeof value === "string") return value.split("\n").filter((line) => line.trim() !== "");
  if (Array.isArray(value)) return value.flatMap((item, i) => settingOf(item, `${path}[${i}]`));
  if (isRecord(value)) return Object.entries(value).map(([name, text]) => `${name}=${word(text ?? "", `${path}.${name}`)}`);
  throw new Unreadable(`"${path}" is ${kindOf(value)}, where variables are expected`);
}

/** Some tools take `{ name, value }` for a variable. */
function settingOf(item: unknown, path: string): string {
  if (isRecord(item) && typeof item.name === "string") return `${item.name}=${word(item.value ?? "", `${path}.value`)}`;
  return word(item, path);
}

function kindOf(value: unknown): string {
  if (value === null) return "nothing";
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "a table" : `a ${typeof value}`;
}

/** Arguments as options of the tool that runs it: `--with PACKAGE` for each. Without an option's name they are its words already. */
export function optionWords(options: Readonly<Record<string, string>> | undefined, args: Arguments): readonly string[] {
  return Object.entries(options ?? {}).flatMap(([path, option]) => {
    const value = valueAt(args, path);
    if (value === undefined || value === false) return [];
    if (value === true) return [option];
    const words = Array.isArray(value) ? wordsOf(value, path) : [textAt(args, path) ?? ""];
    return option === "" ? words : words.flatMap((word) => [option, word]);
  });
}
