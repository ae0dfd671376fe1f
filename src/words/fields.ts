import { LIMITS } from "../model/limits.ts";
import type { Span } from "../model/span.ts";
import {
  type Argument,
  carry,
  concat,
  EMPTY,
  exact,
  type NodeId,
  oneOf,
  type Piece,
  pattern,
  piecesOf,
  textsOf,
  unknown,
  type Value,
} from "../model/value.ts";
import type { Fragment, Text } from "./fragments.ts";
import { fileNames, isGlob } from "./globs.ts";
import { bounded, limit, spend, variableOf, type Work } from "./work.ts";

/** A field under construction. */
interface Field {
  readonly fragments: Fragment[];
  many: boolean;
}

/** Separators of word splitting; undefined: not known. */
export function separators(work: Work): string | undefined {
  if (work.scope.unset.has("IFS")) return " \t\n";
  const variable = variableOf(work, "IFS");
  if (!variable) return " \t\n";
  return variable.value.kind === "exact" ? variable.value.text : undefined;
}

/** What joins the elements of `"$*"`. */
export const joint = (work: Work): string => separators(work)?.slice(0, 1) ?? " ";

/** Splits the fragments of one word into arguments. */
export function split(fragments: readonly Fragment[], span: Span, work: Work): readonly Argument[] {
  const choices = choicesOf(fragments, work);
  if (!choices) return new Splitter(work, span).run(fragments);
  return merged(
    choices.map((choice) => new Splitter(work, span).run(choice)),
    span,
  );
}

/** A text that may be split or globbed in one way or another: each alternative is expanded by itself. */
function choicesOf(fragments: readonly Fragment[], work: Work): readonly (readonly Fragment[])[] | undefined {
  if (!fragments.some((f) => isChoice(f, work))) return undefined;
  let out: readonly (readonly Fragment[])[] = [[]];
  for (const f of fragments) {
    const texts = "value" in f && isChoice(f, work) ? (textsOf(f.value) ?? []) : [];
    if (out.length * texts.length > LIMITS.alternatives) return undefined;
    const next =
      "value" in f && texts.length > 0 ? texts.map((text) => ({ ...f, value: carry(exact(text), f.value.from) })) : [f];
    out = out.flatMap((left) => next.map((right) => [...left, right]));
  }
  return out;
}

function isChoice(f: Fragment, work: Work): boolean {
  if (!("value" in f) || f.value.kind !== "oneOf" || f.mode === "quoted") return false;
  const chars = separators(work);
  return f.value.texts.some((text) => text === "" || (f.mode !== "bare" && (chars === undefined || hasAny(text, `${chars}*?[`))));
}

const hasAny = (text: string, chars: string): boolean => {
  for (const char of chars) if (text.includes(char)) return true;
  return false;
};

/** Fields that every alternative has stand in their place; the rest is any number of any of them. */
function merged(alternatives: readonly (readonly Argument[])[], span: Span): readonly Argument[] {
  const sure = Math.min(...alternatives.map((a) => a.length));
  const out: Argument[] = [];
  for (let i = 0; i < sure; i++) {
    const same = alternatives.flatMap((a) => a[i] ?? []);
    out.push({ value: either(same.map((a) => a.value)), count: same.some((a) => a.count === "any") ? "any" : "one", span });
  }
  const rest = alternatives.flatMap((a) => a.slice(sure));
  if (rest.length > 0) out.push({ value: either(rest.map((a) => a.value)), count: "any", span });
  return out;
}

function either(values: readonly Value[]): Value {
  const [first = EMPTY, ...rest] = values;
  if (rest.length === 0) return first;
  const from: readonly NodeId[] = [...new Set(values.flatMap((v) => v.from ?? []))];
  const texts = values.map(textsOf);
  return texts.every((t) => t !== undefined) ? oneOf(texts.flat(), from) : unknown("author", undefined, from);
}

function valuesIn(fragments: readonly Fragment[]): readonly Value[] {
  const values: Value[] = [];
  for (const fragment of fragments) if ("value" in fragment) values.push(fragment.value);
  return values;
}

class Splitter {
  private readonly out: Argument[] = [];
  private field: Field | undefined;
  /** Blanks have just ended a field; one other separator may still belong to them. */
  private blank = false;
  private readonly work: Work;
  private readonly span: Span;
  private readonly chars: string | undefined;

  constructor(work: Work, span: Span) {
    this.work = work;
    this.span = span;
    this.chars = separators(work);
  }

  run(fragments: readonly Fragment[]): readonly Argument[] {
    for (const f of fragments) this.fragment(f);
    this.finish();
    if (this.out.length <= LIMITS.words) return this.out;
    limit(this.work, "expands to too many words");
    return [
      {
        value: unknown("author", undefined, [...new Set(this.out.flatMap((a) => a.value.from ?? []))]),
        count: "any",
        span: this.span,
      },
    ];
  }

  private fragment(f: Fragment): void {
    if (f.mode === "break") this.finish();
    else if (f.mode === "split" && f.value.kind !== "unknown") this.pieces(f, piecesOf(f.value));
    else if (f.mode === "split") this.append(f, f.many === true || this.chars !== "");
    else if (f.mode === "extglob") this.append(f, true);
    else if (f.mode === "quoted" || f.value.kind !== "exact" || f.value.text !== "") this.append(f, f.many === true);
  }

  private append(f: Fragment, many: boolean): void {
    this.blank = false;
    this.field ??= { fragments: [], many: false };
    this.field.fragments.push(f);
    if (many) this.field.many = true;
  }

  private pieces(f: Text, pieces: readonly Piece[]): void {
    const many = f.many === true;
    // Alternatives that hold separators have been told apart before, unless there are too many.
    if (f.value.kind === "oneOf") this.append(f, many || f.value.texts.some((text) => hasAny(text, this.chars ?? text)));
    else {
      for (const piece of pieces) {
        if (typeof piece === "string") this.text(piece, many, f.value.from);
        else this.append({ mode: "split", value: pattern([piece], f.value.from) }, many || this.chars !== "");
      }
    }
  }

  /** Word splitting, bash manual 3.5.7. */
  private text(text: string, many: boolean, from: readonly NodeId[] | undefined): void {
    const isRead = this.chars !== undefined && spend(this.work, text.length);
    if (!isRead)
      this.append({ mode: "split", value: this.work.fuel < 0 ? unknown("author", undefined, from) : exact(text, from) }, true);
    let start = 0;
    for (let i = 0; isRead && i <= text.length; i++) {
      const char = text[i];
      if (char !== undefined && !this.chars?.includes(char)) continue;
      if (i > start) this.append({ mode: "split", value: exact(text.slice(start, i), from) }, many);
      start = i + 1;
      if (char !== undefined) this.separator(char === " " || char === "\t" || char === "\n");
    }
  }

  private separator(isBlank: boolean): void {
    if (isBlank) {
      if (this.field) {
        this.finish();
        this.blank = true;
      }
    } else if (this.blank) this.blank = false;
    else {
      this.field ??= { fragments: [], many: false };
      this.finish();
    }
  }

  private finish(): void {
    const { field } = this;
    this.field = undefined;
    if (!field || this.out.length > LIMITS.words) return;
    const globs = field.fragments.some(isGlob);
    const value = globs ? fileNames(field.fragments, this.work) : concat(valuesIn(field.fragments));
    const filled = field.fragments.length === 0 ? EMPTY : value;
    const many = field.many || (globs && filled.kind === "pattern");
    this.out.push({ value: bounded(filled, this.work), count: many ? "any" : "one", span: this.span });
  }
}
