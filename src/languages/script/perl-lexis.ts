import { closingOf, subscripts, wordEnd } from "./braces.ts";
import { type Lexis, type Scanner, unquote } from "./scanner.ts";
import { isBlank, isDigit, isLetter, isWord } from "./token.ts";

const QUOTES: ReadonlySet<string> = new Set(["q", "qq", "qx", "qw", "qr", "m", "s", "tr", "y"]);
const EXPECTING: ReadonlySet<string> = new Set(
  "and or not if unless while until elsif return x eq ne lt gt le ge cmp split grep map join push unshift print printf say when foreach for die warn defined lc uc ucfirst lcfirst ref scalar do eval".split(
    " ",
  ),
);

/** perlop(1), perldata(1). */
export const PERL: Lexis = {
  comments: ["#"],
  blockComments: [],
  signs: [
    "<=>",
    "**=",
    "||=",
    "&&=",
    "//=",
    "<<=",
    ">>=",
    "...",
    "->",
    "=>",
    "++",
    "--",
    "**",
    "=~",
    "!~",
    "==",
    "!=",
    "<=",
    ">=",
    "&&",
    "||",
    "//",
    "..",
    "::",
    "+=",
    "-=",
    "*=",
    "/=",
    ".=",
    "%=",
    "x=",
    "&=",
    "|=",
    "^=",
    "<<",
    ">>",
  ],
  lines: false,
  joins: ["::"],
  expecting: EXPECTING,
  ends: "",
  singleEscapes: "quote",
  decimal: false,
  interpolate,
  special,
};

function interpolate(text: string, at: number): { readonly code: string; readonly end: number } | undefined {
  const sigil = text[at];
  const next = text[at + 1] ?? "";
  if (sigil !== "$" && sigil !== "@") return undefined;
  if (next === "{") {
    const close = closingOf(text, at + 1);
    const inner = text.slice(at + 2, close).trim();
    const end = subscripts(text, Math.min(close + 1, text.length), false);
    return { code: (wordEnd(inner, 0) === inner.length ? sigil + inner : inner) + text.slice(close + 1, end), end };
  }
  const start = next === "$" ? at + 2 : at + 1;
  if (isWord(text[start] ?? "")) {
    const end = subscripts(text, wordEnd(text, start), false);
    return { code: text.slice(at, end), end };
  }
  return sigil === "$" && "&!@0/,;".includes(next) && next !== "" ? { code: `$${next}`, end: at + 2 } : undefined;
}

