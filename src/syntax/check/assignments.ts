import type { Word } from "../ast.ts";
import { type Reading, report } from "../reading.ts";
import type * as tree from "../tree.ts";
import { isSpace } from "./glue.ts";

/** `x=(…)y`: an array to the shell, one opaque text to the parser. */
export function checkScalar(reading: Reading, node: tree.Word): void {
  const text = withoutContinuations(node.text);
  if (text.startsWith("(")) report(reading, `${text.slice(0, 40)} cannot be read reliably as a value`, node.pos, node.end);
}

/** `x=()$(k)`: to the parser one array, from the first parenthesis to the last. */
export function checkArray(reading: Reading, node: tree.ArrayValue): void {
  let at = node.pos + 1;
  for (const element of node.elements) {
    if (!isSpace(reading.source, at, element.pos, at > node.pos + 1)) reportGap(reading, at, element.pos);
    at = element.end;
  }
  if (!isSpace(reading.source, at, node.end - 1, at > node.pos + 1)) reportGap(reading, at, node.end);
}

function reportGap(reading: Reading, from: number, to: number): void {
  report(reading, `${reading.source.slice(from, to).slice(0, 40)} cannot be read reliably in an array`, from, to);
}

export function checkElement(reading: Reading, node: tree.Word, value: Word): void {
  if (node.text.startsWith("[") && node.text.includes("\\\n")) {
    report(reading, "an array subscript over several lines cannot be read reliably", node.pos, node.end);
  }
  // Without extglob it is a syntax error, after which bash goes on with the next line, even of a quoted text.
  if (value.parts.some((part) => part.kind === "extglob")) {
    report(reading, "an extended glob in an array cannot be read reliably", node.pos, node.end);
  }
}

function withoutContinuations(text: string): string {
  return text.startsWith("\\") ? text.replaceAll("\\\n", "") : text;
}
