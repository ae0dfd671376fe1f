import { type Reading, report } from "../reading.ts";
import type * as tree from "../tree.ts";

/** In `>&-2>f` the 2 is the descriptor of the next redirect, and in `>&-x=1` there is an assignment. */
export function checkRest(reading: Reading, from: number, to: number): void {
  const next = reading.source.charAt(to);
  const text = reading.source.slice(from, to);
  if (next === "<" || next === ">" || text.includes("=")) report(reading, `${text} after >&- cannot be read reliably`, from, to);
}

/** `>& '$(k)'` runs k: bash expands the name of the file, and then expands what it got (redir.c, r_duplicating_output_word). */
export function checkTwice(reading: Reading, operator: string, node: tree.Word): void {
  if (operator !== ">&" && operator !== "<&") return;
  const { text } = node;
  const quotes = text.includes("'") || text.includes("\\");
  if (!quotes || !(text.includes("$") || text.includes("`"))) return;
  report(reading, `${text.slice(0, 40)} after ${operator} is expanded twice`, node.pos, node.end);
}
