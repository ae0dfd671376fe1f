import type { Span } from "../model/span.ts";
import { type Argument, concat, exact, pattern, textsOf, unknown, type Value } from "../model/value.ts";
import type { Arithmetic, Assignment, Literal, Part, Quoted, Word } from "../syntax/ast.ts";
import { arithmeticValue } from "./arithmetic.ts";
import { expandBraces } from "./braces.ts";
import { joint, split } from "./fields.ts";
import { type Fragment, joined, within } from "./fragments.ts";
import { holes, isGlob, unitsOf } from "./globs.ts";
import { subscriptOf } from "./parameter.ts";
import { fragmentsOf } from "./parts.ts";
import type { Expansion, Variable, WordScope } from "./scope.ts";
import { stored as storedIn } from "./store.ts";
import type { TildePosition } from "./tilde.ts";
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

/** A subscript: text for an associative array, a number for any other. `@` and `*` stay. */
export function subscript(name: string, index: Word, scope: WordScope): Expanded {
  const work = workIn(scope, index.span);
  const value = subscriptOf(name, index, work);
  return { value, assigned: work.assigned, unsupported: work.unsupported };
}

/** What a variable with these attributes holds when `value` is assigned to it. */
export function stored(value: Value, variable: Variable | undefined, scope: WordScope, span: Span): Expanded {
  if (!variable?.integer && !variable?.casing) return { value, assigned: [], unsupported: [] };
  const work = workIn(scope, span);
  return { value: storedIn(value, variable, work), assigned: work.assigned, unsupported: work.unsupported };
}

/** The usual word: nothing in it is active. */
function plainArgument(word: Word, scope: WordScope): Argument | undefined {
  const [part] = word.parts;
  if (part === undefined || word.parts.length !== 1 || word.assignment) return undefined;
  if (part.kind === "literal") return isActive(part.text, scope.shell) ? undefined : argumentOf(part, word.span, false);
  if (part.kind === "quoted" && !hasHole(part.text, scope)) return argumentOf(part, word.span, part.how !== "escape");
  const inner = part.kind === "double" && part.parts.length === 1 ? part.parts[0] : undefined;
  return inner?.kind === "quoted" && !hasHole(inner.text, scope) ? argumentOf(inner, word.span, true) : undefined;
}

/** `*`, `?`, `[`, `{`, `~`, or a character for private use. */
function isActive(text: string, shell: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 42 || code === 63 || code === 91 || code === 123 || code === 126 || (code >= 0xe000 && code <= 0xf8ff))
      return true;
  }
  return shell === "zsh" && text.startsWith("=");
}

const hasHole = (text: string, scope: WordScope): boolean => scope.holes.size > 0 && /[\uE000-\uF8FF]/.test(text);

function argumentOf(part: Literal | Quoted, span: Span, quoted: boolean): Argument {
  const value: Value = { kind: "exact", text: part.text };
  const verbatim = textStart(part);
  if (verbatim === undefined) return quoted ? { value, count: "one", span, quoted } : { value, count: "one", span };
  return quoted ? { value, count: "one", span, verbatim, quoted } : { value, count: "one", span, verbatim };
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
  if (word.assignment) return [declared(word, word.assignment, work)];
  const hasBraces = work.scope.shell !== "dash" && work.scope.shell !== "ash";
  const choices = hasBraces ? expandBraces(word.parts, work) : [word.parts];
  if (!choices) return [{ value: unknown("author"), count: "any", span: word.span }];
  const [only] = choices;
  if (choices.length === 1 && only) return expandParts(only, "word", word, work).map((argument) => marked(argument, only));
  // A word made by braces is no assignment: x={~,a}
  return choices.flatMap((parts) => expandParts(parts, "start", word, work));
}

const expandParts = (parts: readonly Part[], position: TildePosition, word: Word, work: Work): readonly Argument[] =>
  split(fragmentsOf(parts, false, position, work), word.span, work);

/** An argument of `export` and its like that is an assignment is not split. */
function declared(word: Word, assignment: Assignment, work: Work): Argument {
  const isPlain = !assignment.elements && !assignment.index;
  const start = exact(`${assignment.name}${assignment.append ? "+=" : "="}`);
  const value = joined(
    fragmentsOf(isPlain ? assignment.value.parts : word.parts, false, isPlain ? "value" : "none", work),
    joint(work),
  );
  return { value: bounded(isPlain ? concat([start, value]) : value, work), count: "one", span: word.span };
}

function marked(argument: Argument, parts: readonly Part[]): Argument {
  if (!parts.every((part) => part.kind === "double" || (part.kind === "quoted" && part.how !== "escape"))) return argument;
  const [only] = parts;
  const at = parts.length === 1 && only && argument.value.kind === "exact" ? textStart(only) : undefined;
  const { value, count, span } = argument;
  return at === undefined ? { value, count, span, quoted: true } : { value, count, span, quoted: true, verbatim: at };
}

function oneValue(word: Word, as: Exclude<Position, "redirect">, work: Work): Value {
  const tilde = as === "document" ? "none" : as === "assignment" ? "value" : "start";
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
