import type { Knowledge } from "../knowledge/knowledge.ts";
import { type Chance, pick } from "./chance.ts";
import { renamed, reordered, sourceOf, unbundled } from "./option-rewrites.ts";
import { isPlain, type Piece, piecesOf } from "./plain-line.ts";

/** A way of writing the same command that nobody would call an attempt to hide something. */
export interface HarmlessRewrite {
  readonly name: string;
  /** Undefined if this line cannot be written so. */
  write(pieces: readonly Piece[], knowledge: Knowledge, chance: Chance): string | undefined;
}

export const HARMLESS_REWRITES: readonly HarmlessRewrite[] = [
  {
    name: "spacing",
    write: (pieces, _, chance) => {
      const gaps = [" ", "  ", "\t", "   "];
      const line = pieces.map((piece) => sourceOf(piece) + (pick(gaps, chance) ?? " ")).join("");
      return `${chance(2) === 0 ? " " : ""}${line.trimEnd()}${chance(2) === 0 ? "  " : ""}`;
    },
  },
  { name: "single quotes", write: (pieces, _, chance) => requoted(pieces, chance, (word) => `'${word}'`) },
  { name: "double quotes", write: (pieces, _, chance) => requoted(pieces, chance, (word) => `"${word}"`) },
  { name: "order of options", write: reordered },
  { name: "another name of an option", write: renamed },
  { name: "options apart", write: unbundled },
];

/** `rounds` harmless rewrites of a line, one over the other; fewer, or none, if it lends itself to no more. */
export function rewriteHarmlessly(
  text: string,
  rounds: number,
  knowledge: Knowledge,
  chance: Chance,
): { text: string; names: string[] } {
  const names: string[] = [];
  let written = text;
  for (let tries = 0; names.length < rounds && tries < rounds * 4; tries += 1) {
    const chosen = pick(HARMLESS_REWRITES, chance);
    const pieces = piecesOf(written);
    const next = chosen && pieces && pieces.length > 0 ? chosen.write(pieces, knowledge, chance) : undefined;
    if (!chosen || next === undefined || next === written) continue;
    written = next;
    names.push(chosen.name);
  }
  return { text: written, names };
}

/** One plain word in quotes; not one that is an assignment or an option before a value. */
function requoted(pieces: readonly Piece[], chance: Chance, quote: (word: string) => string): string | undefined {
  const places = pieces.flatMap((piece, at) => (piece.kind === "literal" && isPlain(piece.value) ? [at] : []));
  const at = pick(places, chance);
  if (at === undefined) return undefined;
  return pieces.map((piece, i) => (i === at && piece.kind === "literal" ? quote(piece.value) : sourceOf(piece))).join(" ");
}
