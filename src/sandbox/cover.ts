import type { Effect, EffectKind } from "../model/effect.ts";
import type { Invocation } from "../model/invocation.ts";
import { type Argument, type Piece, piecesOf, type Value } from "../model/value.ts";
import { WORLD } from "./template.ts";

/** Whether a text is one that the value may be. */
export function covers(value: Value, text: string): boolean {
  switch (value.kind) {
    case "exact":
      return isSame(value.text, text);
    case "oneOf":
      return value.texts.some((one) => isSame(one, text));
    case "unknown":
      return true;
    case "pattern":
      return fits(homed(value.pieces), text) || fits(rooted(value.pieces), text);
  }
}

/** Descriptors of process substitutions are numbered by whoever makes them. */
const isSame = (predicted: string, text: string): boolean =>
  predicted === text ||
  atHome(predicted) === text ||
  isTemplate(predicted, text) ||
  (predicted.startsWith("/dev/fd/") && text.startsWith("/dev/fd/"));

/** mktemp(1) puts letters for the X's. */
const isTemplate = (predicted: string, text: string): boolean =>
  predicted.endsWith("XXX") && text.length === predicted.length && text.startsWith(predicted.slice(0, predicted.indexOf("XXX")));

/** The home stays a `~` in what is predicted. */
const atHome = (text: string): string => (text === "~" || text.startsWith("~/") ? WORLD.home + text.slice(1) : text);

/** `$HOME` and `~` as their text. */
function homed(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece) => {
    if (typeof piece === "string") return atHome(piece);
    return piece.origin.name === "HOME" && piece.glob === undefined ? WORLD.home : piece;
  });
}

/** A variable of the operator's that begins a path may hold an absolute one, or nothing. */
function rooted([first, second, ...rest]: readonly Piece[]): readonly Piece[] {
  const begins = first === `${WORLD.cwd}/` && second !== undefined && typeof second !== "string" && second.glob === undefined;
  return begins ? [second, ...rest] : [first ?? "", ...(second === undefined ? [] : [second]), ...rest];
}

/** Pieces in their order, with anything in the gaps. */
function fits(pieces: readonly Piece[], text: string): boolean {
  let at = 0;
  let gap = false;
  for (const [i, piece] of pieces.entries()) {
    if (typeof piece !== "string") {
      gap = true;
      continue;
    }
    const last = i === pieces.length - 1;
    const found = !gap ? (text.startsWith(piece, at) ? at : -1) : last ? text.length - piece.length : text.indexOf(piece, at);
    if (found < at || !text.startsWith(piece, found)) return false;
    at = found + piece.length;
    gap = false;
  }
  return gap || at === text.length;
}

/** Whether the arguments may be those words: an argument of unknown count takes any number of them. */
export function coversWords(args: readonly Argument[], words: readonly string[]): boolean {
  // States: how many words may have been used up.
  let reached = new Set([0]);
  for (const { value, count } of args) {
    const next = new Set<number>();
    for (const used of reached) {
      const word = words[used];
      if (count === "one" || globs(value)) {
        if (word !== undefined && (count === "any" || covers(value, word) || globs(value))) next.add(used + 1);
      }
      if (count === "any") for (let more = used; more <= words.length; more++) next.add(more);
      else if (globs(value))
        for (let more = used; more <= words.length && (more === used || fitsGlob(value, words[more - 1])); more++) next.add(more);
    }
    reached = next;
  }
  return reached.has(words.length);
}

const globs = (value: Value): boolean =>
  value.kind === "pattern" && value.pieces.some((piece) => typeof piece !== "string" && piece.glob !== undefined);

const fitsGlob = (value: Value, word: string | undefined): boolean => word !== undefined && fits(piecesOf(value), word);

/** Whether what bash started is the predicted program with the predicted arguments. */
export function coversStart(invocation: Invocation, program: string, words: readonly string[]): boolean {
  const { program: predicted, args } = invocation;
  const base = program.slice(program.lastIndexOf("/") + 1);
  return (covers(predicted, program) || covers(predicted, base)) && coversWords(args, words);
}

const READS: ReadonlySet<EffectKind> = new Set([
  "read",
  "list",
  "execute",
  "load",
  "install",
  "write",
  "append",
  "create",
  "delete",
  "configure",
]);

/** Whether an effect says that this path may be read: it, what is under it, or a folder on the way to it. */
export function coversRead(effect: Effect, path: string): boolean {
  const { kind, on } = effect;
  if (!READS.has(kind) || on.kind !== "path") return false;
  for (let above = path; above !== ""; above = above.slice(0, above.lastIndexOf("/"))) if (covers(on.value, above)) return true;
  return covers(on.value, "/") || leadsTo(effect, path);
}

const leadsTo = ({ on }: Effect, path: string): boolean =>
  homed(piecesOf(on.value)).some((piece) => typeof piece === "string" && piece.startsWith(`${path}/`));

const CHANGES: ReadonlySet<EffectKind> = new Set(["write", "append", "create", "delete", "configure", "mount"]);

/** Whether an effect says that this path may be changed: it, what is under it, or for a new folder what is put into it. */
export function coversChange(effect: Effect, path: string): boolean {
  const { kind, on } = effect;
  if (!CHANGES.has(kind) || on.kind !== "path") return false;
  if (covers(on.value, path)) return true;
  for (let above = path; above !== ""; above = above.slice(0, above.lastIndexOf("/"))) if (covers(on.value, above)) return true;
  return leadsTo(effect, path);
}
