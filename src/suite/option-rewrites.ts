import type { CommandSpec, OptionSpec } from "../knowledge/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { type Chance, pick } from "./chance.ts";
import { type Piece, quoted } from "./plain-line.ts";

export const sourceOf = (piece: Piece): string => (piece.kind === "literal" ? quoted(piece.value) : piece.text);

/** A word that is an option of the command it stands in, and only options before it. */
interface Place {
  readonly at: number;
  readonly spec: CommandSpec;
  readonly option: OptionSpec;
}

/** Two neighbouring options without arguments change places. */
export function reordered(pieces: readonly Piece[], knowledge: Knowledge, chance: Chance): string | undefined {
  const flags = new Map(optionsIn(pieces, knowledge).flatMap(({ at, option }) => (isFlag(option) ? [[at, option]] : [])));
  const at = pick(
    [...flags.keys()].filter((place) => flags.has(place + 1) && !areOpposite(wordAt(pieces, place), wordAt(pieces, place + 1))),
    chance,
  );
  if (at === undefined) return undefined;
  return [...pieces.slice(0, at), ...pieces.slice(at, at + 2).reverse(), ...pieces.slice(at + 2)].map(sourceOf).join(" ");
}

/** An option by another of its names: `-r` is `--recursive`. */
export function renamed(pieces: readonly Piece[], knowledge: Knowledge, chance: Chance): string | undefined {
  const place = pick(
    optionsIn(pieces, knowledge).filter(({ option }) => option.names.length > 1 && !option.args.some(({ optional }) => optional)),
    chance,
  );
  if (!place) return undefined;
  const now = wordAt(pieces, place.at);
  const other = pick(
    place.option.names.filter((name) => name !== now && /^-/.test(name)),
    chance,
  );
  return other === undefined ? undefined : replaced(pieces, place.at, [other]);
}

/** `-rf` is `-r -f`. */
export function unbundled(pieces: readonly Piece[], knowledge: Knowledge, chance: Chance): string | undefined {
  const at = pick(
    pieces.flatMap((_, place) => (isBundle(pieces, place, knowledge) ? [place] : [])),
    chance,
  );
  if (at === undefined) return undefined;
  return replaced(
    pieces,
    at,
    Array.from(wordAt(pieces, at).slice(1), (letter) => `-${letter}`),
  );
}

function replaced(pieces: readonly Piece[], at: number, words: readonly string[]): string {
  return pieces.flatMap((piece, i) => (i === at ? words.map(quoted) : [sourceOf(piece)])).join(" ");
}

function isBundle(pieces: readonly Piece[], at: number, knowledge: Knowledge): boolean {
  const word = wordAt(pieces, at);
  const spec = /^-[A-Za-z]{2,}$/.test(word) ? specBefore(pieces, at, knowledge) : undefined;
  if (!spec || optionOf(spec, word)) return false;
  return Array.from(word.slice(1)).every((letter) => {
    const option = optionOf(spec, `-${letter}`);
    return option !== undefined && isFlag(option);
  });
}

function optionsIn(pieces: readonly Piece[], knowledge: Knowledge): readonly Place[] {
  return pieces.flatMap((_, at) => {
    const spec = wordAt(pieces, at).startsWith("-") ? specBefore(pieces, at, knowledge) : undefined;
    const option = spec && optionOf(spec, wordAt(pieces, at));
    return spec && option ? [{ at, spec, option }] : [];
  });
}

/** The facts of the command that a word belongs to, if all between its program and the word is options of it. */
function specBefore(pieces: readonly Piece[], at: number, knowledge: Knowledge): CommandSpec | undefined {
  let start = at;
  while (start > 0 && pieces[start - 1]?.kind === "literal") start -= 1;
  const [program, ...words] = pieces.slice(start, at).map((piece) => (piece.kind === "literal" ? piece.value : ""));
  let spec = program === undefined ? undefined : knowledge.command(program);
  let rest: readonly string[] = words;
  while (spec?.subcommands && rest[0] !== undefined && Object.hasOwn(spec.subcommands, rest[0])) {
    spec = spec.subcommands[rest[0]];
    rest = rest.slice(1);
  }
  const known = spec;
  if (!known || (known.mode !== "interspersed" && known.mode !== "options-first") || known.bundleFirst) return undefined;
  return rest.every((word) => word.startsWith("-") && isFlag(optionOf(known, word))) ? known : undefined;
}

const optionOf = (spec: CommandSpec, word: string): OptionSpec | undefined =>
  spec.options.find(({ names }) => names.includes(word));

const isFlag = (option: OptionSpec | undefined): boolean => option !== undefined && option.args.length === 0;

function wordAt(pieces: readonly Piece[], at: number): string {
  const piece = pieces[at];
  return piece?.kind === "literal" ? piece.value : "";
}

/** `--color` and `--no-color`: the later one counts. */
const areOpposite = (a: string, b: string): boolean => a === b || a.replace("--no-", "--") === b.replace("--no-", "--");
