import { mapTexts, type Value } from "../model/value.ts";
import { evaluateText } from "./arithmetic.ts";
import { lowered, raised } from "./casing.ts";
import type { Variable } from "./scope.ts";
import type { Work } from "./work.ts";

/** What a variable holds after a value is assigned to it: its attributes convert it. */
export function stored(value: Value, variable: Variable | undefined, work: Work): Value {
  if (variable?.integer) return evaluateText(value, work);
  if (variable?.casing === "upper") return mapTexts(value, raised);
  return variable?.casing === "lower" ? mapTexts(value, lowered) : value;
}
