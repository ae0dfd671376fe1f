import { type Reading, report } from "../reading.ts";

/** `((a; b) | c)` is a subshell in a subshell. Which of the two it is depends on parentheses that parsers count differently. */
export function checkNoArithmetic(reading: Reading, from: number, to: number): void {
  const text = reading.source.slice(from, to);
  if (![";", "<(", ">("].some((mark) => text.includes(mark))) return;
  report(reading, "this may be commands and not arithmetic", from, to);
}

/** Having taken `((a <<E` for arithmetic first, bash does not find the here-document where it stands. */
export function checkNoCommands(reading: Reading, from: number, to: number): void {
  if (!reading.source.startsWith("((", from) || !reading.source.slice(from, to).includes("<<")) return;
  report(reading, "a here-document in (( cannot be read reliably", from, to);
}
