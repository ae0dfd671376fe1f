import { nearest } from "../load/nearest.ts";

/** Says which word may have been meant: `did you mean "strict"?`, or what there is, if it is little. */
export function nearWord(word: string, words: readonly string[]): string {
  const near = nearest(word, words);
  if (near !== undefined) return `did you mean "${near}"?`;
  return words.length <= 12 ? `expected ${words.join(", ")}` : "there is none of that name";
}
