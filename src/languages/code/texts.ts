import { LIMITS } from "../../model/limits.ts";
import { exact, exactText } from "../../model/value.ts";
import { type Abstract, exactOf, joined, known, listOf, madeOf, number, sourcesOf, type Text, textOf } from "./abstract.ts";
import { decoded, encoded } from "./decode.ts";
import { braces } from "./format.ts";

/** `x[a:b:c]` of texts and lists. */
export function slice(
  object: Abstract,
  from: Abstract | undefined,
  to: Abstract | undefined,
  step: Abstract | undefined,
): Abstract {
  const by = step === undefined ? 1 : step.kind === "number" ? step.value : undefined;
  const start = bound(from);
  const end = bound(to);
  if (by === undefined || by === 0 || start === "unknown" || end === "unknown") return madeOf([object]);
  if (object.kind === "list" && object.more === undefined) return listOf(cut(object.items, start, end, by));
  const text = object.kind === "text" ? exactText(object.value) : undefined;
  return text === undefined ? madeOf([object]) : textOf(exact(cut([...text], start, end, by).join("")), sourcesOf(object));
}

function bound(value: Abstract | undefined): number | undefined | "unknown" {
  if (value === undefined || value.kind === "nothing") return undefined;
  return value.kind === "number" ? value.value : "unknown";
}

function cut<T>(items: readonly T[], from: number | undefined, to: number | undefined, step: number): T[] {
  const size = items.length;
  const place = (at: number): number =>
    at < 0 ? Math.max(at + size, step < 0 ? -1 : 0) : Math.min(at, step < 0 ? size - 1 : size);
  const start = from === undefined ? (step < 0 ? size - 1 : 0) : place(from);
  const end = to === undefined ? (step < 0 ? -1 : size) : place(to);
  const out: T[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) {
    const item = items[at];
    if (item !== undefined) out.push(item);
  }
  return out;
}

/** What a method of a text gives; undefined when its result is not worked out. */
export function textMethod(
  of: Text,
  name: string,
  args: readonly Abstract[],
  named: ReadonlyMap<string, Abstract>,
): Abstract | undefined {
  if (name === "format") return braces(of, args, named);
  if (SAME.has(name) && args.every((arg) => arg.kind !== "function")) return of;
  const text = exactText(of.value);
  if (text === undefined) return undefined;
  const words = args.map(exactOf);
  if (name === "decode" || name === "encode" || name === "toString")
    return coded(of, text, name, words[0] ?? exactOf(named.get("encoding")));
  const numbers = args.map((arg) => (arg.kind === "number" ? arg.value : undefined));
  const list = lists(text, name, words, numbers);
  if (list) return listOf(list.map((part) => textOf(exact(part), of.sources)));
  if (name === "charCodeAt" || name === "codePointAt") return number(text.charCodeAt(numbers[0] ?? 0));
  const changed = changedText(text, name, words, numbers);
  return changed === undefined || changed.length > LIMITS.textLength ? undefined : textOf(exact(changed), of.sources);
}

/** Methods after which it is still the same text, as far as we tell. */
const SAME: ReadonlySet<string> = new Set(["valueOf", "copy", "normalize", "expandtabs", "toWellFormed"]);

function coded(of: Text, text: string, name: string, encoding: string | undefined): Abstract | undefined {
  if (encoding === undefined) return of;
  const plain = encoding.toLowerCase().replaceAll("_", "-").split("-")[0] ?? "";
  if (["utf", "utf8", "ascii", "latin", "latin1", "binary", "iso", "cp1252"].includes(plain)) return of;
  const result = name === "decode" ? decoded(plain, text) : encoded(plain, text);
  if (result === undefined) return undefined;
  return textOf(exact(result), name === "decode" ? [...of.sources, DECODED] : of.sources);
}

export const DECODED = { at: { kind: "data", value: exact(""), span: { start: 0, end: 0 } }, step: "decode" } as const;

