import type { RunStatement } from "../knowledge/command.ts";
import { type Content, textOf } from "../model/content.ts";
import { LIMITS } from "../model/limits.ts";
import {
  type Argument,
  carry,
  concat,
  exact,
  exactText,
  type Piece,
  pattern,
  piecesOf,
  unknown,
  type Value,
} from "../model/value.ts";
import type { Given } from "./call.ts";
import { read } from "./shapes/read.ts";
import { below } from "./subjects.ts";
import { withValue } from "./words.ts";
import type { Work } from "./work.ts";

type Feed = NonNullable<RunStatement["feed"]>;

/** Words of all commands that come of one. */
const WORDS = 32_768;

/** The commands that come of one command and its items: `xargs -I{} cp {} d`, `find -exec rm {} +`. */
export function fed(words: readonly Argument[], feed: Feed, work: Work, quotes = false): readonly (readonly Argument[])[] {
  const replace = placeholder(feed, work);
  const given = itemsOf(feed, replace !== undefined, work);
  const items = quotes ? given.map(asWord) : given;
  if (replace === undefined) return [[...words, ...items]];
  if (!words.some((word) => holdsText(word.value, replace))) return [words];
  const most = Math.max(1, Math.min(LIMITS.iterations, Math.floor(WORDS / words.length)));
  if (items.length > most) work.limit("items");
  return items.slice(0, most).map((item) => words.map((word) => substituted(word, replace, item)));
}

/** The texts that come of one text and its items; items that replace nothing come at its end (parallel(1)). */
export function fedTexts(code: Argument, feed: Feed, work: Work): readonly Argument[] {
  const replace = placeholder(feed, work) ?? "{}";
  const plain = withoutExpressions(code, replace);
  const whole = holdsText(plain.value, replace) ? plain : withValue(plain, concat([plain.value, exact(` ${replace}`)]));
  const text = exactText(whole.value);
  // GNU parallel quotes what it puts into a command, unless that is the command's name: `parallel echo ::: '$(id)'` prints it.
  const quotes = text !== undefined && !text.trimStart().startsWith(replace) && !isQuoted(text, replace) && plain === code;
  return fed([whole], { ...feed, replace }, work, quotes).flatMap((words) => words.slice(0, 1));
}

/** `{= uq() =}` puts the item in unquoted, changed by Perl in a way we do not follow (parallel(1)). */
function withoutExpressions(code: Argument, replace: string): Argument {
  const text = exactText(code.value);
  if (!text?.includes("{=")) return code;
  const parts = text.split("{=").map((part, i) => (i === 0 ? part : replace + (part.split("=}").slice(1).join("=}") || "")));
  return withValue(code, exact(parts.join(""), code.value.from));
}

/** A placeholder that the command quotes itself: what parallel adds to it is undone, or other programs of the name add nothing. */
function isQuoted(text: string, replace: string): boolean {
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote !== "" && text.startsWith(replace, at)) return true;
    if (char === "\\" && quote !== "'") at++;
    else if (quote === "" && (char === '"' || char === "'" || char === "`")) quote = char;
    else if (char === quote) quote = "";
  }
  return false;
}

