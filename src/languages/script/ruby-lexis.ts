import { closingOf } from "./braces.ts";
import { type Lexis, type Scanner, unquote } from "./scanner.ts";
import { isBlank, isDigit, isLetter, isWord } from "./token.ts";

const EXPECTING: ReadonlySet<string> = new Set(
  "and or not if unless while until elsif return when in then do else puts print p case rescue ensure yield".split(" "),
);

/** Ruby 3.1 lexical rules. */
export const RUBY: Lexis = {
  comments: ["#"],
  blockComments: [["\n=begin", "\n=end"]],
  signs: [
    "<=>",
    "===",
    "**=",
    "||=",
    "&&=",
    "<<=",
    ">>=",
    "...",
    "->",
    "=>",
    "**",
    "=~",
    "!~",
    "==",
    "!=",
    "<=",
    ">=",
    "&&",
    "||",
    "..",
    "::",
    "&.",
    "+=",
    "-=",
    "*=",
    "/=",
    "%=",
    "&=",
    "|=",
    "^=",
    "<<",
    ">>",
  ],
  lines: true,
  joins: ["::"],
  expecting: EXPECTING,
  ends: "?!",
  singleEscapes: "quote",
  decimal: false,
  interpolate: (text, at) => {
    if (text[at] !== "#" || text[at + 1] !== "{") return undefined;
    const close = closingOf(text, at + 1);
    return { code: text.slice(at + 2, close), end: Math.min(close + 1, text.length) };
  },
  special,
};

function special(scanner: Scanner): boolean {
  const char = scanner.peek();
  const next = scanner.peek(1);
  const last = scanner.tokens.at(-1);
  if (char === "_" && scanner.starts("__END__")) {
    scanner.at = scanner.text.length;
    return true;
  }
  if (char === ":") return colon(scanner, next);
  if ((char === "$" || char === "@") && next !== "" && !isBlank(next)) return variable(scanner, char);
  if (char === "`" && last?.text !== "." && last?.text !== "def") {
    scanner.double("`", "command");
    return true;
  }
  if (scanner.afterOperand) return false;
  if (char === "/") {
    const raw = scanner.delimited();
    scanner.regex(raw, scanner.letters());
    return true;
  }
  if (char === "?" && isWord(next) && !isWord(scanner.peek(2))) {
    scanner.at += 2;
    scanner.push("text", next, [next]);
    return true;
  }
  if (char === "%") return percent(scanner);
  return scanner.starts("<<") && here(scanner);
}

/** `:name`, `:"name"`; `name:` before a value is its key. */
function colon(scanner: Scanner, next: string): boolean {
  const last = scanner.tokens.at(-1);
  const isLabel = (last?.kind === "name" || last?.kind === "text") && !scanner.spaced && next !== ":";
  if (isLabel && last) {
    scanner.tokens.pop();
    scanner.tokens.push({ ...last, kind: "symbol", parts: last.parts.length > 0 ? last.parts : [last.text] });
    scanner.at++;
    scanner.push("sign", "=>");
    return true;
  }
  if (next === '"' || next === "'") {
    scanner.at++;
    return false;
  }
  if (!isLetter(next) || (scanner.afterOperand && !scanner.spaced)) return false;
  scanner.at++;
  const name =
    scanner.word() +
    ("?!=".includes(scanner.peek()) && scanner.peek() !== "" && !"=>".includes(scanner.peek(1))
      ? scanner.text[scanner.at++]
      : "");
  scanner.push("symbol", name, [name]);
  return true;
}

function variable(scanner: Scanner, char: string): boolean {
  const start = scanner.at;
  scanner.at += scanner.starts("@@") ? 2 : 1;
  if (isWord(scanner.peek())) scanner.word();
  else if (char === "$") scanner.at++;
  else {
    scanner.at = start;
    return false;
  }
  scanner.push("variable", scanner.text.slice(start, scanner.at));
  return true;
}

/** `%w[a b]`, `%q(…)`, `%x(…)`, `%(…)`. */
function percent(scanner: Scanner): boolean {
  const letter = "wWiIqQxrs".includes(scanner.peek(1)) ? scanner.peek(1) : "";
  const open = scanner.peek(1 + letter.length);
  if (open === "" || isWord(open) || isBlank(open) || open === "=") return false;
  scanner.at += 1 + letter.length;
  const raw = scanner.delimited();
  const items = (): readonly string[] => raw.split(/\s+/).filter((item) => item !== "");
  if (letter === "x") scanner.push("command", raw, scanner.parts(raw));
  else if (letter === "r") scanner.regex(raw, scanner.letters());
  else if (letter !== "" && "wWiI".includes(letter)) scanner.push("symbol", "qw", items());
  else scanner.push("text", raw, letter === "q" || letter === "s" ? [unquote(raw, open)] : scanner.parts(raw));
  return true;
}

function here(scanner: Scanner): boolean {
  const mark = scanner.peek(2);
  const indented = mark === "~" || mark === "-";
  const at = scanner.at + (indented ? 3 : 2);
  const quote = scanner.text[at] ?? "";
  if (quote !== '"' && quote !== "'" && (!isLetter(quote) || isDigit(quote))) return false;
  scanner.at = at;
  const name = isLetter(quote) ? scanner.word() : scanner.delimited();
  const body = scanner.hereDocument(name, indented);
  scanner.push("text", body, quote === "'" ? [body] : scanner.parts(body));
  return true;
}
