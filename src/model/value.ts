/**
 * Abstract strings. exact ⊑ oneOf ⊑ pattern ⊑ unknown: what is not known is a value too, never an empty string.
 * `from` names the flow nodes whose data the value contains, so that a secret read into a variable is followed even where
 * its text is not known (or is).
 */

/** Who chose the hidden text. */
export type Author =
  | "operator" // an environment variable that this command did not set
  | "author" // the command's own text, joined from paths we cannot tell apart
  | "output" // what a program printed
  | "network"
  | "file"
  | "input" // the caller's stdin, script parameters, read
  | "glob" // names of existing files
  | "unsupported"; // a construct the evaluator does not model

export interface Origin {
  readonly by: Author;
  /** Variable, program or construct, for messages: `PYTHON`, `date`, `${x@P}`. */
  readonly name?: string;
}

/** A gap in known text. A glob's gap says which characters it may hold. */
export interface Hole {
  readonly origin: Origin;
  /** star: any characters but `/`; globstar: any; char: exactly one that is no `/`, of `set` (a bracket expression's inside) if given. */
  readonly glob?: "star" | "globstar" | "char";
  readonly set?: string;
}

export type Piece = string | Hole;

/** Index of a node in the flow graph. */
export type NodeId = number;

interface Carried {
  readonly from?: readonly NodeId[];
}

export type Value = Carried &
  (
    | { readonly kind: "exact"; readonly text: string }
    | { readonly kind: "oneOf"; readonly texts: readonly string[] }
    | { readonly kind: "pattern"; readonly pieces: readonly Piece[] }
    | { readonly kind: "unknown"; readonly origin: Origin }
  );

/** One word that reaches a program. An unquoted `$x` may become any number of words. */
export interface Argument {
  readonly value: Value;
  readonly count: "one" | "any";
  readonly span: Span;
  /** Where the value's text stands unchanged in the input, if it does: the offset of its first character (same `argument` as `span`). */
  readonly verbatim?: number;
  /** The whole word was quoted: an author who quotes means data. */
  readonly quoted?: boolean;
}

import { LIMITS } from "./limits.ts";
import type { Span } from "./span.ts";

export const EMPTY: Value = { kind: "exact", text: "" };

export function exact(text: string, from?: readonly NodeId[]): Value {
  return from && from.length > 0 ? { kind: "exact", text, from } : { kind: "exact", text };
}

export function unknown(by: Author, name?: string, from?: readonly NodeId[]): Value {
  const origin: Origin = name === undefined ? { by } : { by, name };
  return from && from.length > 0 ? { kind: "unknown", origin, from } : { kind: "unknown", origin };
}

/** One of several texts; a single one is exact, too many are unknown, chosen by the author. */
export function oneOf(texts: Iterable<string>, from?: readonly NodeId[]): Value {
  const distinct = [...new Set(texts)];
  const [first] = distinct;
  if (distinct.length === 1 && first !== undefined) return exact(first, from);
  if (distinct.length === 0 || distinct.length > LIMITS.alternatives) return unknown("author", undefined, from);
  return carry({ kind: "oneOf", texts: distinct }, from);
}

/** Joins pieces, merging neighbouring text; all text is exact, a lone plain hole is unknown. */
export function pattern(pieces: readonly Piece[], from?: readonly NodeId[]): Value {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (piece === "") continue;
    if (typeof piece === "string" && typeof last === "string") merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  const [first] = merged;
  if (first === undefined) return exact("", from);
  if (merged.length === 1 && typeof first === "string") return exact(first, from);
  if (merged.length === 1 && typeof first !== "string" && first.glob === undefined)
    return carry({ kind: "unknown", origin: first.origin }, from);
  return carry({ kind: "pattern", pieces: merged }, from);
}

/** Text that facts name: `~/x` lies in the caller's home, which a `~` among a program's arguments does not. */
export const spelledOut = (text: string): Value =>
  text.startsWith("~/") ? pattern([{ origin: { by: "operator", name: "HOME" } }, text.slice(1)]) : exact(text);

/** The same value, holding the data of these nodes as well. */
export function carry(value: Value, from: readonly NodeId[] | undefined): Value {
  if (!from || from.length === 0) return value;
  const all = value.from ? [...new Set([...value.from, ...from])] : from;
  // A spread that adds a property is slow, and this is called for every word.
  switch (value.kind) {
    case "exact":
      return { kind: "exact", text: value.text, from: all };
    case "oneOf":
      return { kind: "oneOf", texts: value.texts, from: all };
    case "pattern":
      return { kind: "pattern", pieces: value.pieces, from: all };
    case "unknown":
      return { kind: "unknown", origin: value.origin, from: all };
  }
}

export function piecesOf(value: Value): readonly Piece[] {
  switch (value.kind) {
    case "exact":
      return [value.text];
    case "oneOf":
      return [{ origin: { by: "author" } }];
    case "pattern":
      return value.pieces;
    case "unknown":
      return [{ origin: value.origin }];
  }
}

