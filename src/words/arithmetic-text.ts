import { LIMITS } from "../model/limits.ts";
import { readExpression } from "../syntax/arithmetic-grammar.ts";
import { tokenize } from "../syntax/arithmetic-tokens.ts";
import type { Arithmetic, Word } from "../syntax/ast.ts";

/** Reads an expression that is the text of a variable; undefined: it is none. */
export function parseArithmetic(text: string): Arithmetic | undefined {
  const tokens = tokenize(text, 0, text.length, []);
  if (!tokens) return undefined;
  if (tokens.length === 0) return { kind: "number", value: 0n, span: { start: 0, end: text.length } };
  const span = (start: number, end: number) => ({ start, end });
  const word = (start: number, end: number): Word => ({
    parts: [{ kind: "literal", text: text.slice(start, end), span: span(start, end) }],
    span: span(start, end),
  });
  const read = readExpression({ tokens, word, span, deepest: LIMITS.nesting });
  return typeof read === "string" ? undefined : read.tree;
}
