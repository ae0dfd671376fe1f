import type { Span } from "../model/span.ts";
import { type Argument, exact, pattern, textsOf, unknown, type Value } from "../model/value.ts";
import type { Arithmetic, Part, Word } from "../syntax/ast.ts";
import { arithmeticValue, evaluateText } from "./arithmetic.ts";
import { expandBraces } from "./braces.ts";
import { joint, split } from "./fields.ts";
import { type Fragment, joined, within } from "./fragments.ts";
import { holes, isGlob, unitsOf } from "./globs.ts";
import { fragmentsOf } from "./parts.ts";
import type { Expansion, Variable, WordScope } from "./scope.ts";
import { stored as storedIn } from "./store.ts";
import { compile } from "./tokens.ts";
import { bounded, type Work, workIn } from "./work.ts";

/** What one word that is not split expands to. */
export type Expanded = { readonly value: Value } & Pick<Expansion, "assigned" | "unsupported">;

/** Where a word stands decides on tildes and patterns. */
export type Position = "assignment" | "redirect" | "case" | "pattern" | "herestring" | "document" | "test";

/** Expands words to the arguments a program gets: braces, tildes, parameters, substitutions, arithmetic, splitting, globs, quotes. */
export function expand(words: readonly Word[], scope: WordScope): Expansion {
  const out: Argument[] = [];
  let work: Work | undefined;
  for (const word of words) {
    const plain = plainArgument(word, scope);
    if (plain) out.push(plain);
    else {
      work ??= workIn(scope, word.span);
      work.span = word.span;
      for (const argument of expandWord(word, work)) out.push(argument);
    }
  }
  return { arguments: out, assigned: work?.assigned ?? [], unsupported: work?.unsupported ?? [] };
}

/** Expands a word that stays one. */
export function expandOne(word: Word, scope: WordScope, as: Position): Expanded {
  const plain = as === "pattern" ? undefined : plainArgument(word, scope);
  if (plain) return { value: plain.value, assigned: [], unsupported: [] };
  const work = workIn(scope, word.span);
  const value = bounded(as === "redirect" ? redirectTarget(word, work) : oneValue(word, as, work), work);
  return { value, assigned: work.assigned, unsupported: work.unsupported };
}

export function evaluateArithmetic(expression: Arithmetic, scope: WordScope): Expanded {
  const work = workIn(scope, expression.span);
  const value = arithmeticValue(expression, work);
  return { value, assigned: work.assigned, unsupported: work.unsupported };
}

/** Text that a command reads as an expression: `[[ $x -eq 1 ]]`, `let`, a subscript. */
export function evaluateAsNumber(text: Value, scope: WordScope, span: Span): Expanded {
  const work = workIn(scope, span);
  const value = evaluateText(text, work);
  return { value, assigned: work.assigned, unsupported: work.unsupported };
}

/** What a variable with these attributes holds when `value` is assigned to it. */
export function stored(value: Value, variable: Variable | undefined, scope: WordScope, span: Span): Expanded {
  if (!variable?.integer && !variable?.casing) return { value, assigned: [], unsupported: [] };
  const work = workIn(scope, span);
  return { value: storedIn(value, variable, work), assigned: work.assigned, unsupported: work.unsupported };
}

const SPECIAL = /[~{*?[\uE000-\uF8FF]/;

/** The usual word: nothing in it is active. */
function plainArgument(word: Word, scope: WordScope): Argument | undefined {
  const [part] = word.parts;
  if (word.parts.length !== 1 || part === undefined) return undefined;
  if (part.kind === "quoted") return hasHole(part.text, scope) ? undefined : argumentOf(part, word.span);
  if (part.kind !== "literal" || SPECIAL.test(part.text) || (scope.shell === "zsh" && part.text.startsWith("=")))
    return undefined;
  return argumentOf(part, word.span);
}

const hasHole = (text: string, scope: WordScope): boolean => scope.holes.size > 0 && /[\uE000-\uF8FF]/.test(text);

function argumentOf(part: Extract<Part, { kind: "literal" | "quoted" }>, span: Span): Argument {
  const argument = { value: exact(part.text), count: "one" as const, span };
  const at = textStart(part);
  const quoted = part.kind === "quoted" && part.how !== "escape";
  return { ...argument, ...(at === undefined ? {} : { verbatim: at }), ...(quoted ? { quoted } : {}) };
}

/** Offset of the part's text if it stands in the input as it is. */
function textStart(part: Part): number | undefined {
  if (part.kind === "literal") return within(part.span, 0, part.text, 0);
  if (part.kind === "double") return innerStart(part.parts);
  if (part.kind !== "quoted") return undefined;
  switch (part.how) {
    case "escape":
      return undefined;
    case "single":
      return within(part.span, 1, part.text, 1);
    case "ansi":
      return within(part.span, 2, part.text, 1);
    case "double":
      return within(part.span, 0, part.text, 0) ?? within(part.span, 1, part.text, 1);
  }
}

function innerStart(parts: readonly Part[]): number | undefined {
  const [only] = parts;
  return parts.length === 1 && only && (only.kind === "literal" || only.kind === "quoted") ? textStart(only) : undefined;
}

function expandWord(word: Word, work: Work): readonly Argument[] {
  if (word.assignment) return [declared(word, work)];
  const hasBraces = work.scope.shell !== "dash" && work.scope.shell !== "ash";
  const choices = hasBraces ? expandBraces(word.parts, work) : [word.parts];
  if (!choices) return [{ value: unknown("author"), count: "any", span: word.span }];
  const [only] = choices;
  if (choices.length > 1 || !only)
    return choices.flatMap((parts) => split(fragmentsOf(parts, false, "word", work), word.span, work));
  return split(fragmentsOf(only, false, "word", work), word.span, work).map((argument) => marked(argument, only));
}

/** An argument of `export` and its like that is an assignment is not split. */
function declared(word: Word, work: Work): Argument {
  const value = joined(fragmentsOf(word.parts, false, "value", work), joint(work));
  return { value: bounded(value, work), count: "one", span: word.span };
}

function marked(argument: Argument, parts: readonly Part[]): Argument {
  if (!parts.every((part) => part.kind === "double" || (part.kind === "quoted" && part.how !== "escape"))) return argument;
  const [only] = parts;
  const at = parts.length === 1 && only && argument.value.kind === "exact" ? textStart(only) : undefined;
  return at === undefined ? { ...argument, quoted: true } : { ...argument, quoted: true, verbatim: at };
}

function oneValue(word: Word, as: Exclude<Position, "redirect">, work: Work): Value {
  const tilde = as === "document" ? "none" : as === "assignment" ? "value" : "word";
  const fragments = fragmentsOf(word.parts, as === "document", tilde, work);
  return as === "pattern" ? patternValue(fragments, work) : joined(fragments, joint(work));
}

/** A pattern of `case` or `[[ == ]]`: its stars match slashes as well. */
function patternValue(fragments: readonly Fragment[], work: Work): Value {
  const value = joined(fragments, joint(work));
  if (!fragments.some(isGlob) && textsOf(value)) return value;
  return pattern(holes(compile(unitsOf(fragments, joint(work)), false, true), true), value.from);
}

/** A redirect's word is expanded in full, but must stay one; dash and zsh do not split it. */
function redirectTarget(word: Word, work: Work): Value {
  const fragments = fragmentsOf(word.parts, false, "word", work);
  const [only, ...more] = split(fragments, word.span, work);
  return only && more.length === 0 ? only.value : joined(fragments, joint(work));
}
