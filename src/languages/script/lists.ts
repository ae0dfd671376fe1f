import { LIMITS } from "../../model/limits.ts";
import { concat, exact, textsOf } from "../../model/value.ts";
import { dataOf, type Thing, text } from "./thing.ts";

/** Every text of a list, one after the other. */
export function joined(things: readonly Thing[], between: string): Thing {
  const all = things.flatMap((thing) => thing.items ?? [thing]);
  const texts = all.map((thing) => textsOf(thing.value));
  const from = dataOf(all);
  if (texts.every((list) => list?.length === 1))
    return {
      ...text(
        texts
          .map((list) => list?.[0] ?? "")
          .join(between)
          .slice(0, LIMITS.textLength),
      ),
      from,
    };
  const values = all.flatMap((thing, i) => (i === 0 || between === "" ? [thing.value] : [exact(between), thing.value]));
  return { value: concat(values.slice(0, 64)), from };
}
