import { type Reading, report } from "../reading.ts";
import type * as tree from "../tree.ts";

/**
 * The pieces of `${…}` must cover it, without line continuations between them, and name a parameter. If not, the parser
 * may have dropped something the shell expands, unless there is nothing to expand.
 */
export function checkParameter(reading: Reading, node: tree.ParameterExpansionPart): void {
  if (isCovered(reading.source, node) && isName(node.parameter) && !isLastJob(node)) return;
  const inner = reading.source.slice(node.pos + 2, node.end);
  if (![..."$`\"'\\<>"].some((char) => inner.includes(char))) return;
  report(reading, `${reading.source.slice(node.pos, node.end).slice(0, 40)} cannot be read reliably`, node.pos, node.end);
}

function isCovered(source: string, node: tree.ParameterExpansionPart): boolean {
  if (node.parameterPos !== node.pos + 2 + (node.prefix === undefined ? 0 : 1)) return false;
  if (node.parameterEnd - node.parameterPos !== node.parameter.length) return false;
  let at = node.parameterEnd;
  if (node.index) {
    if (source[at] !== "[" || node.index.pos !== at + 1 || source[node.index.end] !== "]") return false;
    at = node.index.end + 1;
  }
  const { operation } = node;
  if (operation === undefined) return at === node.end - 1;
  if (operation.pos !== at || operation.end !== node.end - 1) return false;
  return isWhole(source, operation);
}

function isWhole(source: string, node: tree.ParameterOperation): boolean {
  switch (node.type) {
    case "Unknown":
      // Toggling is read; its pattern, if any, is not.
      return node.operator === "~" || node.operator === "~~";
    case "Names":
      return true;
    case "Transform":
      return node.operand.text.length === 1;
    default:
      return source.slice(node.pos, node.operatorEnd) === node.operator;
  }
}

/** `${!-word}` and `${!?word}` are `$!` with an operator; the parser takes them for indirection. */
function isLastJob(node: tree.ParameterExpansionPart): boolean {
  return node.prefix === "!" && (node.parameter === "-" || node.parameter === "?");
}

/** A variable, a positional or a special parameter. */
function isName(text: string): boolean {
  return /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])$/.test(text);
}
