import type { Word } from "../ast.ts";
import { type Reading, report } from "../reading.ts";
import type * as tree from "../tree.ts";

type Part = tree.WordPart | tree.ArithmeticCommandExpansion;

/** In arithmetic the shell expands as in double quotes: `$(('$(k1)'))` runs k1, whatever the quotes promise. */
export function checkArithmeticQuotes(reading: Reading, part: Part): void {
  switch (part.type) {
    case "SingleQuoted":
    case "AnsiCQuoted":
      // From 1: past the dollar of `$'`.
      if (part.text.includes("$", 1) || part.text.includes("`")) reportQuotes(reading, part);
      return;
    case "DoubleQuoted":
    case "LocaleString":
      if (part.text.includes("\\$") || part.text.includes("\\`")) reportQuotes(reading, part);
  }
}

function reportQuotes(reading: Reading, part: { readonly pos: number; readonly end: number }): void {
  report(reading, "the shell may expand what is quoted here, as it stands in arithmetic", part.pos, part.end);
}

const INSIDE = "quotes inside double quotes and braces cannot be read reliably";

/** The same in the word of `"${x-word}"`: `"${x-$'$(k1)'}"` runs k1. */
export function checkOperandQuote(reading: Reading, part: Part): void {
  if (part.type === "SingleQuoted" || part.type === "AnsiCQuoted") report(reading, INSIDE, part.pos, part.end);
}

/** `'` is an ordinary character in the word of `"${x-word}"`; the parser takes it for a quote when it looks for the brace. */
export function checkOperandQuotes(reading: Reading, node: tree.Word, word: Word): void {
  if (!word.parts.some((part) => part.kind === "quoted" && part.how === "double" && part.text.includes("'"))) return;
  const text = reading.source.slice(node.pos, node.end);
  if (![...'}"$`\\'].some((char) => text.includes(char))) return;
  report(reading, INSIDE, node.pos, node.end);
}