/** Nothing in it means anything to a shell. */
const isPlain = (text: string): boolean =>
  text !== "" &&
  [...text].every(
    (char) => (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || "0123456789_-./:=,@%+".includes(char),
  );

/** In single quotes, and no longer part of the code that is run. */
function asWord(item: Argument): Argument {
  const text = exactText(item.value);
  if (text !== undefined && isPlain(text)) return item;
  if (text !== undefined) return withValue(item, exact(`'${text.replaceAll("'", "'\\''")}'`));
  return withValue(item, concat([exact("'"), pattern(piecesOf(item.value)), exact("'")]));
}

/** The word that items replace; none if its option was not given. */
function placeholder({ replace }: Feed, work: Work): string | undefined {
  if (replace === undefined || typeof replace === "string") return replace;
  const given = work.last(replace.argument);
  work.use(given, "argument");
  return given && (exactText(given.value) ?? "{}");
}

function itemsOf({ items, parted }: Feed, whole: boolean, work: Work): readonly Argument[] {
  const { span } = work.call;
  if (items === "stdin") {
    const delimiter = parted === undefined ? undefined : work.last(parted);
    work.use(delimiter, "argument");
    return lines(partedBy(delimiter, work.call.stdin), whole || delimiter !== undefined, work);
  }
  if ("texts" in items) {
    for (const given of work.values(items.texts)) work.use(given, "argument");
    return work.values(items.texts);
  }
  if ("file" in items) {
    const given = work.last(items.file);
    work.use(given, "argument");
    if (given) readList(given, work);
    if (given && exactText(given.value) === "-") return lines(work.call.stdin, whole, work);
    return given ? [{ value: unknown("file", exactText(given.value)), count: whole ? "one" : "any", span: given.span }] : [];
  }
  return below(items, work).flatMap(({ reading, given }): Argument[] => {
    work.use(given, "argument");
    return reading.kind === "resource"
      ? [{ value: reading.on.value, count: whole ? "one" : "any", span: given?.span ?? span }]
      : [];
  });
}

function readList(given: Given, work: Work): void {
  const [on] = read("path", given.value);
  if (on?.kind === "resource") work.effect({ kind: "read", on: on.on, attributes: {}, span: given.span });
}

/** Each line is an item; without a placeholder blanks part items too, and quotes join them (xargs(1)). */
function lines(content: Content | undefined, whole: boolean, work: Work): readonly Argument[] {
  const { span } = work.call;
  const count = whole ? "one" : "any";
  if (!content) return [{ value: unknown("output", "stdin"), count, span }];
  const items = content.lines.flatMap((line): Argument[] => {
    const value = carry(line, content.from);
    const text = exactText(value);
    // No argument holds a NUL: it parts items, with `-0` or without.
    if (text?.includes("\0"))
      return text.split("\0").flatMap((part) => (part === "" ? [] : [{ value: exact(part, value.from), count: "one", span }]));
    if (whole || text === undefined) return [{ value, count: whole ? "one" : "any", span }];
    return blankParted(text).map((part) => ({ value: exact(part, value.from), count: "one", span }));
  });
  if (!content.more) return items;
  if (items.length > 0) return items.map((item) => (whole ? item : { ...item, count: "any" }));
  return [{ value: unknown("output", "stdin", content.from), count, span }];
}

/** The same with each item on a line; the newline after the last counts for nothing, though `xargs -d` keeps it. */
function partedBy(delimiter: Given | undefined, content: Content | undefined): Content | undefined {
  if (!delimiter || !content) return content;
  const by = exactText(delimiter.value);
  const text = exactText(textOf(content));
  if (by === undefined || text === undefined) return { lines: [unknown("output", "stdin", content.from)], more: true };
  const parts = (text.endsWith("\n") ? text.slice(0, -1) : text).split(DELIMITERS.get(by) ?? by.charAt(0));
  return { ...content, lines: parts.map((part) => exact(part)) };
}

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ["\\n", "\n"],
  ["\\t", "\t"],
  ["\\0", "\0"],
  ["\\r", "\r"],
]);

/** Words of a line as xargs parts them. */
export function blankParted(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i);
    if (quote !== "") {
      if (char === quote) quote = "";
      else word = (word ?? "") + char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= "";
    } else if (char === "\\") word = (word ?? "") + line.charAt(++i);
    else if (char === " " || char === "\t") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

function holdsText(value: Value, text: string): boolean {
  if (value.kind === "exact") return value.text.includes(text);
  if (value.kind === "oneOf") return value.texts.some((one) => one.includes(text));
  return value.kind === "pattern" && value.pieces.some((piece) => typeof piece === "string" && piece.includes(text));
}

function substituted(word: Argument, replace: string, item: Argument): Argument {
  const { value } = word;
  if (exactText(value) === replace) return { ...item, span: item.span };
  if (!holdsText(value, replace) || replace === "") return word;
  const pieces: readonly Piece[] = value.kind === "exact" ? [value.text] : value.kind === "pattern" ? value.pieces : [];
  if (pieces.length === 0) return withValue(word, unknown("author", undefined, item.value.from));
  const parts: Value[] = [];
  for (const piece of pieces) {
    if (typeof piece !== "string") parts.push(pattern([piece]));
    else
      for (const [i, text] of piece.split(replace).entries()) parts.push(...(i > 0 ? [item.value, exact(text)] : [exact(text)]));
  }
  return withValue(word, carry(concat(parts), value.from));
}

/** The program's own stdin is used up. */
export const drains = (feed: Feed | undefined): boolean => feed?.items === "stdin";