function special(scanner: Scanner): boolean {
  const char = scanner.peek();
  if (char === "=" && isLetter(scanner.peek(1)) && (scanner.at === 0 || scanner.peek(-1) === "\n")) return pod(scanner);
  if (char === "$" || char === "@") return sigil(scanner, char);
  if ((char === "%" || char === "&") && !scanner.afterOperand && /[\w${:^]/.test(scanner.peek(1))) return sigil(scanner, char);
  if (char === "`") {
    scanner.double("`", "command");
    return true;
  }
  if (isLetter(char)) return word(scanner);
  if (scanner.afterOperand) return false;
  if (char === "/") return expression(scanner);
  if (char === "<") return scanner.starts("<<") ? here(scanner) : reading(scanner);
  if (char === "-" && isLetter(scanner.peek(1)) && !isWord(scanner.peek(2))) return test(scanner);
  return false;
}

function pod(scanner: Scanner): boolean {
  const end = scanner.text.indexOf("\n=cut", scanner.at);
  scanner.at = end < 0 ? scanner.text.length : end + 5;
  return true;
}

/** `-e $file`: a file test is a function of one argument. */
function test(scanner: Scanner): boolean {
  const rest = scanner.text.slice(scanner.at + 2, scanner.at + 8).trimStart();
  if (!/^["'$_]/.test(rest)) return false;
  const name = scanner.text.slice(scanner.at, scanner.at + 2);
  scanner.at += 2;
  scanner.push("name", name);
  return true;
}

function sigil(scanner: Scanner, char: string): boolean {
  const next = scanner.peek(1);
  if (char === "$" && next === "#" && /[\w${]/.test(scanner.peek(2))) {
    scanner.at += 2;
    if (scanner.peek() === "$" || scanner.peek() === "{") scanner.push("sign", "@");
    else {
      scanner.word();
      scanner.push("number", "0");
    }
    return true;
  }
  if (next === "{") return braced(scanner, char);
  if (next === "$" && (isWord(scanner.peek(2)) || scanner.peek(2) === "$" || scanner.peek(2) === "{")) {
    scanner.at++;
    scanner.push("sign", char === "&" ? "&deref" : `${char}deref`);
    return true;
  }
  if (isLetter(next) || scanner.text.startsWith("::", scanner.at + 1)) {
    const end = wordEnd(scanner.text, scanner.at + (next === ":" ? 3 : 1));
    const name = scanner.text.slice(scanner.at + 1, end);
    scanner.at = end;
    scanner.push("variable", char + (name.startsWith("main::") ? name.slice(6) : name));
    return true;
  }
  if (char === "%" || char === "&") return false;
  if (isDigit(next)) {
    scanner.at++;
    scanner.push("variable", char + scanner.word());
    return true;
  }
  if (next === "" || isBlank(next) || (char === "@" && !"-+".includes(next))) return false;
  scanner.at += next === "^" ? 3 : 2;
  scanner.push("variable", char + next);
  return true;
}

/** `${name}`, `@{ … }`. */
function braced(scanner: Scanner, char: string): boolean {
  const close = closingOf(scanner.text, scanner.at + 1);
  if (close >= scanner.text.length) scanner.broken = true;
  const inner = scanner.text.slice(scanner.at + 2, close).trim();
  if (inner !== "" && wordEnd(inner.replace("^", ""), 0) === inner.replace("^", "").length) {
    scanner.at = Math.min(close + 1, scanner.text.length);
    scanner.push("variable", char + inner);
  } else {
    scanner.at++;
    scanner.push("sign", `${char}deref`);
  }
  return true;
}

function word(scanner: Scanner): boolean {
  const last = scanner.tokens.at(-1);
  const end = wordEnd(scanner.text, scanner.at);
  const name = scanner.text.slice(scanner.at, end);
  if (name === "__END__" || name === "__DATA__") {
    scanner.at = scanner.text.length;
    return true;
  }
  if (!QUOTES.has(name) || (last?.kind === "sign" && last.text === "->")) return false;
  let at = end;
  while (isBlank(scanner.text[at] ?? "")) at++;
  const open = scanner.text[at] ?? "";
  const isKey = open === "=" || open === ";" || open === ")" || (open === "}" && last?.text === "{") || open === "";
  if (isKey || isWord(open) || (open === "#" && at > end) || (open === "," && (at > end || name.startsWith("q")))) return false;
  scanner.at = at;
  quoteLike(scanner, name, open);
  return true;
}

function quoteLike(scanner: Scanner, name: string, open: string): void {
  const raw = scanner.delimited();
  if (name === "q") scanner.push("text", raw, [unquote(raw, open)]);
  else if (name === "qq") scanner.push("text", raw, scanner.parts(raw));
  else if (name === "qx") scanner.push("command", raw, open === "'" ? [raw] : scanner.parts(raw));
  else if (name === "qw")
    scanner.push(
      "symbol",
      "qw",
      raw.split(/\s+/).filter((item) => item !== ""),
    );
  else if (name === "m" || name === "qr") scanner.regex(raw, scanner.letters());
  else replaced(scanner, name, raw, open);
}

/** `s/a/b/e`, `s{a}{b}`, `tr/a/b/`. */
function replaced(scanner: Scanner, name: string, raw: string, open: string): void {
  if ("([{<".includes(open)) while (isBlank(scanner.peek())) scanner.at++;
  else scanner.at--;
  const replacement = scanner.delimited();
  const flags = scanner.letters();
  if (name !== "s") scanner.regex(raw, "", [`tr ${raw} ${replacement}`]);
  else if (flags.includes("e")) scanner.regex(raw, flags, [{ code: replacement }]);
  else scanner.regex(raw, flags, scanner.parts(replacement));
}

function expression(scanner: Scanner): boolean {
  const raw = scanner.delimited();
  scanner.regex(raw, scanner.letters());
  return true;
}

function here(scanner: Scanner): boolean {
  const indented = scanner.peek(2) === "~";
  const at = scanner.at + (indented ? 3 : 2);
  const quote = scanner.text[at] ?? "";
  if (quote !== '"' && quote !== "'" && !isLetter(quote)) return false;
  scanner.at = at;
  const name = isLetter(quote) ? scanner.word() : scanner.delimited();
  const body = scanner.hereDocument(name, indented);
  scanner.push("text", body, quote === "'" ? [body] : scanner.parts(body));
  return true;
}

/** `<STDIN>`, `<$fh>`, `<>`; `<*.c>` lists files. */
function reading(scanner: Scanner): boolean {
  const end = scanner.text.indexOf(">", scanner.at);
  const inner = end < 0 ? " " : scanner.text.slice(scanner.at + 1, end);
  if (inner.length > 80 || isBlank(inner[0] ?? "x") || inner.includes("\n") || inner.includes(";")) return false;
  scanner.at = end + 1;
  scanner.push("read", inner);
  return true;
}
