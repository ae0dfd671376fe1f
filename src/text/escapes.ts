import { textOfBytes } from "./bytes.ts";

/** echo: `\0nnn` is octal; format: `\nnn`; argument (`%b`): both. `\c` ends the output of echo and %b. */
export type Dialect = "echo" | "format" | "argument";

const SIMPLE: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["b", 8],
  ["e", 27],
  ["E", 27],
  ["f", 12],
  ["n", 10],
  ["r", 13],
  ["t", 9],
  ["v", 11],
  ["\\", 92],
]);

/** Decodes backslash escapes. `ended`: nothing is printed after it. */
export function decodeEscapes(text: string, dialect: Dialect): { readonly text: string; readonly ended: boolean } {
  if (!text.includes("\\")) return { text, ended: false };
  let out = "";
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) out += textOfBytes(Uint8Array.from(bytes));
    bytes = [];
  };
  for (let i = 0; i < text.length; ) {
    const char = text[i] ?? "";
    if (char !== "\\" || i + 1 >= text.length) {
      flush();
      out += char;
      i++;
      continue;
    }
    if (text[i + 1] === "c" && dialect !== "format") {
      flush();
      return { text: out, ended: true };
    }
    const found = escapeAt(text, i + 1, dialect);
    if (typeof found.value === "number") bytes.push(found.value);
    else {
      flush();
      out += found.value;
    }
    i = found.next;
  }
  flush();
  return { text: out, ended: false };
}

interface Escape {
  /** A byte, or text. */
  readonly value: number | string;
  readonly next: number;
}

function escapeAt(text: string, at: number, dialect: Dialect): Escape {
  const char = text[at] ?? "";
  const simple = SIMPLE.get(char);
  if (simple !== undefined) return { value: simple, next: at + 1 };
  const rest = text.slice(at, at + 10);
  const octal = (
    dialect === "echo" ? /^0[0-7]{0,3}/ : dialect === "format" ? /^[0-7]{1,3}/ : /^(?:0[0-7]{0,3}|[1-7][0-7]{0,2})/
  ).exec(rest);
  if (octal) return { value: (Number.parseInt(octal[0], 8) || 0) & 0xff, next: at + octal[0].length };
  const hex = /^x([0-9A-Fa-f]{1,2})/.exec(rest);
  if (hex) return { value: Number.parseInt(hex[1] ?? "", 16), next: at + hex[0].length };
  const point = /^(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/.exec(rest);
  if (point) return { value: charOf(Number.parseInt(point[1] ?? point[2] ?? "", 16)), next: at + point[0].length };
  if (dialect === "format" && (char === '"' || char === "'" || char === "?")) return { value: char, next: at + 1 };
  return { value: `\\${char}`, next: at + 1 };
}

const charOf = (code: number): string =>
  code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? "\ufffd" : String.fromCodePoint(code);
