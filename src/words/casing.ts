import { mapTexts, type Value } from "../model/value.ts";
import type { Operation } from "../syntax/ast.ts";
import { charsOf, matches } from "./matcher.ts";
import { patternOf } from "./pattern.ts";
import { spend, type Work } from "./work.ts";

/** bash changes characters one by one: `ß` stays. */
const upper = (char: string): string => (Array.from(char.toUpperCase()).length === 1 ? char.toUpperCase() : char);
const lower = (char: string): string => (Array.from(char.toLowerCase()).length === 1 ? char.toLowerCase() : char);
const toggle = (char: string): string => (upper(char) === char ? lower(char) : upper(char));

export const raised = (text: string): string => Array.from(text, upper).join("");
export const lowered = (text: string): string => Array.from(text, lower).join("");
export const capitalized = (text: string): string => Array.from(text, (char, i) => (i === 0 ? upper(char) : char)).join("");

/** `${x^^}`, `${x,}`, `${x~}`, with a pattern that says which characters. */
export function changeCase(operation: Extract<Operation, { kind: "case" }>, work: Work): (value: Value) => Value {
  const change = operation.to === "upper" ? upper : operation.to === "lower" ? lower : toggle;
  const globs = operation.pattern ? patternOf(operation.pattern, work).globs : undefined;
  const chosen = (char: string): boolean => globs === undefined || globs.some((glob) => matches(glob, char, work));
  return (value) =>
    mapTexts(value, (text) => {
      if (!spend(work, text.length)) return text;
      return Array.from(charsOf(text), (char, i) => ((operation.all || i === 0) && chosen(char) ? change(char) : char)).join("");
    });
}
