import type { Truth } from "../model/truth.ts";
import { textsOf, type Value } from "../model/value.ts";
import type { Word } from "../syntax/ast.ts";
import { matches } from "./matcher.ts";
import { patternOf } from "./pattern.ts";
import type { WordScope } from "./scope.ts";
import { workIn } from "./work.ts";

/** Does the value match a pattern of `case` or `[[ == ]]`? */
export function matchesPattern(pattern: Word, value: Value, scope: WordScope): Truth {
  const work = workIn(scope, pattern.span);
  const { globs, hidden } = patternOf(pattern, work);
  if (globs.every((glob) => glob.length > 0 && glob.every((token) => token.kind === "star"))) return "yes";
  const texts = textsOf(value);
  if (!texts || hidden) return "maybe";
  const results = texts.flatMap((text) => globs.map((glob) => matches(glob, text, work)));
  if (work.fuel < 0) return "maybe";
  return results.every((r) => r) ? "yes" : results.some((r) => r) ? "maybe" : "no";
}
