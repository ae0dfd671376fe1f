import { type Reading, report } from "../reading.ts";
import type * as tree from "../tree.ts";

/** Here-documents whose end the shell may see elsewhere, so that lines of text are commands or the reverse. */
export function checkDocument(reading: Reading, node: tree.HereDoc): void {
  const { delimiter } = node;
  if (delimiter === undefined) return;
  const { text } = delimiter;
  // bash compares with the delimiter as it prints it back: `<<$( c )` ends at `$(c)`.
  const expands = (text.includes("$") || text.includes("`")) && !isSingleQuoted(text);
  const split = text.includes("\n") || reading.source.slice(node.pos, delimiter.pos).includes("\\\n");
  if (expands || split) report(reading, `<<${text} may end elsewhere`, node.pos, node.end);
  else if (node.closing === undefined && !endsText(reading, node))
    report(reading, `here-document without its end ${delimiter.value}`, node.pos, node.end);
}

/** At the end of the whole text bash only warns: the rest is the body. */
function endsText(reading: Reading, node: tree.HereDoc): boolean {
  return node.body.end === reading.source.length && reading.origins === undefined;
}

function isSingleQuoted(text: string): boolean {
  return text.length > 2 && text.indexOf("'") === 0 && text.indexOf("'", 1) === text.length - 1;
}
