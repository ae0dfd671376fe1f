import { NOWHERE } from "../model/span.ts";
import { EMPTY, type Piece } from "../model/value.ts";
import type { WordScope } from "./scope.ts";
import { type Bracket, compile, type Glob, type Token } from "./tokens.ts";
import { spend, type Work, workIn } from "./work.ts";

const EMPTY_SCOPE: WordScope = {
  variables: new Map(),
  unset: new Set(),
  name: EMPTY,
  positionals: [],
  filled: new Map(),
  shell: "bash",
  holes: new Map(),
};

/** Characters of a text; an array of code points if it has some outside the BMP. */
export type Chars = string | readonly string[];

export function charsOf(text: string): Chars {
  return /[\uD800-\uDFFF]/.test(text) ? Array.from(text) : text;
}
export const sliceOf = (chars: Chars, start: number, end?: number): string =>
  typeof chars === "string" ? chars.slice(start, end) : chars.slice(start, end).join("");

export const matches = (glob: Glob, text: string, work: Work): boolean => {
  const chars = charsOf(text);
  return endsOf(glob, chars, 0, work).includes(chars.length);
};

/**
 * Where a match that starts at `start` can end, in ascending order. The sets of positions are carried from token to token, so
 * nothing is tried twice; empty when the fuel is used up. A hole matches nothing.
 */
export function endsOf(glob: Glob, chars: Chars, start: number, work: Work): readonly number[] {
  let positions: readonly number[] = [start];
  for (const token of glob) {
    if (positions.length === 0) break;
    if (!spend(work, positions.length)) return [];
    positions = step(token, chars, positions, work);
  }
  return positions;
}

function step(token: Token, chars: Chars, positions: readonly number[], work: Work): readonly number[] {
  switch (token.kind) {
    case "text":
      return literal(charsOf(token.text), chars, positions, work);
    case "any":
      return positions.filter((p) => p < chars.length).map((p) => p + 1);
    case "set":
      return positions.filter((p) => p < chars.length && contains(token.set, chars[p] ?? "")).map((p) => p + 1);
    case "star":
      return from(positions[0] ?? 0, chars.length, work);
    case "group":
      return group(token, chars, positions, work);
    case "hole":
      return [];
  }
}

function from(first: number, last: number, work: Work): readonly number[] {
  if (!spend(work, last - first)) return [];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function literal(text: Chars, chars: Chars, positions: readonly number[], work: Work): readonly number[] {
  const out: number[] = [];
  for (const p of positions) {
    let i = 0;
    while (i < text.length && text[i] === chars[p + i]) i++;
    if (!spend(work, i)) return [];
    if (i === text.length) out.push(p + i);
  }
  return out;
}

function group(
  token: Extract<Token, { kind: "group" }>,
  chars: Chars,
  positions: readonly number[],
  work: Work,
): readonly number[] {
  const once = (p: number): readonly number[] => token.alternatives.flatMap((glob) => endsOf(glob, chars, p, work));
  const reached = new Set<number>();
  switch (token.operator) {
    case "@":
    case "?":
      for (const p of positions) for (const end of once(p)) reached.add(end);
      if (token.operator === "?") for (const p of positions) reached.add(p);
      break;
    case "*":
    case "+": {
      const started = new Set<number>();
      const waiting = [...positions];
      for (let p = waiting.pop(); p !== undefined; p = waiting.pop()) {
        if (started.has(p)) continue;
        started.add(p);
        for (const end of once(p)) {
          reached.add(end);
          waiting.push(end);
        }
      }
      if (token.operator === "*") for (const p of positions) reached.add(p);
      break;
    }
    case "!":
      for (const p of positions) {
        const excluded = new Set(once(p));
        for (const end of from(p, chars.length, work)) if (!excluded.has(end)) reached.add(end);
      }
  }
  return [...reached].sort((a, b) => a - b);
}

export function contains(set: Bracket, char: string): boolean {
  const inside = set.ranges.some(([a, b]) => char >= a && char <= b) || set.classes.some((name) => isIn(name, char));
  return inside !== set.negated;
}

const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ["alpha", /^\p{L}$/u],
  ["digit", /^[0-9]$/],
  ["alnum", /^[\p{L}0-9]$/u],
  ["upper", /^\p{Lu}$/u],
  ["lower", /^\p{Ll}$/u],
  ["space", /^[ \t\n\v\f\r]$/],
  ["blank", /^[ \t]$/],
  ["punct", /^[!-/:-@[-`{-~]$/],
  ["cntrl", /^[\0-\x1f\x7f]$/],
  ["graph", /^[!-~\u00a1-\uffff]$/],
  ["print", /^[ -~\u00a0-\uffff]$/],
  ["xdigit", /^[0-9A-Fa-f]$/],
  ["word", /^[\p{L}0-9_]$/u],
]);

const isIn = (name: string, char: string): boolean => CLASSES.get(name)?.test(char) ?? false;

const NO_SLASH: Token = { kind: "set", set: { source: "!/", negated: true, ranges: [["/", "/"]], classes: [] } };

/** Can this text be what the pieces of a value stand for? */
export const matchesPieces = (pieces: readonly Piece[], text: string): boolean => matcherOf(pieces)(text);

/** The same for many texts; those that begin or end otherwise are not looked at. */
export function matcherOf(pieces: readonly Piece[]): (text: string) => boolean {
  const first = pieces[0];
  const last = pieces.at(-1);
  const start = typeof first === "string" ? first : "";
  const end = typeof last === "string" ? last : "";
  const glob = globOf(pieces);
  return (text) => text.startsWith(start) && text.endsWith(end) && matches(glob, text, workIn(EMPTY_SCOPE, NOWHERE));
}

function globOf(pieces: readonly Piece[]): Glob {
  return pieces.map((piece): Token => {
    if (typeof piece === "string") return { kind: "text", text: piece };
    if (piece.glob === "star") return { kind: "group", operator: "*", alternatives: [[NO_SLASH]] };
    if (piece.glob !== "char") return { kind: "star", double: true };
    if (piece.set === undefined) return NO_SLASH;
    const [set] = compile(
      Array.from(`[${piece.set}]`, (char) => ({ char, active: true })),
      false,
      false,
    );
    return set ?? { kind: "any" };
  });
}

/** The pattern and the text read backwards, to look for suffixes. */
export function reversed(glob: Glob): Glob {
  return [...glob].reverse().map((token): Token => {
    if (token.kind === "text") return { kind: "text", text: Array.from(token.text).reverse().join("") };
    if (token.kind === "group") return { ...token, alternatives: token.alternatives.map(reversed) };
    return token;
  });
}
export const backwards = (chars: Chars): Chars => {
  const turned = Array.from(chars).reverse();
  return typeof chars === "string" ? turned.join("") : turned;
};
