import type { Span } from "../model/span.ts";
import type { Truth } from "../model/truth.ts";
import { exactText, type Value } from "../model/value.ts";
import type { Arithmetic, Word } from "../syntax/ast.ts";
import { evaluateArithmetic } from "../words/expand.ts";
import { substitutionsOf } from "../words/substitutions.ts";
import type { Machine } from "./machine.ts";
import type { Frame } from "./state.ts";
import { fillHoles, runSubstitutions, scopeOf, settle } from "./substitution.ts";

/** Evaluates an expression; true means not zero. */
export function arithmeticStatus(machine: Machine, frame: Frame, expression: Arithmetic): Truth {
  const filled = fillHoles(machine, frame, substitutionsOf(asWord(expression)));
  const result = evaluateArithmetic(expression, scopeOf(machine, frame, filled));
  settle(machine, frame, result);
  const text = exactText(result.value);
  return text === undefined ? "maybe" : text === "0" ? "no" : "yes";
}

function asWord(expression: Arithmetic): Word {
  return { span: expression.span, parts: [{ kind: "arithmetic", expression, span: expression.span }] };
}

/**
 * Data that is read as arithmetic (`[[ $x -eq 0 ]]`, `let`, `declare -i`) or as a subscript (`test -v 'a[$(id)]'`, `unset`, `printf -v`):
 * the substitutions in it run.
 */
export function arithmeticText(machine: Machine, frame: Frame, value: Value, span: Span, as: "expression" | "subscript"): void {
  const text = exactText(value);
  if (text === undefined || (as === "subscript" && !text.includes("["))) return;
  runSubstitutions(machine, frame, text, span);
}
