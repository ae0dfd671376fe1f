import type { Knowledge } from "../knowledge/knowledge.ts";
import { DECISIONS, type Verdict } from "../model/finding.ts";
import type { Case } from "./case.ts";
import { type Chance, chanceFrom } from "./chance.ts";
import { COMMAND_REWRITES, WRAPPERS } from "./command-rewrites.ts";
import { HARMLESS_REWRITES, rewriteHarmlessly } from "./harmless-rewrites.ts";
import { piecesOf, quoted } from "./plain-line.ts";
import { keeps, rewrite, rewriteCommand, rewriteWord } from "./rewrites.ts";
import { WORD_REWRITES } from "./word-rewrites.ts";

export interface Mutation {
  /** Rewrites of each case; fewer of one that lends itself to no more. */
  readonly count: number;
  readonly seed: number;
}

/** What came of the rewrites of one case. */
export interface Mutated {
  readonly tried: number;
  /** Rewrites whose verdict is not what it has to be. */
  readonly wrong: number;
  /** The smallest of these. */
  readonly worst: Rewritten | undefined;
}

export interface Rewritten {
  readonly text: string;
  /** What was done, the first first. */
  readonly names: readonly string[];
  readonly verdict: Verdict;
}

/** Judges a shell string in the case's place. */
type Judge = (command: string) => Verdict;

const NONE: Mutated = { tried: 0, wrong: 0, worst: undefined };

/**
 * An attack written otherwise must be judged at least as strictly, an everyday command that is written in another ordinary way must
 * stay allowed. The same seed gives the same rewrites.
 */
export function mutate(given: Case, verdict: Verdict, judge: Judge, mutation: Mutation, knowledge: Knowledge): Mutated {
  const text = textOf(given);
  if (text === undefined || given.expect.knownMiss !== undefined || (given.context.shell ?? "bash") !== "bash") return NONE;
  // An argv array as a shell string is a rewrite already; where that alone changes the verdict there is nothing to compare with.
  const before = judge(text).decision;
  if (before !== verdict.decision && "argv" in given.input) return NONE;
  const chance = chanceFrom(mutation.seed + hash(`${given.suite}\0${given.name}`));
  if (before === "allow") return everyday(text, judge, mutation, knowledge, chance);
  return attack(text, { ...verdict, decision: before }, judge, mutation, knowledge, chance);
}

/** Every other rewrite begins with a harmless one, as the options may be spelled otherwise too. */
function attack(
  text: string,
  verdict: Verdict,
  judge: Judge,
  { count }: Mutation,
  knowledge: Knowledge,
  chance: Chance,
): Mutated {
  const isWrong = ({ decision }: Verdict): boolean => DECISIONS.indexOf(decision) < DECISIONS.indexOf(verdict.decision);
  const found = tryOut(count, judge, isWrong, (i) => {
    const first = i % 2 === 0 ? { text, names: [] } : rewriteHarmlessly(text, 1, knowledge, chance);
    const written = rewrite(first.text, 1 + (i % 3), chance(2 ** 31));
    return keeps(written, verdict) ? { text: written.text, names: [...first.names, ...written.names] } : undefined;
  });
  return { ...found, worst: found.worst && shrink(text, found.worst, judge, isWrong, knowledge) };
}

function everyday(text: string, judge: Judge, { count }: Mutation, knowledge: Knowledge, chance: Chance): Mutated {
  return tryOut(
    count,
    judge,
    ({ decision }) => decision !== "allow",
    (i) => rewriteHarmlessly(text, 1 + (i % 3), knowledge, chance),
  );
}

type Write = (i: number) => { readonly text: string; readonly names: readonly string[] } | undefined;

function tryOut(count: number, judge: Judge, isWrong: (verdict: Verdict) => boolean, write: Write): Mutated {
  const seen = new Set<string>();
  let wrong = 0;
  let worst: Rewritten | undefined;
  for (let i = 0; seen.size < count && i < count * 2; i += 1) {
    const written = write(i);
    if (!written || written.names.length === 0 || seen.has(written.text)) continue;
    seen.add(written.text);
    const verdict = judge(written.text);
    if (!isWrong(verdict)) continue;
    wrong += 1;
    if (!worst || isSmaller(written, worst)) worst = { ...written, verdict };
  }
  return { tried: seen.size, wrong, worst };
}

type Sized = Pick<Rewritten, "text" | "names">;

const isSmaller = (a: Sized, b: Sized): boolean =>
  a.names.length < b.names.length || (a.names.length === b.names.length && a.text.length < b.text.length);

/** Fewer of the same rewrites that do it too, at one place or another. */
function shrink(
  text: string,
  worst: Rewritten,
  judge: Judge,
  isWrong: (verdict: Verdict) => boolean,
  knowledge: Knowledge,
): Rewritten {
  for (const names of fewer(worst.names)) {
    for (let seed = 1; seed <= PLACES; seed += 1) {
      const written = writeAs(text, names, knowledge, chanceFrom(seed));
      const verdict = written === undefined ? undefined : judge(written);
      if (written !== undefined && verdict && isWrong(verdict)) return { text: written, names, verdict };
    }
  }
  return worst;
}

const PLACES = 8;

/** Each alone, then all but one. */
function fewer(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length < 2) return [];
  const alone = names.map((name) => [name]);
  return names.length < 3 ? alone : [...alone, ...names.map((_, at) => names.filter((_, i) => i !== at))];
}

function writeAs(text: string, names: readonly string[], knowledge: Knowledge, chance: Chance): string | undefined {
  return names.reduce<string | undefined>((written, name) => {
    if (written === undefined) return undefined;
    const word = WORD_REWRITES.find((by) => by.name === name);
    if (word) return rewriteWord(written, word, chance);
    const harmless = HARMLESS_REWRITES.find((by) => by.name === name);
    const pieces = harmless && piecesOf(written);
    if (harmless) return pieces && harmless.write(pieces, knowledge, chance);
    const command = [...COMMAND_REWRITES, ...WRAPPERS].find((by) => by.name === name);
    return command && rewriteCommand(written, command, chance);
  }, text);
}

function textOf({ input }: Case): string | undefined {
  if ("command" in input) return input.command;
  return input.argv.every((word) => !word.includes("\0")) ? input.argv.map(quoted).join(" ") : undefined;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
