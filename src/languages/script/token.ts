/** Part of a quoted text: plain, or code whose value stands there (`$x`, `#{…}`). */
export type Part = string | { readonly code: string };

/**
 * A token of a scripting language. Keywords are names; a line end is a token where the language gives it a meaning.
 * `variable` has its sigil; `read` is Perl's `<HANDLE>`.
 */
export interface Token {
  readonly kind: "text" | "command" | "regex" | "number" | "name" | "variable" | "sign" | "line" | "read" | "symbol";
  readonly text: string;
  /** Of text, commands and expressions. */
  readonly parts: readonly Part[];
  /** White space stands before it. */
  readonly space: boolean;
  /** White space stands after it. */
  readonly before: boolean;
  /** Letters after an expression; `e`: its replacement is code. */
  readonly flags?: string;
}

export const isLetter = (char: string): boolean =>
  (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || char === "_" || char >= "\u0080";
export const isDigit = (char: string): boolean => char >= "0" && char <= "9";
export const isWord = (char: string): boolean => isLetter(char) || isDigit(char);
export const isBlank = (char: string): boolean => char === " " || char === "\t" || char === "\r" || char === "\n";
