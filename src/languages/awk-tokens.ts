/** A token of an awk program. Keywords are names; newlines are signs, since they end statements. */
export interface Token {
  readonly kind: "string" | "regex" | "number" | "name" | "sign";
  readonly text: string;
}

const SIGNS = ["|&", ">>", "&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", "!~"];

/** Splits a program; a slash starts an expression where no operand stands before it (gawk manual, Regexp Usage). */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === " " || char === "\t" || char === "\r" || (char === "\\" && text[at + 1] === "\n")) at += char === "\\" ? 2 : 1;
    else if (char === "#") while (at < text.length && text[at] !== "\n") at++;
    else {
      const token = next(text, at, tokens.at(-1));
      tokens.push(token.token);
      at = token.end;
    }
  }
  return tokens;
}

function next(text: string, at: number, before: Token | undefined): { readonly token: Token; readonly end: number } {
  const char = text[at] ?? "";
  if (char === '"') return quoted(text, at);
  if (char === "/" && !isOperand(before)) return regex(text, at);
  if (isLetter(char) || char === "@") return run(text, at, "name", (c) => isLetter(c) || isDigit(c));
  if (isDigit(char)) return run(text, at, "number", (c) => isDigit(c) || c === ".");
  const sign = SIGNS.find((candidate) => text.startsWith(candidate, at)) ?? char;
  return { token: { kind: "sign", text: sign }, end: at + sign.length };
}

const isLetter = (char: string): boolean =>
  (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || char === "_" || char === ":";
const isDigit = (char: string): boolean => char >= "0" && char <= "9";

function isOperand(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === "sign") return token.text === ")" || token.text === "]" || token.text === "$";
  return token.kind !== "name" || !["print", "printf", "return", "in", "getline", "case"].includes(token.text);
}

function run(
  text: string,
  at: number,
  kind: Token["kind"],
  keeps: (char: string) => boolean,
): { readonly token: Token; readonly end: number } {
  let end = at + 1;
  while (end < text.length && keeps(text[end] ?? "")) end++;
  return { token: { kind, text: text.slice(at, end) }, end };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["a", "\x07"],
]);

function quoted(text: string, at: number): { readonly token: Token; readonly end: number } {
  let out = "";
  let end = at + 1;
  for (; end < text.length && text[end] !== '"'; end++) {
    if (text[end] !== "\\") {
      out += text[end];
      continue;
    }
    const [char, length] = escaped(text, end + 1);
    out += char;
    end += length;
  }
  return { token: { kind: "string", text: out }, end: end + 1 };
}

/** `\n`, `\047`, `\x41`; the character, and how many code units were used. */
function escaped(text: string, at: number): [string, number] {
  const char = text[at] ?? "";
  if (char === "x") {
    const digits = take(text, at + 1, 2, "0123456789abcdefABCDEF");
    return digits === "" ? ["x", 1] : [String.fromCharCode(Number.parseInt(digits, 16)), 1 + digits.length];
  }
  const octal = take(text, at, 3, "01234567");
  if (octal !== "") return [String.fromCharCode(Number.parseInt(octal, 8) & 255), octal.length];
  return [ESCAPES.get(char) ?? char, 1];
}

function take(text: string, at: number, most: number, digits: string): string {
  let end = at;
  while (end < at + most && end < text.length && digits.includes(text[end] ?? "")) end++;
  return text.slice(at, end);
}

function regex(text: string, at: number): { readonly token: Token; readonly end: number } {
  let end = at + 1;
  for (let inBracket = false; end < text.length && (text[end] !== "/" || inBracket) && text[end] !== "\n"; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === "[") inBracket = true;
    else if (text[end] === "]") inBracket = false;
  }
  return { token: { kind: "regex", text: text.slice(at + 1, end) }, end: end + 1 };
}
