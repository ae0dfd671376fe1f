/** The inside of `$'…'`, decoded as bash does (bash(1), QUOTING; lib/sh/strtrans.c `ansicstr`). */

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1b"],
  ["E", "\x1b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["?", "?"],
]);

/** A byte (which may be part of a UTF-8 sequence) or text; `next` is where reading goes on. */
type Escape = { readonly byte: number; readonly next: number } | { readonly text: string; readonly next: number };

export function decodeAnsiC(raw: string): string {
  if (!raw.includes("\\")) return raw;
  let text = "";
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) text += decodeUtf8(bytes);
    bytes = [];
  };
  for (let at = 0; at < raw.length; ) {
    if (raw[at] !== "\\" || at + 1 >= raw.length) {
      const stop = nextBackslash(raw, at);
      flush();
      text += raw.slice(at, stop);
      at = stop;
      continue;
    }
    const decoded = readEscape(raw, at);
    at = decoded.next;
    if ("byte" in decoded) {
      // NUL ends the string, whatever follows up to the quote.
      if (decoded.byte === 0) break;
      bytes.push(decoded.byte);
    } else {
      flush();
      if (decoded.text === "\0") break;
      text += decoded.text;
    }
  }
  flush();
  return text;
}

function nextBackslash(raw: string, at: number): number {
  const found = raw.indexOf("\\", at + 1);
  return found === -1 ? raw.length : found;
}

function readEscape(raw: string, at: number): Escape {
  const letter = raw[at + 1] ?? "";
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) return { text: simple, next: at + 2 };
  if (letter >= "0" && letter <= "7") {
    const digits = digitsAt(raw, at + 1, 3, 8);
    return { byte: Number.parseInt(digits, 8) & 0xff, next: at + 1 + digits.length };
  }
  switch (letter) {
    case "x":
      return readHex(raw, at);
    case "u":
    case "U": {
      const digits = digitsAt(raw, at + 2, letter === "u" ? 4 : 8, 16);
      if (digits === "") return { text: `\\${letter}`, next: at + 2 };
      return { text: codePoint(Number.parseInt(digits, 16)), next: at + 2 + digits.length };
    }
    case "c":
      return readControl(raw, at);
    default:
      // Also backslash-newline: not a continuation here.
      return { text: `\\${letter}`, next: at + 2 };
  }
}

/** `\xHH`, and the undocumented `\x{H…}`, which takes any number of digits and keeps the low byte. */
function readHex(raw: string, at: number): Escape {
  const braced = raw[at + 2] === "{";
  const from = at + (braced ? 3 : 2);
  const digits = digitsAt(raw, from, braced ? raw.length : 2, 16);
  let next = from + digits.length;
  if (!braced) return digits === "" ? { text: "\\x", next } : { byte: Number.parseInt(digits, 16), next };
  if (raw[next] === "}") next += 1;
  // bash: without digits the value is 0, which ends the string.
  return { byte: digits === "" ? 0 : Number.parseInt(digits.slice(-2), 16), next };
}

function readControl(raw: string, at: number): Escape {
  const operand = raw[at + 2];
  if (operand === undefined) return { text: "\\c", next: at + 2 };
  const pair = operand === "\\" && raw[at + 3] === "\\";
  const code = operand.charCodeAt(0);
  // Of other characters bash takes the first byte alone, which leaves half of one.
  if (code > 0x7f) return { text: "\ufffd", next: at + 3 };
  const control = operand === "?" ? 0x7f : code & 0x1f;
  return { text: String.fromCharCode(control), next: at + (pair ? 4 : 3) };
}

function digitsAt(raw: string, from: number, most: number, base: 8 | 16): string {
  let at = from;
  while (at < raw.length && at - from < most && isDigit(raw.charCodeAt(at), base)) at += 1;
  return raw.slice(from, at);
}

function isDigit(code: number, base: 8 | 16): boolean {
  if (code >= 48 && code <= (base === 8 ? 55 : 57)) return true;
  return base === 16 && ((code >= 65 && code <= 70) || (code >= 97 && code <= 102));
}

/** Bytes beyond Unicode cannot be told in a JavaScript string; they become U+FFFD. */
function codePoint(value: number): string {
  return value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff) ? "\ufffd" : String.fromCodePoint(value);
}

function decodeUtf8(bytes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
