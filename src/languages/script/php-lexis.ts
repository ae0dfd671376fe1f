import { closingOf, subscripts, wordEnd } from "./braces.ts";
import type { Lexis, Scanner } from "./scanner.ts";
import { isLetter } from "./token.ts";

const CASTS: ReadonlySet<string> = new Set(["string", "int", "integer", "array", "object", "bool", "boolean", "float", "binary"]);

/** PHP 8.2 lexical rules. */
export const PHP: Lexis = {
  comments: ["#", "//"],
  blockComments: [["/*", "*/"]],
  signs: [
    "<<<",
    "<=>",
    "===",
    "!==",
    "**=",
    "??=",
    "<<=",
    ">>=",
    "...",
    "?->",
    "->",
    "=>",
    "::",
    "++",
    "--",
    "**",
    "==",
    "!=",
    "<=",
    ">=",
    "&&",
    "||",
    "??",
    "+=",
    "-=",
    "*=",
    "/=",
    ".=",
    "%=",
    "&=",
    "|=",
    "^=",
    "<<",
    ">>",
  ],
  lines: false,
  joins: ["\\"],
  expecting: new Set(["return", "echo", "print", "and", "or", "xor", "case", "include", "require"]),
  ends: "",
  singleEscapes: "quote",
  decimal: false,
  interpolate,
  special,
};

function interpolate(text: string, at: number): { readonly code: string; readonly end: number } | undefined {
  const next = text[at + 1] ?? "";
  if (text[at] === "{" && next === "$") {
    const close = closingOf(text, at);
    return { code: text.slice(at + 1, close), end: Math.min(close + 1, text.length) };
  }
  if (text[at] !== "$") return undefined;
  if (next === "{") {
    const close = closingOf(text, at + 1);
    return { code: `$${text.slice(at + 2, close)}`, end: Math.min(close + 1, text.length) };
  }
  if (!isLetter(next)) return undefined;
  const end = subscripts(text, wordEnd(text, at + 1), true);
  return { code: text.slice(at, end), end };
}

function special(scanner: Scanner): boolean {
  const char = scanner.peek();
  if (char === "$" && isLetter(scanner.peek(1))) {
    scanner.at++;
    scanner.push("variable", `$${scanner.word()}`);
    return true;
  }
  if (char === "$" && (scanner.peek(1) === "$" || scanner.peek(1) === "{")) {
    scanner.at++;
    scanner.push("sign", "$deref");
    return true;
  }
  if (char === "`") {
    scanner.double("`", "command");
    return true;
  }
  if (scanner.starts("<<<")) return here(scanner);
  if (scanner.starts("?>")) {
    const open = scanner.text.indexOf("<?", scanner.at);
    scanner.at = open < 0 ? scanner.text.length : open + 2;
    for (const word of ["php", "="]) if (scanner.starts(word)) scanner.at += word.length;
    scanner.push("sign", ";");
    return true;
  }
  if (char === "\\" && isLetter(scanner.peek(1))) {
    scanner.at++;
    return false;
  }
  return char === "(" && cast(scanner);
}

/** `(string) $x`. */
function cast(scanner: Scanner): boolean {
  const close = scanner.text.indexOf(")", scanner.at);
  if (close < 0 || close > scanner.at + 12) return false;
  if (
    !CASTS.has(
      scanner.text
        .slice(scanner.at + 1, close)
        .trim()
        .toLowerCase(),
    )
  )
    return false;
  scanner.at = close + 1;
  return true;
}

function here(scanner: Scanner): boolean {
  scanner.at += 3;
  while (scanner.peek() === " ") scanner.at++;
  const quote = scanner.peek();
  const name = quote === '"' || quote === "'" ? scanner.delimited() : scanner.word();
  const body = scanner.hereDocument(name, true);
  scanner.push("text", body, quote === "'" ? [body] : scanner.parts(body));
  return true;
}
