import { follow } from "./path.ts";
import type { Limit } from "./policy.ts";

/** How much of the limit this call takes. An amount that is no number, or would give some back, is a problem. */
export function amountOf({ cost, counter }: Limit, subject: unknown): number | { readonly problem: string } {
  if (typeof cost === "number") return cost;
  const { values } = follow(subject, cost);
  const [value] = values;
  if (values.length !== 1 || typeof value !== "number" || !Number.isFinite(value) || value < 0)
    return { problem: `what is counted as ${counter} is no amount` };
  return value;
}
