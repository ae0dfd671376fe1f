import type { Tree } from "@lezer/common";
import { parser } from "@lezer/python";

/**
 * Python 2 writes `print a, b`, `print >>f, x` and `exec code` without brackets; with them the parser of Python 3 reads the rest as
 * it stands. The new text is used only where it has fewer mistakes than the old one.
 */
export function parseEither(text: string): { readonly tree: Tree; readonly text: string } {
  let best = { tree: parser.parse(text), text };
  let mistakes = mistakesIn(best.tree);
  // One mistake may hide the next.
  for (let round = 0; round < 3 && mistakes > 0; round++) {
    const newer = bracketed(best.text, best.tree);
    if (newer === best.text) break;
    const tree = parser.parse(newer);
    const left = mistakesIn(tree);
    if (left >= mistakes) break;
    best = { tree, text: newer };
    mistakes = left;
  }
  return best;
}

function mistakesIn(tree: Tree): number {
  let count = 0;
  const cursor = tree.cursor();
  do if (cursor.type.isError) count++;
  while (cursor.next());
  return count;
}

function bracketed(text: string, tree: Tree): string {
  let out = "";
  let done = 0;
  for (const start of wordsOf(text, tree)) {
    if (start < done) continue;
    const word = text.startsWith("print", start) ? "print" : "exec";
    const from = start + word.length;
    const end = endOfStatement(text, from);
    const operand = text.slice(from, end).trim();
    if (operand.startsWith("(")) continue;
    out += `${text.slice(done, from)}(${operand.startsWith(">>") ? toFile(operand.slice(2)) : operand})`;
    done = end;
  }
  return out + text.slice(done);
}

/** Where a statement begins with `print` or `exec`. */
function wordsOf(text: string, tree: Tree): readonly number[] {
  const starts: number[] = [];
  const cursor = tree.cursor();
  do {
    const { name, from, to } = cursor;
    const isExec =
      name === "VariableName" && text.slice(from, to) === "exec" && cursor.node.parent?.name === "ExpressionStatement";
    if (name === "PrintStatement" || isExec) starts.push(from);
  } while (cursor.next());
  return starts.sort((a, b) => a - b);
}

/** Up to the end of the line, or `;`, outside of brackets and texts. */
function endOfStatement(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === '"' || char === "'") at = endOfText(text, at);
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (char === "\\") at++;
    else if (char === "#" || ((char === "\n" || char === ";") && depth <= 0)) return at;
  }
  return text.length;
}

/** The last character of a text that begins here. */
function endOfText(text: string, start: number): number {
  const quote = text[start] ?? "";
  const closing = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let at = start + closing.length; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith(closing, at)) return at + closing.length - 1;
    else if (text[at] === "\n" && closing.length === 1) return at;
  }
  return text.length;
}

/** `f, x` of `print >>f, x`. */
function toFile(operand: string): string {
  const comma = commaIn(operand);
  return comma < 0 ? `file=${operand}` : `${operand.slice(comma + 1)}, file=${operand.slice(0, comma)}`;
}

function commaIn(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === '"' || char === "'") at = endOfText(text, at);
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (char === "," && depth === 0) return at;
  }
  return -1;
}