function lists(
  text: string,
  name: string,
  words: readonly (string | undefined)[],
  numbers: readonly (number | undefined)[],
): readonly string[] | undefined {
  const [first] = words;
  switch (name) {
    case "split":
    case "rsplit": {
      if (words.length > 0 && first === undefined) return undefined;
      if (first === undefined) return text.split(/\s+/).filter((part) => part !== "");
      const most = numbers[1];
      const parts = text.split(first).slice(0, 4096);
      return most === undefined || most < 0 || parts.length <= most + 1
        ? parts
        : name === "split"
          ? [...parts.slice(0, most), parts.slice(most).join(first)]
          : [parts.slice(0, parts.length - most).join(first), ...parts.slice(parts.length - most)];
    }
    case "splitlines":
      return text.split("\n");
    case "partition": {
      const at = first === undefined ? -1 : text.indexOf(first);
      return first === undefined || at < 0 ? [text, "", ""] : [text.slice(0, at), first, text.slice(at + first.length)];
    }
    default:
      return undefined;
  }
}

function changedText(
  text: string,
  name: string,
  words: readonly (string | undefined)[],
  numbers: readonly (number | undefined)[],
): string | undefined {
  const [first, second] = words;
  const [from, to] = numbers;
  switch (name) {
    case "lower":
    case "toLowerCase":
    case "casefold":
      return text.toLowerCase();
    case "upper":
    case "toUpperCase":
      return text.toUpperCase();
    case "title":
    case "capitalize":
      return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
    case "swapcase":
      return [...text].map((char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase())).join("");
    case "strip":
    case "trim":
      return stripped(text, first, true, true);
    case "lstrip":
    case "trimStart":
      return stripped(text, first, true, false);
    case "rstrip":
    case "trimEnd":
      return stripped(text, first, false, true);
    case "replace":
    case "replaceAll":
      return first === undefined || second === undefined || text.length * (second.length + 1) > 16 * LIMITS.textLength
        ? undefined
        : text.replaceAll(first, () => second);
    case "removeprefix":
      return first !== undefined && text.startsWith(first) ? text.slice(first.length) : text;
    case "removesuffix":
      return first !== undefined && first !== "" && text.endsWith(first) ? text.slice(0, -first.length) : text;
    case "concat":
      return words.includes(undefined) ? undefined : text + words.join("");
    case "slice":
      return words.length > 0 && from === undefined ? undefined : text.slice(from, to);
    case "substring":
      return words.length > 0 && from === undefined ? undefined : text.substring(from ?? 0, to);
    case "substr":
      return from === undefined
        ? undefined
        : text.slice(from, to === undefined ? undefined : from < 0 ? from + to || undefined : from + to);
    case "charAt":
    case "at":
      return from === undefined ? undefined : (text.at(from) ?? "");
    case "repeat":
      return from === undefined || from < 0 || from * text.length > LIMITS.textLength ? undefined : text.repeat(from);
    case "hex":
      return encoded("hex", text);
    case "zfill":
      return from === undefined || from > 4096 ? undefined : text.padStart(from, "0");
    default:
      return undefined;
  }
}

function stripped(text: string, chars: string | undefined, start: boolean, end: boolean): string {
  const set = chars ?? " \t\n\r\v\f";
  let from = 0;
  let to = text.length;
  while (start && from < to && set.includes(text[from] ?? "")) from++;
  while (end && to > from && set.includes(text[to - 1] ?? "")) to--;
  return text.slice(from, to);
}

/** Texts of a list with this between them. */
export function joinedList(list: Abstract, separator: string): Abstract {
  if (list.kind !== "list" || list.more) return madeOf([list]);
  const parts = list.items.map(exactOf);
  if (parts.includes(undefined) || parts.length > LIMITS.textLength) return partsJoined(list.items, separator);
  return textOf(
    exact(parts.join(separator)),
    list.items.flatMap((item) => (item.kind === "text" ? item.sources : [])).slice(0, 32),
  );
}

function partsJoined(items: readonly Abstract[], separator: string): Abstract {
  const [first, ...others] = items;
  if (!first || items.length > 64) return madeOf(items);
  return joined([first, ...others.flatMap((item) => [known(separator), item])]);
}
