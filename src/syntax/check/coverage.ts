import { type Reading, report } from "../reading.ts";
import type * as tree from "../tree.ts";
import { isGlue } from "./glue.ts";
import { leavesOf } from "./leaves.ts";

/**
 * Every character of a script must be in a leaf of its tree, or be a blank, an operator, a reserved word or a comment.
 * Anything else is text the parser lost: `: <(:)# ; k1` has no comment for the shell, which runs k1.
 */
export function checkCoverage(reading: Reading, script: tree.Script): void {
  let at = script.pos;
  let follows = false;
  for (const leaf of leavesOf(reading.source, script)) {
    // A body of a here-document that ends beyond its substitution.
    if (leaf.pos >= script.end) break;
    if (leaf.pos < at || !isGlue(reading.source, at, leaf.pos, follows, leaf.glues)) {
      reportLoss(reading, Math.min(at, leaf.pos), leaf.pos);
      return;
    }
    at = leaf.end;
    follows = true;
  }
  if (at < script.end && !isGlue(reading.source, at, script.end, follows, true)) reportLoss(reading, at, script.end);
}

function reportLoss(reading: Reading, from: number, to: number): void {
  const text = reading.source.slice(from, Math.min(to, from + 40)).trim();
  report(reading, text === "" ? "words that touch cannot be read reliably" : `${text} cannot be read reliably`, from, to);
}
