import { isBlank, isLetter, isWord } from "./token.ts";

/** Where the bracket that opens at `at` closes; quotes inside hide brackets. The end of the text if it never does. */
export function closingOf(text: string, at: number): number {
  const open = text[at];
  const close = open === "{" ? "}" : open === "[" ? "]" : ")";
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const char = text[i];
    if (char === "\\") i++;
    else if (char === '"' || char === "'") {
      const end = text.indexOf(char, i + 1);
      if (end > 0) i = end;
    } else if (char === open) depth++;
    else if (char === close && --depth === 0) return i;
  }
  return text.length;
}

/** `name`, `::name`, `_1`; where it ends. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && (isWord(text[end] ?? "") || (text.startsWith("::", end) && isLetter(text[end + 2] ?? ""))))
    end += text[end] === ":" ? 2 : 1;
  return end;
}

/** Behind a variable in quoted text: `[0]`, `{key}`, `->{key}`, `->[0]`. */
export function subscripts(text: string, at: number, arrows: boolean): number {
  let end = at;
  for (let guard = 0; guard < 8; guard++) {
    const start = text.startsWith("->", end) ? end + 2 : end;
    const char = text[start];
    if (char === "[" || char === "{") {
      const inner = text[start + 1] ?? "";
      if (isBlank(inner) || inner === "^" || inner === char) return end;
      const close = closingOf(text, start);
      if (close >= text.length) return end;
      end = close + 1;
    } else if (arrows && start > end && isLetter(char ?? "")) end = wordEnd(text, start);
    else return end;
  }
  return end;
}
