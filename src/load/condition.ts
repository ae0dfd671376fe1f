import type { Condition, Term } from "../knowledge/command.ts";
import { nearest, suggest } from "./nearest.ts";

type Clause = Condition[number];
type SignedTerm = Clause[number];
type Expression =
  | { readonly term: Term }
  | { readonly not: Expression }
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] };

/** What a condition's words may mean. */
export interface Words {
  /** The first name of an option, however it is spelt; `undefined`, said by `complain`, if there is none. */
  option(name: string): string | undefined;
  argument(name: string): boolean;
  complain(message: string): void;
}

export const ALWAYS: Condition = [[]];
export const ARGUMENT = /^[A-Z][A-Z0-9_-]*$/;
const NATURES = ["remote", "url", "dash", "local", "assignment"] as const;
const KEYWORDS: ReadonlySet<string> = new Set(["and", "or", "not", "is", "=", "(", ")"]);
/** Clauses that one condition may come to. */
const MOST = 64;

/** `-c and not NAME is remote`, `METHOD = DELETE|PUT`; several texts mean any. `undefined` after a complaint. */
export function compileCondition(texts: readonly string[], words: Words): Condition | undefined {
  const clauses: Clause[] = [];
  for (const text of texts) {
    const reader = new Reader(text, words);
    const expression = reader.whole();
    if (!expression) return undefined;
    clauses.push(...normalise(expression, false));
  }
  if (clauses.length <= MOST) return clauses;
  words.complain(`the condition comes to ${clauses.length} alternatives; write several statements`);
  return undefined;
}

/** Recursive descent over blank-separated words. */
class Reader {
  private readonly tokens: readonly string[];
  private readonly text: string;
  private readonly words: Words;
  private at = 0;

  constructor(text: string, words: Words) {
    this.text = text;
    this.words = words;
    this.tokens = text
      .replaceAll("(", " ( ")
      .replaceAll(")", " ) ")
      .split(/\s+/)
      .filter((token) => token !== "");
  }

  whole(): Expression | undefined {
    const expression = this.any();
    if (!expression || this.at === this.tokens.length) return expression;
    return this.fail(`"${this.tokens[this.at]}" where "and" or "or" was expected`);
  }

  private any(): Expression | undefined {
    return this.chain(
      "or",
      () =>
        this.chain(
          "and",
          () => this.one(),
          (all) => ({ all }),
        ),
      (any) => ({ any }),
    );
  }

  private chain(
    word: string,
    part: () => Expression | undefined,
    join: (parts: Expression[]) => Expression,
  ): Expression | undefined {
    const parts: Expression[] = [];
    do {
      const next = part();
      if (!next) return undefined;
      parts.push(next);
    } while (this.take(word));
    return parts.length === 1 ? parts[0] : join(parts);
  }

  private one(): Expression | undefined {
    if (this.take("not")) {
      const inner = this.one();
      return inner && { not: inner };
    }
    if (this.take("(")) {
      const inner = this.any();
      return inner && (this.take(")") ? inner : this.fail('")" is missing'));
    }
    const word = this.tokens[this.at];
    if (word === undefined || KEYWORDS.has(word))
      return this.fail(`${word === undefined ? "the end" : `"${word}"`} where an option or a NAME was expected`);
    this.at++;
    return ARGUMENT.test(word) ? this.argument(word) : this.option(word);
  }

  private argument(argument: string): Expression | undefined {
    if (!this.words.argument(argument)) return undefined;
    if (this.take("is")) {
      const word = this.tokens[this.at++] ?? "";
      const is = NATURES.find((nature) => nature === word);
      return is ? { term: { argument, is } } : this.fail(`"${word}" is no nature of an argument${suggest(word, NATURES)}`);
    }
    if (!this.take("=")) return { term: { argument } };
    const value = this.tokens[this.at++];
    return value === undefined ? this.fail('a value is missing after "="') : { term: { argument, equals: value.split("|") } };
  }

  private option(word: string): Expression | undefined {
    if (/^-[^=]*=./.test(word)) return this.fail(`"${word}": compare the option's argument instead, as in NAME = value`);
    const near = /^[a-z]+$/.test(word) ? nearest(word, KEYWORDS) : undefined;
    if (near !== undefined) return this.fail(`"${word}"; did you mean "${near}"?`);
    const option = this.words.option(word);
    return option === undefined ? undefined : { term: { option } };
  }

  private take(word: string): boolean {
    if (this.tokens[this.at] !== word) return false;
    this.at++;
    return true;
  }

  private fail(message: string): undefined {
    this.words.complain(`condition "${this.text}": ${message}`);
    return undefined;
  }
}

/** Disjunctive normal form. */
function normalise(expression: Expression, negated: boolean): Clause[] {
  if ("term" in expression) return [[signed(expression.term, negated)]];
  if ("not" in expression) return normalise(expression.not, !negated);
  const parts = "all" in expression ? expression.all : expression.any;
  if ("any" in expression !== negated) return parts.flatMap((part) => normalise(part, negated));
  return parts.reduce<Clause[]>(
    (clauses, part) => {
      const next = normalise(part, negated);
      return clauses.length * next.length > 4 * MOST
        ? clauses
        : clauses.flatMap((clause) => next.map((more) => [...clause, ...more]));
    },
    [[]],
  );
}

const signed = (term: Term, negated: boolean): SignedTerm => (negated ? { ...term, not: true } : term);