/** Every text the value may be, or undefined when there is a hole. */
export function textsOf(value: Value): readonly string[] | undefined {
  if (value.kind === "exact") return [value.text];
  return value.kind === "oneOf" ? value.texts : undefined;
}

export function exactText(value: Value | undefined): string | undefined {
  return value?.kind === "exact" ? value.text : undefined;
}

/** Applies a function to each text the value may be; holes make the result unknown. */
export function mapTexts(value: Value, f: (text: string) => string): Value {
  if (value.kind === "exact") return carry(exact(f(value.text)), value.from);
  if (value.kind === "oneOf") return carry(oneOf(value.texts.map(f)), value.from);
  return value.kind === "unknown"
    ? value
    : carry({ kind: "unknown", origin: originOf(value) ?? { by: "unsupported" } }, value.from);
}

/** Concatenation. Alternatives multiply up to the limit, then blur; so does text that doubles itself again and again. */
export function concat(values: readonly Value[]): Value {
  if (values.length === 1 && values[0]) return values[0];
  const plain = plainText(values);
  if (plain !== undefined && plain.length > LIMITS.joinedLength) return unknown("author");
  if (plain !== undefined) return { kind: "exact", text: plain };
  const from = values.some((value) => value.from) ? [...new Set(values.flatMap((v) => v.from ?? []))] : undefined;
  let texts: readonly string[] | undefined = [""];
  for (const value of values) {
    const next: readonly string[] | undefined = textsOf(value);
    if (!next || !texts || texts.length * next.length > LIMITS.alternatives) {
      texts = undefined;
      break;
    }
    const left: readonly string[] = texts;
    texts = next.length === 1 ? left.map((t) => t + next[0]) : left.flatMap((t) => next.map((n) => t + n));
  }
  if (texts?.some((text) => text.length > LIMITS.joinedLength)) return unknown("author", undefined, from);
  if (texts) return oneOf(texts, from);
  const pieces: Piece[] = [];
  for (const value of values) {
    for (const piece of piecesOf(value)) pieces.push(piece);
    if (pieces.length > LIMITS.pieces) {
      const origin = originOf(value);
      return unknown(origin?.by ?? "author", origin?.name, from);
    }
  }
  return pattern(pieces, from);
}

/** The usual case: all of it known, from nowhere else. */
function plainText(values: readonly Value[]): string | undefined {
  let text = "";
  for (const value of values) {
    if (value.kind !== "exact" || value.from) return undefined;
    text += value.text;
  }
  return text;
}

/** What is true on one path or the other. */
export function join(a: Value, b: Value): Value {
  const from = [...new Set([...(a.from ?? []), ...(b.from ?? [])])];
  const left = textsOf(a);
  const right = textsOf(b);
  if (left && right) return oneOf([...left, ...right], from);
  if (a.kind === "pattern" && b.kind === "pattern" && JSON.stringify(a.pieces) === JSON.stringify(b.pieces))
    return carry(a, from);
  return carry({ kind: "unknown", origin: originOf(a) ?? originOf(b) ?? { by: "author" } }, from);
}

/** The hole least under our control, by who chose it; undefined for known text. */
export function originOf(value: Value): Origin | undefined {
  if (value.kind === "unknown") return value.origin;
  if (value.kind === "oneOf") return { by: "author" };
  if (value.kind === "exact") return undefined;
  let worst: Origin | undefined;
  for (const piece of value.pieces) {
    if (typeof piece === "string") continue;
    if (!worst || RANK.indexOf(piece.origin.by) > RANK.indexOf(worst.by)) worst = piece.origin;
  }
  return worst;
}

/** From what we trust most to what we trust least. */
const RANK: readonly Author[] = ["author", "glob", "operator", "file", "input", "output", "unsupported", "network"];

/** The known text at the front. */
export function prefixOf(value: Value): string {
  if (value.kind === "exact") return value.text;
  if (value.kind === "oneOf") return commonPrefix(value.texts);
  if (value.kind === "unknown") return "";
  const first = value.pieces[0];
  return typeof first === "string" ? first : "";
}

function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] ?? "";
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

/** For people: known text as it is, holes as `$NAME`, `$(date)`, `*`, `?` or `…`. */
export function printValue(value: Value): string {
  if (value.kind === "exact") return value.text;
  if (value.kind === "oneOf")
    return value.texts.length <= 4 ? `{${value.texts.join(",")}}` : `{${value.texts.slice(0, 3).join(",")},…}`;
  return piecesOf(value).map(printPiece).join("");
}

function printPiece(piece: Piece): string {
  if (typeof piece === "string") return piece;
  if (piece.glob)
    return piece.glob === "char" ? (piece.set === undefined ? "?" : `[${piece.set}]`) : piece.glob === "star" ? "*" : "**";
  const { by, name } = piece.origin;
  if (name === undefined) return "…";
  return by === "operator" || by === "input" || by === "file" || by === "author"
    ? `$${name}`
    : by === "output" || by === "network"
      ? `$(${name})`
      : "…";
}
