import type { Hole, Piece } from "../model/value.ts";
import { inBracket, onlyCharacter } from "./bracket.ts";

/** Text with `*` for any characters. */
export interface Glob {
  readonly pattern: string;
  /** The text between the stars; a single one when there is no star. */
  readonly parts: readonly string[];
  /** Characters that are no star. */
  readonly known: number;
}

export function compileGlob(pattern: string): Glob {
  const squeezed = pattern.split("*").filter((part, i, all) => part !== "" || i === 0 || i === all.length - 1);
  return { pattern: squeezed.join("*"), parts: squeezed, known: squeezed.join("").length };
}

/** Each part at its first place after the one before; with stars only, an earlier place never hurts, so nothing is tried twice. */
export function matches(glob: Glob, text: string): boolean {
  const { parts } = glob;
  const first = parts[0] ?? "";
  if (parts.length === 1) return text === first;
  const last = parts.at(-1) ?? "";
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (let i = 1; i < parts.length - 1; i++) {
    const part = parts[i] ?? "";
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** How text with holes meets a glob. */
export interface Meeting {
  /** Every filling matches. */
  readonly all: boolean;
  /** The most characters of the glob that known text stands for, if some filling matches; -1 if none does. */
  readonly known: number;
}

const NEVER: Meeting = { all: false, known: -1 };
/** Known characters looked at one by one; longer text is only looked through for what all fillings have. */
const LONGEST = 1_024;
const MOST = 128;

/** `dotted`: a star at the front may hold a leading dot (find's may, the shell's may not). */
export function meet(glob: Glob, pieces: readonly Piece[], dotted: boolean): Meeting {
  const all = matches(glob, starred(pieces));
  if (all) return { all, known: glob.known };
  if (!endsFit(glob, pieces)) return NEVER;
  let length = 0;
  for (const piece of pieces) if (typeof piece === "string") length += piece.length;
  if (length > LONGEST || pieces.length > MOST || (glob.parts.length === 1 && length > glob.known)) return NEVER;
  let best = open(glob.pattern, [0]);
  pieces.forEach((piece, i) => {
    if (typeof piece !== "string") best = afterHole(glob.pattern, best, piece, i === 0 && !dotted);
    else for (const char of piece.split("")) best = open(glob.pattern, afterCharacter(glob.pattern, best, char));
  });
  return { all, known: best[glob.pattern.length] ?? -1 };
}

/** Text with holes as a glob of its own: holes that may hold anything are its stars. Undefined where a hole is narrower. */
export function fillingOf(pieces: readonly Piece[]): Glob | undefined {
  const parts: string[] = [""];
  let known = 0;
  for (const piece of pieces) {
    if (typeof piece === "string") {
      parts[parts.length - 1] += piece;
      known += piece.length;
    } else if (piece.glob === "char") return undefined;
    else parts.push("");
  }
  return { pattern: "", parts, known };
}

/** How text with holes meets a glob without stars: the text is a filling or it is not. */
export function meetText(glob: Glob, filling: Glob): Meeting {
  return matches(filling, glob.parts[0] ?? "") ? { all: false, known: filling.known } : NEVER;
}

/** Text that a glob matches if it matches every filling: NUL can be in no argument, so only a star stands for it. */
export function starred(pieces: readonly Piece[]): string {
  let text = "";
  for (const piece of pieces) text += typeof piece === "string" ? piece : "\0";
  return text;
}

/** Which characters are known, by the lower half of their codes; written into a table of 256. */
export function knownCharacters(pieces: readonly Piece[], known: Uint8Array): Uint8Array {
  known.fill(0);
  for (const piece of pieces) {
    if (typeof piece === "string") for (let i = 0; i < piece.length; i++) known[piece.charCodeAt(i) & 255] = 1;
    else if (piece.set !== undefined) for (let i = 0; i < piece.set.length; i++) known[piece.set.charCodeAt(i) & 255] = 1;
  }
  return known;
}

/** False when too few of the glob's characters are known at all for the text to be evidence; spares asking how they meet. */
export function mayBeEvidence({ pattern, known: most }: Glob, known: Uint8Array): boolean {
  let count = 0;
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i);
    if (code !== 42) count += known[code & 255] ?? 0;
  }
  return count > 0 && count * 2 >= most;
}

/** Known text at either end has to agree with the glob's as far as both go. */
function endsFit(glob: Glob, pieces: readonly Piece[]): boolean {
  const front = pieces[0];
  const back = pieces.at(-1);
  const begin = glob.parts[0] ?? "";
  const end = glob.parts.at(-1) ?? "";
  if (typeof front === "string" && !front.startsWith(begin) && !begin.startsWith(front)) return false;
  return typeof back !== "string" || back.endsWith(end) || end.endsWith(back);
}

/** `best[j]`: the most known characters when `j` characters of the pattern are used up; a hole in the array, or -1: not possible. */
type Best = number[];

/** A star may hold nothing. */
function open(pattern: string, best: Best): Best {
  for (let j = 0; j < pattern.length; j++) {
    if (pattern[j] === "*") best[j + 1] = Math.max(best[j + 1] ?? -1, best[j] ?? -1);
  }
  return best;
}

function afterCharacter(pattern: string, best: Best, char: string): Best {
  const next: Best = [];
  for (let j = 0; j <= pattern.length; j++) {
    const before = best[j] ?? -1;
    if (before < 0) continue;
    if (pattern[j] === "*") next[j] = Math.max(next[j] ?? -1, before);
    else if (pattern[j] === char) next[j + 1] = before + 1;
  }
  return next;
}

function afterHole(pattern: string, best: Best, hole: Hole, hidesDot: boolean): Best {
  const noDot = hidesDot && hole.glob !== undefined && pattern.startsWith(".");
  if (hole.glob !== "char") {
    let most = -1;
    const next: Best = [];
    for (let j = 0; j <= pattern.length; j++) {
      const before = best[j] ?? -1;
      if (j > 0 || !noDot) most = Math.max(most, before);
      next.push(j === 0 && noDot ? before : most);
    }
    return next;
  }
  const only = hole.set === undefined ? undefined : onlyCharacter(hole.set);
  if (only !== undefined) return open(pattern, afterCharacter(pattern, best, only));
  const next: Best = [];
  for (let j = noDot ? 1 : 0; j <= pattern.length; j++) {
    const before = best[j] ?? -1;
    if (before < 0) continue;
    if (pattern[j] === "*") next[j] = Math.max(next[j] ?? -1, before);
    else if (hole.set === undefined || inBracket(hole.set, pattern.charCodeAt(j)))
      next[j + 1] = Math.max(next[j + 1] ?? -1, before);
  }
  return open(pattern, next);
}

/** The known text is evidence when it stands for at least half of what the glob says. */
export const isEvidence = (glob: Glob, known: number): boolean => known > 0 && known * 2 >= glob.known;
