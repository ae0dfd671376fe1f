/** A token of Go source, as far as calls with literal arguments go. */
export type GoToken =
  | { readonly kind: "word"; readonly text: string; readonly line: number }
  | { readonly kind: "string"; readonly text: string; readonly line: number }
  | { readonly kind: "sign"; readonly text: string; readonly line: number };

const TOKEN =
  /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|`([^`]*)`|"((?:[^"\\\n]|\\.)*)"|('(?:[^'\\\n]|\\.)+')|([\p{L}_][\p{L}\p{N}_]*)|(\d[\w.]*)|([:=!<>]=|\.\.\.|[^\s])/gu;
const ESCAPE = /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/gu;
const NAMED = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);

/** Words, strings with their escapes decoded, and signs; comments are left out. (The Go Programming Language Specification, Tokens) */
export function goTokens(text: string): readonly GoToken[] {
  const tokens: GoToken[] = [];
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(TOKEN)) {
    line += text.slice(counted, match.index).split("\n").length - 1;
    counted = match.index;
    const [whole, comment, raw, quoted, , word] = match;
    if (comment !== undefined) continue;
    if (raw !== undefined) tokens.push({ kind: "string", text: raw.replaceAll("\r", ""), line });
    else if (quoted !== undefined) tokens.push({ kind: "string", text: decoded(quoted), line });
    else if (word !== undefined) tokens.push({ kind: "word", text: word, line });
    else tokens.push({ kind: "sign", text: whole, line });
  }
  return tokens;
}

/** Bytes that together are no UTF-8 come out as U+FFFD, as in every string of JavaScript. */
function decoded(quoted: string): string {
  const bytes: Uint8Array[] = [];
  const encoder = new TextEncoder();
  let end = 0;
  for (const match of quoted.matchAll(ESCAPE)) {
    bytes.push(encoder.encode(quoted.slice(end, match.index)));
    end = match.index + match[0].length;
    const [, code = ""] = match;
    const byte = /^x/.test(code)
      ? Number.parseInt(code.slice(1), 16)
      : /^[0-7]/.test(code)
        ? Number.parseInt(code, 8)
        : undefined;
    if (byte !== undefined) bytes.push(Uint8Array.of(byte));
    else if (/^[uU]/.test(code))
      bytes.push(encoder.encode(String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(code.slice(1), 16)))));
    else bytes.push(encoder.encode(NAMED.get(code) ?? code));
  }
  bytes.push(encoder.encode(quoted.slice(end)));
  return new TextDecoder().decode(Buffer.concat(bytes));
}
