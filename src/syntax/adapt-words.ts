import { adaptArithmeticRange } from "./adapt-arithmetic.ts";
import { type Mode, readText } from "./adapt-literals.ts";
import { adaptParameter } from "./adapt-parameters.ts";
import { adaptSubstitution } from "./adapt-substitutions.ts";
import { decodeAnsiC } from "./ansi-c.ts";
import type { Part, Word } from "./ast.ts";
import { checkDialect } from "./check/dialect.ts";
import { checkArithmeticQuotes, checkOperandQuote } from "./check/quotes.ts";
import type { Reading } from "./reading.ts";
import { afford, enter, leave, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

type Leaf = tree.WordPart | tree.ArithmeticCommandExpansion;

/** `"`, `$`, `'`, `(`, `<`, `>`, backslash and backtick: without them a word is its text. */
const SPECIAL = new Uint8Array(128);
for (const char of "\"$'(<>\\`") SPECIAL[char.charCodeAt(0)] = 1;

export function isPlain(source: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (SPECIAL[source.charCodeAt(at)] === 1) return false;
  }
  return true;
}

export function adaptWord(reading: Reading, node: tree.Word, mode: Mode = "bare"): Word {
  const { pos, end } = node;
  const span = spanOf(reading, pos, end);
  if (pos === end) return { parts: [], span };
  if (isPlain(reading.source, pos, end)) {
    const text = reading.source.slice(pos, end);
    return { parts: [{ kind: "literal", text, span }], span };
  }
  if (!afford(reading, pos, end)) return { parts: [{ kind: "literal", text: reading.source.slice(pos, end), span }], span };
  return { parts: adaptParts(reading, node.parts ?? [], pos, end, mode), span };
}

/** A word over source[from, to) whose expansions are among `leaves`. */
export function wordOver(reading: Reading, leaves: readonly Leaf[], from: number, to: number, mode: Mode = "bare"): Word {
  const inside = leaves.filter((leaf) => leaf.pos >= from && leaf.end <= to);
  return { parts: adaptParts(reading, inside, from, to, mode), span: spanOf(reading, from, to) };
}

/** Parts over source[from, to) without gaps: what no structural leaf covers is text. */
export function adaptParts(reading: Reading, leaves: readonly Leaf[], from: number, to: number, mode: Mode): Part[] {
  const out: Part[] = [];
  const structural: Leaf[] = [];
  collect(leaves, structural);
  let at = from;
  for (const leaf of structural) {
    if (leaf.pos < at) continue;
    if (leaf.pos > at) readText(reading, at, leaf.pos, mode, out);
    if (mode === "arithmetic") checkArithmeticQuotes(reading, leaf);
    if (mode === "operand") checkOperandQuote(reading, leaf);
    out.push(adaptPart(reading, leaf, mode));
    at = leaf.end;
  }
  if (at < to) readText(reading, at, to, mode, out);
  return out;
}

/** Leaves that are more than text; braces and globs are text around them. */
export function collect(leaves: readonly Leaf[], into: Leaf[]): void {
  for (const leaf of leaves) {
    switch (leaf.type) {
      case "Literal":
        break;
      case "Glob":
      case "BraceExpansion":
        if (leaf.parts) collect(leaf.parts, into);
        break;
      default:
        into.push(leaf);
    }
  }
}

function adaptPart(reading: Reading, leaf: Leaf, mode: Mode): Part {
  const { pos, end } = leaf;
  const span = spanOf(reading, pos, end);
  if (!enter(reading, pos, end)) return { kind: "literal", text: reading.source.slice(pos, end), span };
  const part = readPart(reading, leaf, mode);
  leave(reading);
  return part;
}

function readPart(reading: Reading, leaf: Leaf, mode: Mode): Part {
  const { pos, end } = leaf;
  const { source } = reading;
  const span = spanOf(reading, pos, end);
  switch (leaf.type) {
    case "SingleQuoted":
      return { kind: "quoted", text: insideQuotes(source, pos + 1, end, "'"), how: "single", span };
    case "AnsiCQuoted":
      checkDialect(reading, leaf);
      return { kind: "quoted", text: decodeAnsiC(insideQuotes(source, pos + 2, end, "'")), how: "ansi", span };
    case "DoubleQuoted":
    case "LocaleString": {
      const from = pos + (leaf.type === "LocaleString" ? 2 : 1);
      const to = source[end - 1] === '"' && end - 1 >= from ? end - 1 : end;
      return { kind: "double", parts: adaptParts(reading, leaf.parts, from, to, "double"), span };
    }
    case "SimpleExpansion":
    case "ParameterExpansion":
      return adaptParameter(reading, leaf, mode);
    case "CommandExpansion":
    case "ArithmeticCommandExpansion":
    case "ProcessSubstitution":
      return adaptSubstitution(reading, leaf, mode);
    case "ArithmeticExpansion": {
      const [from, to] = source.startsWith("$[", pos) ? [pos + 2, end - 1] : [pos + 3, end - 2];
      const expression = adaptArithmeticRange(reading, from, to, afford(reading, pos, end) ? leaf.expression : undefined);
      return { kind: "arithmetic", expression: expression ?? { kind: "number", value: 0n, span }, span };
    }
    case "ExtendedGlob":
      return { kind: "extglob", operator: leaf.operator, alternatives: alternatives(reading, leaf), span };
    case "Literal":
    case "Glob":
    case "BraceExpansion":
      return { kind: "literal", text: source.slice(pos, end), span };
  }
}

function insideQuotes(source: string, from: number, end: number, quote: string): string {
  return source.slice(from, end > from && source[end - 1] === quote ? end - 1 : end);
}

/** The words between the `|` of `@(a|b)`. */
function alternatives(reading: Reading, leaf: tree.ExtendedGlobPart): Word[] {
  const inner: Leaf[] = [];
  collect(leaf.parts ?? [], inner);
  const words: Word[] = [];
  const end = leaf.end - 1;
  let from = leaf.pos + 2;
  for (const cut of [...cutsAt(reading.source, "|", from, end, inner), end]) {
    words.push(wordOver(reading, inner, from, cut));
    from = cut + 1;
  }
  return words;
}

/** Where `separator` stands unescaped in source[from, to), outside `leaves`. */
export function cutsAt(source: string, separator: string, from: number, to: number, leaves: readonly Leaf[]): number[] {
  const cuts: number[] = [];
  let next = 0;
  for (let at = from; at < to; at += 1) {
    const leaf = leaves[next];
    if (leaf !== undefined && at >= leaf.pos) {
      at = Math.max(at, leaf.end) - 1;
      next += 1;
    } else if (source[at] === "\\") at += 1;
    else if (source.startsWith(separator, at)) cuts.push(at);
  }
  return cuts;
}
