import { type Reading, report } from "../reading.ts";

/** In `>&-2>f` the 2 is the descriptor of the next redirect, and in `>&-x=1` there is an assignment. */
export function checkRest(reading: Reading, from: number, to: number): void {
  const next = reading.source.charAt(to);
  const text = reading.source.slice(from, to);
  if (next === "<" || next === ">" || text.includes("=")) report(reading, `${text} after >&- cannot be read reliably`, from, to);
}
