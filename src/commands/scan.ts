import { exact, type Hole, mapTexts, type Piece, pattern, piecesOf, type Value } from "../model/value.ts";

/** Scanners over abstract text. A character inside a hole is never found; what stands around it is. */

export interface Cut {
  readonly before: Value;
  readonly char: string;
  readonly after: Value;
}

/** Without its first `length` characters, which are known. */
export function dropPrefix(value: Value, length: number): Value {
  if (length === 0) return value;
  if (value.kind !== "pattern") return mapTexts(value, (text) => text.slice(length));
  const [first, ...rest] = value.pieces;
  return typeof first === "string" ? pattern([first.slice(length), ...rest], value.from) : value;
}

/** Without its last `length` characters, which are known. */
export function dropSuffix(value: Value, length: number): Value {
  if (length === 0) return value;
  if (value.kind !== "pattern") return mapTexts(value, (text) => text.slice(0, text.length - length));
  const last = value.pieces.at(-1);
  return typeof last === "string"
    ? pattern([...value.pieces.slice(0, -1), last.slice(0, last.length - length)], value.from)
    : value;
}

/** The known text at the end. */
export function suffixOf(value: Value): string {
  if (value.kind === "exact") return value.text;
  const last = value.kind === "pattern" ? value.pieces.at(-1) : undefined;
  return typeof last === "string" ? last : "";
}

/** Parts a value at the first known character out of `chars`. */
export function cutFirst(value: Value, chars: string): Cut | undefined {
  const pieces = scannable(value);
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (typeof piece !== "string") continue;
    for (let k = 0; k < piece.length; k++) if (chars.includes(piece.charAt(k))) return cutAt(value, pieces, i, piece, k);
  }
  return undefined;
}

/** Parts a value at the last known character out of `chars`. */
export function cutLast(value: Value, chars: string): Cut | undefined {
  const pieces = scannable(value);
  for (let i = pieces.length - 1; i >= 0; i--) {
    const piece = pieces[i];
    if (typeof piece !== "string") continue;
    for (let k = piece.length - 1; k >= 0; k--) if (chars.includes(piece.charAt(k))) return cutAt(value, pieces, i, piece, k);
  }
  return undefined;
}

function cutAt(value: Value, pieces: readonly Piece[], index: number, piece: string, offset: number): Cut {
  return {
    before: pattern([...pieces.slice(0, index), piece.slice(0, offset)], value.from),
    char: piece.charAt(offset),
    after: pattern([piece.slice(offset + 1), ...pieces.slice(index + 1)], value.from),
  };
}

/** Parts a value at every known `char`. */
export function cutAll(value: Value, char: string): readonly Value[] {
  const parts: Piece[][] = [[]];
  for (const piece of scannable(value)) {
    if (typeof piece !== "string") {
      parts.at(-1)?.push(piece);
      continue;
    }
    piece.split(char).forEach((text, i) => {
      if (i > 0) parts.push([]);
      parts.at(-1)?.push(text);
    });
  }
  return parts.map((part) => pattern(part, value.from));
}

function scannable(value: Value): readonly Piece[] {
  return value.kind === "unknown" ? [{ origin: value.origin }] : piecesOf(value);
}

/** Each text of a choice on its own; anything else as it is. */
export function alternatives(value: Value): readonly Value[] {
  return value.kind === "oneOf" ? value.texts.map((text) => exact(text, value.from)) : [value];
}

/** Known text changed by `f`, holes kept. */
export function mapKnown(value: Value, f: (text: string) => string): Value {
  if (value.kind !== "pattern") return mapTexts(value, f);
  return pattern(
    value.pieces.map((piece) => (typeof piece === "string" ? f(piece) : piece)),
    value.from,
  );
}

/** The hole stands for a folder that everybody knows: `$HOME`, `$PWD`, `~bob`. */
export function isKnownFolder(hole: Hole): boolean {
  const { by, name } = hole.origin;
  return by === "operator" && name !== undefined && (name === "HOME" || name === "PWD" || name.startsWith("~"));
}

/** Nothing of the text is known but slashes, dots and globs, so that it may name anything. */
export function isHidden(value: Value): boolean {
  if (value.kind === "unknown") return !isKnownFolder({ origin: value.origin });
  if (value.kind !== "pattern") return false;
  const first = value.pieces[0];
  if (first === undefined || typeof first === "string" || first.glob !== undefined || isKnownFolder(first)) return false;
  return value.pieces.every((piece) => typeof piece !== "string" || onlyOf(piece, "/.*"));
}

function onlyOf(text: string, chars: string): boolean {
  for (const char of text) if (!chars.includes(char)) return false;
  return true;
}

/** Whether the text matches: any case, `*` stands for any text. */
export function isLike(glob: string, text: string): boolean {
  const g = glob.toLowerCase();
  const t = text.toLowerCase();
  let i = 0;
  let star = -1;
  let mark = 0;
  let k = 0;
  while (k < t.length) {
    if (i < g.length && g.charAt(i) !== "*" && g.charAt(i) === t.charAt(k)) {
      i++;
      k++;
    } else if (g.charAt(i) === "*") {
      star = i++;
      mark = k;
    } else if (star >= 0) {
      i = star + 1;
      k = ++mark;
    } else return false;
  }
  while (g.charAt(i) === "*") i++;
  return i === g.length;
}

/** A text that begins so may match, in any case. */
export function fitsStart(start: string, glob: string): boolean {
  const g = glob.toLowerCase();
  const s = start.toLowerCase();
  const star = g.indexOf("*");
  const head = star < 0 ? g : g.slice(0, star);
  return head.startsWith(s) || (star >= 0 && s.startsWith(head));
}
