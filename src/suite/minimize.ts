import { parse } from "../syntax/parse.ts";
import { nodesOf, type Placed } from "./nodes.ts";

/** Candidates that are judged for one command; what is smallest then is small enough. */
const MOST_TRIES = 3_000;
/** Lists of more parts are cut in halves, quarters and so on, and part by part. */
const MOST_RANGES = 12;

/**
 * The smallest text that can be cut out of a command, part by part of its tree, of which `keeps` still holds: whole commands taken out
 * of what is around them, then parts left out. The same command gives the same text.
 */
export function smallest(command: string, keeps: (text: string) => boolean): string {
  let best = command;
  let tries = 0;
  const tried = new Set([command]);
  for (let found = true; found && tries < MOST_TRIES; ) {
    found = false;
    for (const text of smaller(best)) {
      if (tried.has(text) || tries >= MOST_TRIES) continue;
      tried.add(text);
      tries += 1;
      if (!keeps(text)) continue;
      best = text;
      found = true;
      break;
    }
  }
  return best;
}

/** The same for an argv array: words are left out, and those that are shell text are cut too. */
export function smallestArgv(argv: readonly string[], keeps: (argv: readonly string[]) => boolean): readonly string[] {
  let best = argv;
  for (let i = best.length - 1; i > 0; i -= 1) {
    const shorter = best.filter((_, at) => at !== i);
    if (keeps(shorter)) best = shorter;
  }
  for (const [i, word] of best.entries()) {
    if (i === 0 || !/\s/.test(word)) continue;
    const within = (text: string): readonly string[] => best.map((other, at) => (at === i ? text : other));
    best = within(smallest(word, (text) => keeps(within(text))));
  }
  return best;
}

/** Texts that are shorter by a cut, the shortest first. */
function smaller(text: string): readonly string[] {
  const found = new Set<string>();
  for (const cut of cutsOf(text, 0, 0)) {
    const written = "keep" in cut ? text.slice(cut.keep[0], cut.keep[1]) : text.slice(0, cut.drop[0]) + text.slice(cut.drop[1]);
    const trimmed = written.trim();
    if (trimmed !== "" && trimmed.length < text.length) found.add(trimmed);
  }
  return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

type Range = readonly [start: number, end: number];
type Cut = { readonly keep: Range } | { readonly drop: Range };

const DEEPEST = 4;

/** Every cut of some shell text that stands `offset` characters into the whole. */
function* cutsOf(text: string, offset: number, depth: number): Generator<Cut> {
  const { script } = parse(text);
  for (const node of nodesOf(script)) {
    if ("command" in node || "statements" in node || isCommand(node))
      yield { keep: [node.span.start + offset, node.span.end + offset] };
    for (const list of listsOf(node)) for (const drop of dropsOf(list)) yield { drop: [drop[0] + offset, drop[1] + offset] };
    const inner = depth < DEEPEST ? innerText(node, text) : undefined;
    if (inner !== undefined) yield* cutsOf(inner, node.span.start + 1 + offset, depth + 1);
  }
}

/** Parts of a pipeline or of a list are commands that no statement is around. */
const isCommand = (node: object): boolean => "kind" in node && ("words" in node || "commands" in node || "body" in node);

/** Lists of parts that have places: statements, commands, words, redirects, clauses, … */
const listsOf = (node: object): readonly (readonly Placed[])[] =>
  Object.values(node).filter(
    (value): value is readonly Placed[] => Array.isArray(value) && value.length > 0 && value.every(isPlaced),
  );

const isPlaced = (value: unknown): value is Placed => typeof value === "object" && value !== null && "span" in value;

/** A run of parts, with what separates it from the part after or before. */
function* dropsOf(list: readonly Placed[]): Generator<Range> {
  for (const [from, to] of rangesOf(list.length)) {
    const [first, last, after, before] = [list[from], list[to - 1], list[to], list[from - 1]];
    if (!first || !last) continue;
    yield [first.span.start, last.span.end];
    if (after) yield [first.span.start, after.span.start];
    if (before) yield [before.span.end, last.span.end];
  }
}

function* rangesOf(length: number): Generator<Range> {
  if (length <= MOST_RANGES) {
    for (let from = 0; from < length; from += 1) for (let to = from + 1; to <= length; to += 1) yield [from, to];
    return;
  }
  for (let size = length; size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0)
    for (let from = 0; from < length; from += size) yield [from, Math.min(length, from + size)];
}

/** What stands between quotes as it is: it may be shell text once more. */
function innerText(node: Placed & object, text: string): string | undefined {
  if (!("kind" in node) || (node.kind !== "quoted" && node.kind !== "double")) return undefined;
  const { start, end } = node.span;
  const inner = text.slice(start + 1, end - 1);
  const quotes = text.charAt(start) === text.charAt(end - 1) && /['"]/.test(text.charAt(start));
  return quotes && /\s/.test(inner.trim()) && (text.charAt(start) === "'" || !inner.includes("\\")) ? inner : undefined;
}
