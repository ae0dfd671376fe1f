import { LIMITS } from "../model/limits.ts";
import { adaptParts, collect } from "./adapt-words.ts";
import { type Read, readExpression } from "./arithmetic-grammar.ts";
import { tokenize } from "./arithmetic-tokens.ts";
import type { Arithmetic, Part, Word } from "./ast.ts";
import { checkNoArithmetic } from "./check/parentheses.ts";
import { type Reading, reportLimit, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

type Leaf = tree.WordPart | tree.ArithmeticCommandExpansion;
type Given = tree.ArithmeticExpression | readonly tree.WordPart[] | undefined;

/**
 * The expression in source[from, to), by our own grammar; of `given` only expansions and quotes are used.
 * Text that is no expression becomes one word, so that its substitutions stay in the tree. Undefined: blank.
 */
export function adaptArithmeticRange(reading: Reading, from: number, to: number, given: Given): Arithmetic | undefined {
  const leaves = leavesOf(given);
  const tokens = tokenize(reading.source, from, to, leaves);
  if (tokens?.length === 0) return undefined;
  const unfilled: { readonly parts: Part[]; readonly from: number; readonly to: number }[] = [];
  const word = (start: number, end: number): Word => {
    const parts: Part[] = [];
    unfilled.push({ parts, from: start, to: end });
    return { parts, span: spanOf(reading, start, end) };
  };
  const span = (start: number, end: number) => spanOf(reading, start, end);
  const deepest = LIMITS.nesting - reading.session.depth;
  let read: Read | "syntax" | "deep" = tokens === undefined ? "syntax" : readExpression({ tokens, word, span, deepest });
  if (read === "deep") reportLimit(reading, `nesting is deeper than ${LIMITS.nesting}`, from, to);
  if (typeof read === "string") {
    checkNoArithmetic(reading, from, to);
    unfilled.length = 0;
    read = { tree: { kind: "word", word: word(from, to), span: span(from, to) }, height: 1, pos: from, end: to };
  }
  // Parts are read only now that we know how deep they stand.
  reading.session.depth += read.height;
  for (const { parts, from: start, to: end } of unfilled) {
    const inside = leaves.filter((leaf) => leaf.pos >= start && leaf.end <= end);
    parts.push(...adaptParts(reading, inside, start, end, "arithmetic"));
  }
  reading.session.depth -= read.height;
  return read.tree;
}

function leavesOf(given: Given): Leaf[] {
  const leaves: Leaf[] = [];
  if (given === undefined) return leaves;
  if ("type" in given) collectLeaves(given, leaves);
  else collect(given, leaves);
  return leaves.sort((a, b) => a.pos - b.pos);
}

/** Without recursion: `1+1+1+…` is as deep as it is long. */
function collectLeaves(expression: tree.ArithmeticExpression, leaves: Leaf[]): void {
  const left: tree.ArithmeticExpression[] = [expression];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    switch (node.type) {
      case "ArithmeticBinary":
        left.push(node.left, node.right);
        break;
      case "ArithmeticUnary":
        left.push(node.operand);
        break;
      case "ArithmeticTernary":
        left.push(node.test, node.consequent, node.alternate);
        break;
      case "ArithmeticGroup":
        left.push(node.expression);
        break;
      case "ArithmeticWord":
        if (node.parts) collect(node.parts, leaves);
        // The parser gives `$x` alone no part.
        else if (node.value.startsWith("$"))
          leaves.push({ type: "SimpleExpansion", pos: node.pos, end: node.end, text: node.value });
        break;
      case "ArithmeticCommandExpansion":
        leaves.push(node);
        break;
    }
  }
}
