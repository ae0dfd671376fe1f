import type { Lexis } from "./scanner.ts";

/** How one language's tokens make expressions. */
export interface Grammar {
  readonly language: string;
  readonly lexis: Lexis;
  /** Blocks run from a keyword to `end`. */
  readonly ends: boolean;
  /** `system "x"`: a name and its arguments need no parentheses. */
  readonly commands: boolean;
  /** `f "x"`, `f{…}` without parentheses, for one text or table only. */
  readonly literalCalls: boolean;
  /** Signs and words between two operands, by how tightly they bind; assignments are apart. */
  readonly operators: ReadonlyMap<string, number>;
  /** Signs before the name of a member. */
  readonly dots: ReadonlySet<string>;
  /** Words before a statement that say nothing here: `my`, `public`. */
  readonly noise: ReadonlySet<string>;
  /** `if`, `while`, … and whether they repeat. */
  readonly compounds: ReadonlyMap<string, boolean>;
  readonly functions: ReadonlySet<string>;
  /** `{` after one of these is a block that is its first argument: Perl's `map`. */
  readonly blockTakers: ReadonlySet<string>;
  /** The first argument may be a handle without a comma: Perl's `print`. */
  readonly handleTakers: ReadonlySet<string>;
  /** Called without parentheses by its name alone, with at most one argument. */
  readonly unaries: ReadonlySet<string>;
  /** `use`, `require`: what follows is a module, up to the end of the statement. */
  readonly modules: ReadonlySet<string>;
}

const COMMON: readonly (readonly [string, number])[] = [
  ["?", 30],
  ["||", 50],
  ["//", 50],
  ["??", 50],
  ["&&", 60],
  ["|", 70],
  ["^", 70],
  ["&", 80],
  ["==", 90],
  ["!=", 90],
  ["~=", 90],
  ["===", 90],
  ["!==", 90],
  ["<=>", 90],
  ["<", 100],
  [">", 100],
  ["<=", 100],
  [">=", 100],
  ["<<", 110],
  [">>", 110],
  ["+", 120],
  ["-", 120],
  ["*", 130],
  ["/", 130],
  ["%", 130],
  ["**", 140],
  ["=~", 150],
  ["!~", 150],
];
const MODIFIERS: readonly (readonly [string, number])[] = [
  "if",
  "unless",
  "while",
  "until",
  "for",
  "foreach",
  "rescue",
  "or",
  "and",
  "xor",
].map((word) => [word, 5]);

const WORDS = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const NONE: ReadonlySet<string> = new Set();

type Kept = Omit<Grammar, "language" | "lexis">;

export const PERL_GRAMMAR: Kept = {
  ends: false,
  commands: true,
  literalCalls: false,
  operators: new Map([
    ...COMMON,
    ...MODIFIERS,
    [".", 120],
    ["x", 130],
    ["..", 40],
    ["...", 40],
    ...["eq", "ne", "cmp"].map((op): [string, number] => [op, 90]),
    ...["lt", "gt", "le", "ge"].map((op): [string, number] => [op, 100]),
  ]),
  dots: WORDS("->"),
  noise: WORDS("my our local state package"),
  compounds: new Map([
    ["if", false],
    ["unless", false],
    ["elsif", false],
    ["while", true],
    ["until", true],
    ["else", false],
    ["BEGIN", false],
    ["END", false],
    ["INIT", false],
    ["given", false],
    ["when", false],
  ]),
  functions: WORDS("sub"),
  blockTakers: WORDS("map grep sort first any all none sum max min uniq eval do try catch finally reduce"),
  handleTakers: WORDS("print printf say exec system"),
  unaries: WORDS(
    "shift pop chr ord lc uc lcfirst ucfirst length defined ref scalar hex oct int abs sqrt quotemeta rmdir chdir chroot readlink readline close lstat stat umask sleep localtime gmtime exit undef eval require exists delete each keys values fileno",
  ),
  modules: WORDS("use no require"),
};

export const RUBY_GRAMMAR: Kept = {
  ends: true,
  commands: true,
  literalCalls: false,
  operators: new Map([...COMMON, ...MODIFIERS, ["..", 40], ["...", 40], ["in", 5]]),
  dots: WORDS(". &. ::"),
  noise: WORDS("private public protected then"),
  compounds: new Map([
    ["if", false],
    ["unless", false],
    ["while", true],
    ["until", true],
    ["begin", false],
    ["case", false],
    ["class", false],
    ["module", false],
    ["do", false],
    ["BEGIN", false],
    ["END", false],
  ]),
  functions: WORDS("def"),
  blockTakers: NONE,
  handleTakers: NONE,
  unaries: NONE,
  modules: NONE,
};

export const PHP_GRAMMAR: Kept = {
  ends: false,
  commands: false,
  literalCalls: false,
  operators: new Map([...COMMON, [".", 120], ["or", 5], ["and", 5], ["xor", 5], ["as", 10], ["instanceof", 95]]),
  dots: WORDS("-> ?-> ::"),
  noise: WORDS("public private protected static global const var final abstract readonly try"),
  compounds: new Map([
    ["if", false],
    ["elseif", false],
    ["else", false],
    ["while", true],
    ["for", true],
    ["switch", false],
    ["do", true],
    ["catch", false],
    ["finally", false],
    ["declare", false],
    ["class", false],
    ["interface", false],
    ["trait", false],
    ["namespace", false],
    ["match", false],
  ]),
  functions: WORDS("function fn"),
  blockTakers: NONE,
  handleTakers: NONE,
  unaries: WORDS("echo print include include_once require require_once return throw clone exit die yield"),
  modules: WORDS("use"),
};

export const LUA_GRAMMAR: Kept = {
  ends: true,
  commands: false,
  literalCalls: true,
  operators: new Map([...COMMON, ["..", 115], ["or", 50], ["and", 60]]),
  dots: WORDS(". :"),
  noise: WORDS("local then goto"),
  compounds: new Map([
    ["if", false],
    ["while", true],
    ["repeat", true],
    ["do", false],
  ]),
  functions: WORDS("function"),
  blockTakers: NONE,
  handleTakers: NONE,
  unaries: WORDS("return"),
  modules: NONE,
};

export const ASSIGNMENTS: ReadonlySet<string> = new Set([
  "=",
  "+=",
  "-=",
  "*=",
  "/=",
  ".=",
  "%=",
  "x=",
  "||=",
  "&&=",
  "//=",
  "??=",
  "**=",
  "|=",
  "&=",
  "^=",
  "<<=",
  ">>=",
]);
