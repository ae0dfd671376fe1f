import { type Reading, report } from "../reading.ts";
import type * as tree from "../tree.ts";

const PLAIN: ReadonlySet<string> = new Set(["sh", "dash", "ash", "busybox", "posh"]);

/** Shells that may not know bash's syntax. `sh` is dash on Debian and Ubuntu, ash on Alpine, bash on Red Hat. */
export function isPlainShell(shell: string): boolean {
  return PLAIN.has(shell);
}

/** Where bash reads one thing, and dash runs what stands in it. */
export function checkDialect(reading: Reading, node: tree.CompoundCommand | tree.Function | tree.AnsiCQuotedPart): void {
  if (!reading.session.plainShell) return;
  const construct = reading.session.dash && node.type === "AnsiCQuoted" ? "$'…'" : differing(reading.source, node);
  if (construct !== undefined) report(reading, `${construct} means something else in plain sh`, node.pos, node.end);
}

function differing(source: string, node: tree.CompoundCommand | tree.Function | tree.AnsiCQuotedPart): string | undefined {
  switch (node.type) {
    case "ArithmeticCommand":
      // Two subshells.
      return "((…))";
    case "TestCommand":
      // A program called `[[`, whose arguments end at the first operator.
      return /[&|<>;]/.test(source.slice(node.pos, node.end)) ? "an operator in [[ ]]" : undefined;
    case "Function":
      return source.startsWith("function", node.pos) && node.name.pos > node.pos ? "function" : undefined;
    case "AnsiCQuoted":
      // A dollar and a single-quoted string, which ends before the `'` of `\'`.
      return node.text.includes("\\'") ? "\\' in $'…'" : undefined;
    default:
      return undefined;
  }
}
