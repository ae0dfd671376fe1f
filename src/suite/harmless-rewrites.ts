import type { CommandSpec } from "../knowledge/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { type Chance, pick } from "./chance.ts";
import { isPlain, type Piece, piecesOf, quoted } from "./plain-line.ts";

/** A way of writing the same command that nobody would call an attempt to hide something. */
export interface HarmlessRewrite {
  readonly name: string;
  /** Undefined if this line cannot be written so. */
  write(pieces: readonly Piece[], knowledge: Knowledge, chance: Chance): string | undefined;
}

const sourceOf = (piece: Piece): string => (piece.kind === "literal" ? quoted(piece.value) : piece.text);

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
  { name: "order of options", write: (pieces, knowledge, chance) => reordered(pieces, knowledge, chance) },
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

/** Two neighbouring options without arguments change places. */
function reordered(pieces: readonly Piece[], knowledge: Knowledge, chance: Chance): string | undefined {
  const places = pieces.flatMap((_, at) => (areSwappable(pieces, at, knowledge) ? [at] : []));
  const at = pick(places, chance);
  const [first, second] = at === undefined ? [] : [pieces[at], pieces[at + 1]];
  if (at === undefined || !first || !second) return undefined;
  return [...pieces.slice(0, at), second, first, ...pieces.slice(at + 2)].map(sourceOf).join(" ");
}

function areSwappable(pieces: readonly Piece[], at: number, knowledge: Knowledge): boolean {
  const [first, second] = [pieces[at], pieces[at + 1]];
  if (first?.kind !== "literal" || second?.kind !== "literal" || first.value === second.value) return false;
  const spec = specBefore(pieces, at, knowledge);
  return spec !== undefined && isFlag(spec, first.value) && isFlag(spec, second.value) && !areOpposite(first.value, second.value);
}

/** The facts of the command that a piece belongs to, if the pieces between are all options of the program itself. */
function specBefore(pieces: readonly Piece[], at: number, knowledge: Knowledge): CommandSpec | undefined {
  let start = at;
  while (start > 0 && pieces[start - 1]?.kind === "literal") start -= 1;
  const words = pieces.slice(start, at).map((piece) => (piece.kind === "literal" ? piece.value : ""));
  let spec = words[0] === undefined ? undefined : knowledge.command(words[0]);
  let rest = words.slice(1);
  while (spec?.subcommands && rest[0] !== undefined && Object.hasOwn(spec.subcommands, rest[0])) {
    spec = spec.subcommands[rest[0]];
    rest = rest.slice(1);
  }
  const known = spec;
  if (!known || (known.mode !== "interspersed" && known.mode !== "options-first")) return undefined;
  return rest.every((word) => isFlag(known, word)) ? known : undefined;
}

const isFlag = (spec: CommandSpec, word: string): boolean =>
  word.startsWith("-") && spec.options.some(({ names, args }) => args.length === 0 && names.includes(word));

/** `--color` and `--no-color`: the later one counts. */
const areOpposite = (a: string, b: string): boolean => a.replace("--no-", "--") === b.replace("--no-", "--");
