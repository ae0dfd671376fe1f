/** Pieces of an arithmetic expression; a part is an expansion or a quote that the parser found. */
export interface Token {
  readonly kind: "number" | "name" | "operator" | "part";
  readonly text: string;
  readonly pos: number;
  readonly end: number;
}

interface Range {
  readonly pos: number;
  readonly end: number;
}

const OPERATORS: readonly (readonly string[])[] = [
  ["<<=", ">>="],
  ["**", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|="],
  ["+", "-", "*", "/", "%", "<", ">", "=", "!", "~", "&", "|", "^", "?", ":", ",", "(", ")", "[", "]"],
];

/** Undefined: there is a character that arithmetic does not know. */
export function tokenize(source: string, from: number, to: number, leaves: readonly Range[]): Token[] | undefined {
  const tokens: Token[] = [];
  let next = 0;
  for (let at = from; at < to; ) {
    const leaf = leaves[next];
    if (leaf !== undefined && at >= leaf.pos) {
      next += 1;
      if (leaf.pos < at) continue;
      tokens.push({ kind: "part", text: "", pos: leaf.pos, end: leaf.end });
      at = leaf.end;
      continue;
    }
    const blank = blankAt(source, at);
    if (blank > 0) {
      at += blank;
      continue;
    }
    const token = textToken(source, at, Math.min(to, leaf?.pos ?? to));
    if (token === undefined) return undefined;
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function blankAt(source: string, at: number): number {
  const char = source[at];
  if (char === " " || char === "\t" || char === "\n") return 1;
  return char === "\\" && source[at + 1] === "\n" ? 2 : 0;
}

function textToken(source: string, at: number, to: number): Token | undefined {
  const code = source.charCodeAt(at);
  if (isNameCode(code)) {
    const kind = code >= 48 && code <= 57 ? "number" : "name";
    let end = at + 1;
    while (end < to && (isNameCode(source.charCodeAt(end)) || (kind === "number" && isBaseCode(source.charCodeAt(end)))))
      end += 1;
    return { kind, text: source.slice(at, end), pos: at, end };
  }
  for (const [i, operators] of OPERATORS.entries()) {
    const text = source.slice(at, Math.min(to, at + 3 - i));
    if (operators.includes(text)) return { kind: "operator", text, pos: at, end: at + text.length };
  }
  return undefined;
}

function isNameCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}

/** `#` and `@` of `16#ff` and `64#@_`. */
function isBaseCode(code: number): boolean {
  return code === 35 || code === 64;
}

/** Undefined: not a number bash would take, or longer than any that fits. */
export function numberValue(text: string): bigint | undefined {
  if (text.length > 70) return undefined;
  const hash = text.indexOf("#");
  if (hash > 0) return baseValue(Number(text.slice(0, hash)), text.slice(hash + 1));
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return BigInt.asIntN(64, BigInt(text));
  if (/^0[0-7]*$/.test(text)) return BigInt.asIntN(64, BigInt(`0o0${text}`));
  return /^[1-9][0-9]*$/.test(text) ? BigInt.asIntN(64, BigInt(text)) : undefined;
}

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_";

function baseValue(base: number, digits: string): bigint | undefined {
  if (!(base >= 2 && base <= 64) || digits === "") return undefined;
  let value = 0n;
  for (const char of base <= 36 ? digits.toLowerCase() : digits) {
    const digit = DIGITS.indexOf(char);
    if (digit === -1 || digit >= base) return undefined;
    value = value * BigInt(base) + BigInt(digit);
  }
  return BigInt.asIntN(64, value);
}
