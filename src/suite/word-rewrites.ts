import { type Chance, freshName } from "./chance.ts";
import { isPlain, quoted } from "./plain-line.ts";

/** A word written otherwise: what has to run before, and what stands where the word stood. */
export interface Rewritten {
  readonly before: string;
  readonly word: string;
}

export interface WordRewrite {
  readonly name: string;
  /** Undefined if this word cannot be written so. */
  write(word: string, chance: Chance): Rewritten | undefined;
}

const inPlace = (word: string): Rewritten => ({ before: "", word });

function escaped(word: string, written: (code: number) => string): Rewritten {
  return inPlace(`$'${Array.from(word, (char) => written(char.charCodeAt(0))).join("")}'`);
}

/** Where to cut a word of two characters or more in two. */
function halves(word: string, chance: Chance): readonly [string, string] | undefined {
  if (word.length < 2) return undefined;
  const at = 1 + chance(word.length - 1);
  return [word.slice(0, at), word.slice(at)];
}

/** A variable that holds the word, or what becomes it. */
function held(chance: Chance, value: string, use: (name: string) => string): Rewritten {
  const name = freshName(chance);
  return { before: `${name}=${quoted(value)}`, word: use(name) };
}

/** Ways in which bash comes to the same word; each was resolved so by real bash. Words are printable ASCII. */
export const WORD_REWRITES: readonly WordRewrite[] = [
  { name: "hex", write: (word) => escaped(word, (code) => `\\x${code.toString(16).padStart(2, "0")}`) },
  { name: "octal", write: (word) => escaped(word, (code) => `\\${code.toString(8).padStart(3, "0")}`) },
  { name: "unicode", write: (word) => escaped(word, (code) => `\\u${code.toString(16).padStart(4, "0")}`) },
  {
    name: "splice",
    write: (word, chance) => {
      const cut = halves(word, chance);
      return cut && inPlace(cut.map(quoted).join(["''", '""', "$''"][chance(3)]));
    },
  },
  {
    name: "line continuation",
    write: (word, chance) => {
      const cut = halves(word, chance);
      return cut && isPlain(word) ? inPlace(cut.join("\\\n")) : undefined;
    },
  },
  {
    name: "two variable halves",
    write: (word, chance) => {
      const cut = halves(word, chance);
      const [a, b] = [freshName(chance), freshName(chance)];
      return cut && a !== b ? { before: `${a}=${quoted(cut[0])} ${b}=${quoted(cut[1])}`, word: `"$${a}$${b}"` } : undefined;
    },
  },
  { name: "default", write: (word, chance) => (isPlain(word) ? inPlace(`"\${${freshName(chance)}:-${word}}"`) : undefined) },
  {
    name: "substring",
    write: (word, chance) => held(chance, `zz${word}z`, (name) => `"\${${name}:2:${word.length}}"`),
  },
  { name: "prefix removed", write: (word, chance) => held(chance, `Q7Q${word}`, (name) => `"\${${name}#Q7Q}"`) },
  {
    name: "replace",
    write: (word, chance) => {
      const cut = word.includes("Q7Q") ? undefined : halves(word, chance);
      return cut && held(chance, cut.join("Q7Q"), (name) => `"\${${name}/Q7Q/}"`);
    },
  },
  {
    name: "indirect",
    write: (word, chance) => {
      const [a, b] = [freshName(chance), freshName(chance)];
      return a === b ? undefined : { before: `${a}=${quoted(word)} ${b}=${a}`, word: `"\${!${b}}"` };
    },
  },
  {
    name: "nameref",
    write: (word, chance) => {
      const [a, b] = [freshName(chance), freshName(chance)];
      return a === b ? undefined : { before: `${a}=${quoted(word)}; declare -n ${b}=${a}`, word: `"$${b}"` };
    },
  },
  {
    name: "printf -v",
    write: (word, chance) => {
      const name = freshName(chance);
      return { before: `printf -v ${name} %s ${quoted(word)}`, word: `"$${name}"` };
    },
  },
  {
    name: "read",
    write: (word, chance) => {
      const name = freshName(chance);
      return { before: `IFS= read -r ${name} <<< ${quoted(word)}`, word: `"$${name}"` };
    },
  },
  {
    name: "array",
    write: (word, chance) => {
      const name = freshName(chance);
      return { before: `${name}=(z ${quoted(word)})`, word: `"\${${name}[1]}"` };
    },
  },
  { name: "substitution", write: (word) => inPlace(`"$(printf %s ${quoted(word)})"`) },
  { name: "back-ticks", write: (word) => (isPlain(word) ? inPlace(`"\`printf %s ${word}\`"`) : undefined) },
  {
    name: "case change",
    write: (word, chance) =>
      word === word.toLowerCase() ? held(chance, word.toUpperCase(), (name) => `"\${${name},,}"`) : undefined,
  },
];
