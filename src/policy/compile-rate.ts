import type { Path, Source } from "../load/source.ts";
import { stepsOf } from "./compile-condition.ts";
import type { RateFacts } from "./file-schema.ts";
import type { Limit } from "./policy.ts";
import { printSeconds, rateOf, secondsOf } from "./words.ts";

/** Calendar windows are those that a day consists of. */
const CALENDAR = [60, 3600, 86_400];

/** `name` is what is counted, unless a limit says otherwise. */
export function compileRates(
  facts: RateFacts | readonly RateFacts[] | undefined,
  name: string,
  at: Path,
  source: Source,
): readonly Limit[] {
  if (facts === undefined) return [];
  const isOne = typeof facts === "string" || !Array.isArray(facts);
  const list: readonly RateFacts[] = isOne ? [facts as RateFacts] : facts;
  const limits = list.map((rate, i) => compileRate(rate, name, isOne ? at : [...at, i], source));
  const seen = new Set<string>();
  for (const [i, { counter, window, scope, cost }] of limits.entries()) {
    if (cost === 0) continue;
    const key = JSON.stringify([counter, window, scope]);
    if (seen.has(key)) source.problem([...at, i], `there is another limit for each ${printSeconds(window)} that counts the same`);
    seen.add(key);
  }
  return limits;
}

function compileRate(facts: RateFacts, name: string, at: Path, source: Source): Limit {
  if (typeof facts === "string") {
    const { max, window } = rateOf(facts) ?? { max: 0, window: 60 };
    return {
      counter: name,
      shared: false,
      max,
      window,
      align: "sliding",
      scope: "session",
      cost: 1,
      reason: usedUp(max, window),
    };
  }
  const { max, per, align, counter, amount, reason } = facts;
  const window = secondsOf(facts.window) ?? 60;
  if (align === "calendar" && !CALENDAR.includes(window))
    source.problem([...at, "window"], "a calendar window is a minute, an hour or a day");
  return {
    counter: counter ?? name,
    shared: counter !== undefined,
    max,
    window,
    align: align ?? "sliding",
    scope: per ?? "session",
    cost: typeof amount === "string" ? (stepsOf(amount, [...at, "amount"], source) ?? 1) : (amount ?? 1),
    reason: reason ?? usedUp(max, window),
  };
}

const usedUp = (max: number, window: number): string =>
  `the limit of ${max} per ${printSeconds(window)} is used up; try again later`;
