import { textOfBytes } from "../../text/bytes.ts";

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["\n", ""],
]);

/** Where a literal's text begins and ends, and how it is read (Python reference, String and Bytes literals). */
export function partsOfLiteral(literal: string): { readonly prefix: string; readonly start: number; readonly end: number } {
  let start = 0;
  while (start < literal.length && literal[start] !== '"' && literal[start] !== "'") start++;
  const prefix = literal.slice(0, start).toLowerCase();
  const quote = literal[start] ?? "";
  const width = literal.startsWith(quote.repeat(3), start) && literal.length >= start + 6 ? 3 : 1;
  const closed = literal.length >= start + 2 * width && literal.endsWith(quote.repeat(width));
  return { prefix, start: start + width, end: closed ? literal.length - width : literal.length };
}

/** `'a\x41\n'`, `r'\d'`, `b"\x90"`. */
export function textOfLiteral(literal: string): string {
  const { prefix, start, end } = partsOfLiteral(literal);
  return unescapeText(literal.slice(start, end), prefix);
}

export function unescapeText(body: string, prefix: string): string {
  if (prefix.includes("r") || !body.includes("\\")) return body;
  let out = "";
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) out += textOfBytes(Uint8Array.from(bytes));
    bytes = [];
  };
  for (let at = 0; at < body.length; ) {
    const { text, byte, length } = body[at] === "\\" ? escapeAt(body, at + 1) : plain(body[at] ?? "");
    at += length;
    if (byte !== undefined && prefix.includes("b")) bytes.push(byte);
    else {
      flush();
      out += byte === undefined ? text : String.fromCharCode(byte);
    }
  }
  flush();
  return out;
}

interface Escaped {
  readonly text: string;
  readonly byte?: number;
  readonly length: number;
}

const plain = (text: string): Escaped => ({ text, length: 1 });

function escapeAt(body: string, at: number): Escaped {
  const char = body[at] ?? "";
  const width = char === "x" ? 2 : char === "u" ? 4 : char === "U" ? 8 : 0;
  if (width > 0) {
    const code = Number.parseInt(body.slice(at + 1, at + 1 + width), 16);
    if (Number.isNaN(code) || code > 0x10ffff) return { text: `\\${char}`, length: 2 };
    return char === "x" ? { text: "", byte: code, length: 4 } : { text: String.fromCodePoint(code), length: 2 + width };
  }
  if (char >= "0" && char <= "7") {
    let end = at;
    while (end < at + 3 && (body[end] ?? "") >= "0" && (body[end] ?? "") <= "7") end++;
    return { text: "", byte: Number.parseInt(body.slice(at, end), 8) & 255, length: 1 + end - at };
  }
  const simple = SIMPLE.get(char);
  if (simple !== undefined) return { text: simple, length: 2 };
  return { text: char === "\\" || char === "'" || char === '"' ? char : `\\${char}`, length: 2 };
}

/** `0x1f`, `0b1`, `0o17`, `1_000`, `1e3`; an octal of Python 2 is one as well: `0755`. */
export function numberOf(text: string): number {
  const plainText = text.replaceAll("_", "").toLowerCase();
  const octal = plainText.length > 1 && plainText.startsWith("0") && [...plainText].every((char) => char >= "0" && char <= "7");
  return octal ? Number.parseInt(plainText, 8) : Number(plainText.endsWith("l") ? plainText.slice(0, -1) : plainText);
}
