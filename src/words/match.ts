import type { Truth } from "../model/truth.ts";
import { textsOf, type Value } from "../model/value.ts";
import type { Word } from "../syntax/ast.ts";
import { matches } from "./matcher.ts";
import { patternOf } from "./pattern.ts";
import type { Assigned, Unsupported, WordScope } from "./scope.ts";
import { type Work, workIn } from "./work.ts";

/** Does the value match a pattern of `case` or `[[ == ]]`? And what expanding the pattern did. */
export function matchesPattern(pattern: Word, value: Value, scope: WordScope): Matched {
  const work = workIn(scope, pattern.span);
  const truth = truthOf(pattern, value, work);
  return { truth, assigned: work.assigned, unsupported: work.unsupported };
}

interface Matched {
  readonly truth: Truth;
  readonly assigned: readonly Assigned[];
  readonly unsupported: readonly Unsupported[];
}

function truthOf(pattern: Word, value: Value, work: Work): Truth {
  const { globs, hidden } = patternOf(pattern, work);
  if (globs.every((glob) => glob.length > 0 && glob.every((token) => token.kind === "star"))) return "yes";
  const texts = textsOf(value);
  if (!texts || hidden) return "maybe";
  const results = texts.flatMap((text) => globs.map((glob) => matches(glob, text, work)));
  if (work.fuel < 0) return "maybe";
  return results.every((r) => r) ? "yes" : results.some((r) => r) ? "maybe" : "no";
}
