import type { Span } from "../model/span.ts";
import { concat, EMPTY, exact, type Value } from "../model/value.ts";
import type { ExtendedGlob } from "../syntax/ast.ts";

/**
 * A stretch of an expanded word before it is split.
 * quoted: stands for itself, and makes a field even when empty; literal: glob characters are active; split: they are, and
 * separators split it; bare: neither, but it vanishes when empty.
 */
export type Fragment =
  | Text
  /** The end of a field: between the elements of "$@". */
  | { readonly mode: "break"; readonly star: boolean }
  | { readonly mode: "extglob"; readonly part: ExtendedGlob; readonly alternatives: readonly (readonly Fragment[])[] };

export interface Text {
  readonly mode: Mode;
  readonly value: Value;
  readonly many?: boolean;
}

export type Mode = "quoted" | "literal" | "split" | "bare";

export const fragment = (mode: Mode, value: Value): Fragment => ({ mode, value });

/** The text of fragments where nothing is split; `separator` joins the elements of `$*`. */
export function joined(fragments: readonly Fragment[], separator: string): Value {
  const [only] = fragments;
  if (only === undefined) return EMPTY;
  if (fragments.length === 1 && "value" in only) return only.value;
  return concat(fragments.map((f) => valueIn(f, separator)));
}

function valueIn(item: Fragment, separator: string): Value {
  if (item.mode === "break") return exact(item.star ? separator : " ");
  if (item.mode !== "extglob") return item.value;
  const inner = item.alternatives.flatMap((a, i) => (i === 0 ? [joined(a, separator)] : [exact("|"), joined(a, separator)]));
  return concat([exact(`${item.part.operator}(`), ...inner, exact(")")]);
}

/** Offset of a word's text in the parsed text if it stands there unchanged. */
export const within = (span: Span, skip: number, text: string, tail: number): number | undefined =>
  span.end - span.start === text.length + skip + tail ? span.start + skip : undefined;
