import { adaptWord, collect, cutsAt, wordOver } from "./adapt-words.ts";
import type { ArrayElement, Assignment, Literal, Part, Word } from "./ast.ts";
import { checkArray, checkElement, checkScalar } from "./check/assignments.ts";
import { type Reading, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

export function adaptAssignment(reading: Reading, node: tree.Assignment): Assignment {
  const span = spanOf(reading, node.pos, node.end);
  const index = node.index && adaptWord(reading, node.index, "arithmetic");
  const head = { name: node.name, ...(index && { index }), append: node.append === true, span };
  if (node.value.type === "Word") {
    checkScalar(reading, node.value);
    return { ...head, value: adaptWord(reading, node.value) };
  }
  const start = spanOf(reading, node.value.pos, node.value.pos);
  checkArray(reading, node.value);
  const elements = node.value.elements.map((element) => adaptElement(reading, element));
  return { ...head, value: { parts: [], span: start }, elements };
}

/** `declare x=1`: an assignment, and the word it is written as. */
export function adaptArgumentAssignment(reading: Reading, node: tree.Assignment): Word {
  const assignment = adaptAssignment(reading, node);
  const parts =
    node.value.type === "Word" ? scalarParts(reading, node, node.value, assignment) : [literal(reading, node.pos, node.end)];
  return { parts, assignment, span: assignment.span };
}

function scalarParts(reading: Reading, node: tree.Assignment, value: tree.Word, assignment: Assignment): Part[] {
  if (node.index === undefined || assignment.index === undefined) {
    return [literal(reading, node.pos, value.pos), ...assignment.value.parts];
  }
  const { index } = node;
  return [
    literal(reading, node.pos, index.pos),
    ...assignment.index.parts,
    literal(reading, index.end, value.pos),
    ...assignment.value.parts,
  ];
}

function literal(reading: Reading, from: number, to: number): Literal {
  return { kind: "literal", text: reading.source.slice(from, to).replaceAll("\\\n", ""), span: spanOf(reading, from, to) };
}

function adaptElement(reading: Reading, node: tree.Word): ArrayElement {
  const element = readElement(reading, node);
  checkElement(reading, node, element.value);
  return element;
}

/** `[subscript]=value`, `[subscript]+=value` or a value. */
function readElement(reading: Reading, node: tree.Word): ArrayElement {
  if (reading.source[node.pos] !== "[") return { value: adaptWord(reading, node) };
  const leaves: Parameters<typeof collect>[1] = [];
  collect(node.parts ?? [], leaves);
  const plain = cutsAt(reading.source, "]=", node.pos, node.end, leaves)[0] ?? node.end;
  const append = cutsAt(reading.source, "]+=", node.pos, node.end, leaves)[0] ?? node.end;
  const close = Math.min(plain, append);
  if (close === node.end) return { value: adaptWord(reading, node) };
  const index = wordOver(reading, leaves, node.pos + 1, close, "arithmetic");
  const value = wordOver(reading, leaves, close + (append < plain ? 3 : 2), node.end);
  return append < plain ? { index, append: true, value } : { index, value };
}
