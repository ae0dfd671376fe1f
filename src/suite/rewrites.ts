import type { Verdict } from "../model/finding.ts";
import { type Chance, chanceFrom, pick } from "./chance.ts";
import { COMMAND_REWRITES, type CommandRewrite, WRAPPERS } from "./command-rewrites.ts";
import { type Piece, piecesOf, quoted, wordsOf } from "./plain-line.ts";
import { WORD_REWRITES, type WordRewrite } from "./word-rewrites.ts";

export interface Rewrite {
  readonly text: string;
  /** What was done, the first first. */
  readonly names: readonly string[];
  /** Something runs on another machine or in a container: the same argv, other effects. */
  readonly elsewhere: boolean;
  /** What the command prints reaches nobody. */
  readonly silent: boolean;
  /** The command reads nothing. */
  readonly deaf: boolean;
}

/** Whether all that led to the verdict is still there when the command is written so. */
export function keeps({ elsewhere, silent, deaf }: Rewrite, { flows, effects }: Pick<Verdict, "flows" | "effects">): boolean {
  if (elsewhere) return false;
  if (silent && flows.some(({ from, to }) => to.kind === "caller" && from.kind !== "data" && from.kind !== "process"))
    return false;
  return !deaf || !(flows.some(({ from }) => from.kind === "input") || effects.some(({ attributes }) => attributes.interactive));
}

/** Commands that act on the shell they run in: in a process of their own they come to nothing. */
const OWN_SHELL = new Set(
  "alias bind cd command complete coproc declare dirs disown enable eval exec exit export fc hash history jobs kill local popd pushd read readonly return set shift shopt source suspend time times trap type typeset ulimit umask unalias unset wait .".split(
    " ",
  ),
);

/** `depth` rewrites of a command, one over the other, as the seed has it. Fewer, or none, if the command lends itself to no more. */
export function rewrite(text: string, depth: number, seed: number): Rewrite {
  const chance = chanceFrom(seed);
  const steps: Step[] = [];
  const commands = [...COMMAND_REWRITES, ...WRAPPERS].filter((by) => !by.apart || !actsOnItsShell(text));
  for (let tries = 0; steps.length < depth && tries < depth * 8; tries += 1) {
    const written = steps.at(-1)?.text ?? text;
    const others = commands.filter(({ name }) => name !== "trap" || !steps.some(({ by }) => by.name === name));
    const step = chance(2) === 0 ? wordStep(written, chance) : commandStep(written, others, chance);
    if (step) steps.push(step);
  }
  const isAny = (flag: "elsewhere" | "silent" | "deaf"): boolean => steps.some(({ by }) => by[flag] === true);
  return {
    text: steps.at(-1)?.text ?? text,
    names: steps.map(({ by }) => by.name),
    elsewhere: isAny("elsewhere"),
    silent: isAny("silent"),
    deaf: isAny("deaf"),
  };
}

interface Step {
  readonly text: string;
  readonly by: Pick<CommandRewrite, "name" | "elsewhere" | "silent" | "deaf">;
}

function commandStep(text: string, commands: readonly CommandRewrite[], chance: Chance): Step | undefined {
  const by = pick(commands, chance);
  const written = by && rewriteCommand(text, by, chance);
  return by && written !== undefined ? { text: written, by } : undefined;
}

function wordStep(text: string, chance: Chance): Step | undefined {
  const by = pick(WORD_REWRITES, chance);
  const written = by && rewriteWord(text, by, chance);
  return by && written !== undefined ? { text: written, by: { name: by.name } } : undefined;
}

/** Undefined if the command cannot be written so, or would mean something else. */
export function rewriteCommand(text: string, by: CommandRewrite, chance: Chance): string | undefined {
  // Positional parameters and unfinished lines belong to the text around them; a trap set while one runs is never run.
  if (/\$[{(]*[0-9@*#!]|[\\&;]\s*$|\bset\b|\bshift\b|\breturn\b|\bBASH_|\$\$|!!|\btrap\b|\0/.test(text)) return undefined;
  return by.write(text, wordsOf(text), chance);
}

/** True for some that do not, such as `echo read`. */
export function actsOnItsShell(text: string): boolean {
  return text.split(/[^\w.=-]+/).some((word) => OWN_SHELL.has(word) || /^[A-Z_]+=/.test(word));
}

/** One word of the line written otherwise; undefined if the line has none that can be. */
export function rewriteWord(text: string, by: WordRewrite, chance: Chance): string | undefined {
  const pieces = piecesOf(text);
  const places = pieces?.flatMap((piece, at) => (isRewritable(piece) ? [at] : [])) ?? [];
  const at = pick(places, chance);
  const piece = at === undefined ? undefined : pieces?.[at];
  if (!pieces || piece?.kind !== "literal") return undefined;
  const written = by.write(piece.value, chance);
  if (!written) return undefined;
  const line = pieces.map((other, i) => (i === at ? written.word : sourceOf(other))).join(" ");
  return written.before === "" ? line : `${written.before}; ${line}`;
}

const isRewritable = (piece: Piece): boolean => piece.kind === "literal" && /^[\x20-\x7e]+$/.test(piece.value);

const sourceOf = (piece: Piece): string => (piece.kind === "literal" ? quoted(piece.value) : piece.text);
