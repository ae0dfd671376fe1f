import type { Arithmetic, CommandSubstitution, Operation, Part, ProcessSubstitution, Word } from "../syntax/ast.ts";

type Substitution = CommandSubstitution | ProcessSubstitution;

const NONE: readonly Substitution[] = [];

/** All substitutions of a word in the order the shell runs them, those of operands, subscripts and arithmetic included. */
export function substitutionsOf(word: Word): readonly Substitution[] {
  if (!word.assignment && word.parts.every((part) => part.kind === "literal" || part.kind === "quoted")) return NONE;
  const out = new Set<Substitution>();
  inWord(word, out);
  return [...out];
}

function inWord(word: Word, out: Set<Substitution>): void {
  for (const part of word.parts) inPart(part, out);
  const { assignment } = word;
  if (!assignment) return;
  if (assignment.index) inWord(assignment.index, out);
  inWord(assignment.value, out);
  for (const element of assignment.elements ?? []) {
    if (element.index) inWord(element.index, out);
    inWord(element.value, out);
  }
}

function inPart(part: Part, out: Set<Substitution>): void {
  switch (part.kind) {
    case "literal":
    case "quoted":
      return;
    case "double":
      for (const inner of part.parts) inPart(inner, out);
      return;
    case "parameter":
      if (part.index) inWord(part.index, out);
      if (part.operation) inOperation(part.operation, out);
      return;
    case "command":
    case "process":
      out.add(part);
      return;
    case "arithmetic":
      inArithmetic(part.expression, out);
      return;
    case "extglob":
      for (const alternative of part.alternatives) inWord(alternative, out);
  }
}

function inOperation(operation: Operation, out: Set<Substitution>): void {
  switch (operation.kind) {
    case "default":
    case "assign":
    case "error":
    case "alternate":
      inWord(operation.word, out);
      return;
    case "remove":
      inWord(operation.pattern, out);
      return;
    case "replace":
      inWord(operation.pattern, out);
      inWord(operation.replacement, out);
      return;
    case "slice":
      inArithmetic(operation.offset, out);
      if (operation.length) inArithmetic(operation.length, out);
      return;
    case "case":
      if (operation.pattern) inWord(operation.pattern, out);
      return;
    case "transform":
    case "names":
    case "keys":
    case "unsupported":
      return;
  }
}

function inArithmetic(a: Arithmetic, out: Set<Substitution>): void {
  switch (a.kind) {
    case "number":
      return;
    case "variable":
      if (a.index) inWord(a.index, out);
      return;
    case "word":
      inWord(a.word, out);
      return;
    case "unary":
    case "prefix":
    case "postfix":
      inArithmetic(a.operand, out);
      return;
    case "binary":
      inArithmetic(a.left, out);
      inArithmetic(a.right, out);
      return;
    case "assign":
      inArithmetic(a.target, out);
      inArithmetic(a.value, out);
      return;
    case "ternary":
      inArithmetic(a.test, out);
      inArithmetic(a.yes, out);
      inArithmetic(a.no, out);
  }
}
