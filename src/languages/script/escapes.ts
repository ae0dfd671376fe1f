import { isDigit } from "./token.ts";

const LETTERS: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["e", "\x1b"],
  ["s", " "],
]);
const HEX = "0123456789abcdefABCDEF";

/** What stands after a backslash: `n`, `x41`, `x{263a}`, `u{41}`, `u0041`, `101`; the characters, and how many code units were used. */
export function escaped(text: string, at: number, decimal = false): readonly [string, number] {
  const char = text[at] ?? "";
  if (char === "x" || char === "u") {
    if (text[at + 1] === "{") {
      const close = text.indexOf("}", at);
      const digits = close < 0 ? "" : text.slice(at + 2, close).trim();
      if (digits !== "" && digits.length <= 6) return [character(digits, 16), close - at + 1];
    }
    const digits = take(text, at + 1, char === "x" ? 2 : 4, HEX);
    return digits === "" ? [char, 1] : [character(digits, 16), 1 + digits.length];
  }
  if (isDigit(char)) {
    const digits = take(text, at, 3, "0123456789");
    const octal = !decimal && [...digits].every((digit) => digit < "8");
    return [character(digits, octal ? 8 : 10), digits.length];
  }
  return [LETTERS.get(char) ?? char, char === "" ? 0 : 1];
}

function character(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  return Number.isInteger(code) && code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

function take(text: string, at: number, most: number, digits: string): string {
  let end = at;
  while (end < at + most && end < text.length && digits.includes(text[end] ?? "")) end++;
  return text.slice(at, end);
}
