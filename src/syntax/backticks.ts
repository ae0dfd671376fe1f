import type { Mode } from "./adapt-literals.ts";

/** The command inside backticks at source[from, to): one level of backslashes removed. */
export function decodeBackticks(source: string, from: number, to: number, mode: Mode): { text: string; positions: number[] } {
  const escapable = mode === "double" || mode === "operand" ? '$`\\"' : "$`\\";
  let text = "";
  const positions: number[] = [];
  for (let at = from; at < to; at += 1) {
    positions.push(at);
    if (source[at] === "\\" && at + 1 < to && escapable.includes(source.charAt(at + 1))) at += 1;
    text += source.charAt(at);
  }
  positions.push(to);
  return { text, positions };
}
