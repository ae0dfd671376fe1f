import { adaptWord } from "./adapt-words.ts";
import type { Test } from "./ast.ts";
import type { Reading } from "./reading.ts";
import { enter, leave, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

/** The expression of `[[ … ]]`. */
export function adaptTest(reading: Reading, node: tree.TestExpression): Test {
  if (!enter(reading, node.pos, node.end)) {
    return {
      kind: "word",
      word: { parts: [], span: spanOf(reading, node.pos, node.pos) },
      span: spanOf(reading, node.pos, node.end),
    };
  }
  const test = readTest(reading, node);
  leave(reading);
  return test;
}

function readTest(reading: Reading, node: tree.TestExpression): Test {
  const span = spanOf(reading, node.pos, node.end);
  switch (node.type) {
    case "TestUnary": {
      const word = adaptWord(reading, node.operand);
      // The parser spells a word alone as `-n word`.
      if (node.pos === node.operand.pos) return { kind: "word", word, span };
      return { kind: "unary", operator: node.operator, operand: word, span };
    }
    case "TestBinary": {
      const left = adaptWord(reading, node.left);
      return { kind: "binary", operator: node.operator, left, right: adaptWord(reading, node.right), span };
    }
    case "TestLogical": {
      const kind = node.operator === "&&" ? "and" : "or";
      return balance(
        kind,
        node.operands.map((operand) => adaptTest(reading, operand)),
      );
    }
    case "TestNot": {
      const operand = adaptTest(reading, node.operand);
      return node.negations.length % 2 === 0 ? operand : { kind: "not", operand, span };
    }
    case "TestGroup":
      return adaptTest(reading, node.expression);
  }
}

/** `a && b && c && d` as a balanced tree, so that a long chain is not a deep one. */
function balance(kind: "and" | "or", operands: readonly Test[]): Test {
  const [first] = operands;
  if (operands.length < 2 && first) return first;
  const half = operands.length >> 1;
  const left = balance(kind, operands.slice(0, half));
  const right = balance(kind, operands.slice(half));
  return { kind, left, right, span: { start: left.span.start, end: right.span.end } };
}
