import type { Problem } from "../ast.ts";

/** Code units no shell text has: NUL, which ends a C string, and half a character. */
export function unreadableCharacters(text: string): Problem[] {
  if (!SUSPICIOUS.test(text)) return [];
  const problems: Problem[] = [];
  for (let at = 0; at < text.length && problems.length < MOST; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0) problems.push(problem("NUL character", at));
    else if (isHigh(code) && isLow(text.charCodeAt(at + 1))) at += 1;
    else if (isHigh(code) || isLow(code)) problems.push(problem("half of a surrogate pair", at));
  }
  return problems;
}

const SUSPICIOUS = /[\0\ud800-\udfff]/;
const MOST = 8;

function problem(text: string, at: number): Problem {
  return { kind: "syntax", text, span: { start: at, end: at + 1 } };
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
