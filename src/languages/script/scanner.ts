import { escaped } from "./escapes.ts";
import { isBlank, isDigit, isLetter, isWord, type Part, type Token } from "./token.ts";

/** What one language's text looks like. */
export interface Lexis {
  readonly comments: readonly string[];
  readonly blockComments: readonly (readonly [string, string])[];
  /** Longest first. */
  readonly signs: readonly string[];
  /** Line ends end statements. */
  readonly lines: boolean;
  /** What stands between names of one path: `::`, `\`. */
  readonly joins: readonly string[];
  /** Names after which an operand follows, so that `/` starts an expression. */
  readonly expecting: ReadonlySet<string>;
  /** Letters a name may end in: `?` and `!`. */
  readonly ends: string;
  readonly singleEscapes: "quote" | "all";
  /** `\\065` is decimal. */
  readonly decimal: boolean;
  /** Interpolation in double quotes: code at this position, and where it ends. */
  interpolate(text: string, at: number): { readonly code: string; readonly end: number } | undefined;
  /** Tokens only this language has. Undefined: an ordinary one. */
  special(scanner: Scanner): boolean;
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
  ["<", ">"],
]);
const NO_PARTS: readonly Part[] = [];

/** Cuts a text into tokens. `broken` is set where a quote never ends. */
export class Scanner {
  readonly tokens: Token[] = [];
  at = 0;
  broken = false;
  readonly text: string;
  readonly lexis: Lexis;
  private space = false;
  /** Here-documents whose bodies start at the next line end: how far to skip. */
  private skipTo = 0;

  constructor(text: string, lexis: Lexis) {
    this.text = text;
    this.lexis = lexis;
  }

  scan(): readonly Token[] {
    while (this.at < this.text.length && !this.broken) {
      if (this.blank() || this.comment()) continue;
      if (!this.lexis.special(this)) this.ordinary();
    }
    return this.tokens;
  }

  peek(offset = 0): string {
    return this.text[this.at + offset] ?? "";
  }

  starts(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  push(kind: Token["kind"], text: string, parts: readonly Part[] = NO_PARTS, flags?: string): void {
    const before = isBlank(this.text[this.at] ?? "\n");
    this.tokens.push({ kind, text, parts, space: this.space, before, ...(flags === undefined ? {} : { flags }) });
    this.space = false;
  }

  /** Does an operand stand before? Then `/` divides and `<<` shifts. */
  get afterOperand(): boolean {
    const last = this.tokens.at(-1);
    if (!last || last.kind === "line") return false;
    // `puts /x/`, `split /,/`: white space before and none after.
    if (last.kind === "name" && this.space && !isBlank(this.peek(1)) && this.peek(1) !== "=") return false;
    if (last.kind === "sign") return last.text === ")" || last.text === "]" || last.text === "}";
    return last.kind !== "name" || !this.lexis.expecting.has(last.text);
  }

  /** White space before the token that is being read. */
  get spaced(): boolean {
    return this.space;
  }

  private blank(): boolean {
    const char = this.peek();
    if (!isBlank(char) && !(char === "\\" && this.peek(1) === "\n")) return false;
    if (char === "\n") {
      if (this.lexis.lines && this.tokens.at(-1)?.kind !== "line") this.push("line", "\n");
      if (this.skipTo > this.at) this.at = this.skipTo - 1;
    }
    this.space = true;
    this.at += char === "\\" ? 2 : 1;
    return true;
  }

  private comment(): boolean {
    for (const [open, close] of this.lexis.blockComments) {
      if (!this.starts(open)) continue;
      const end = this.text.indexOf(close, this.at + open.length);
      this.at = end < 0 ? this.text.length : end + close.length;
      this.space = true;
      return true;
    }
    if (!this.lexis.comments.some((start) => this.starts(start))) return false;
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end;
    return true;
  }

  private ordinary(): void {
    const char = this.peek();
    if (char === '"') this.double('"');
    else if (char === "'") this.single("'");
    else if (isLetter(char)) this.name();
    else if (isDigit(char)) this.number();
    else {
      const sign = this.lexis.signs.find((candidate) => this.starts(candidate)) ?? char;
      this.at += sign.length;
      this.push("sign", sign);
    }
  }

  name(): void {
    const start = this.at;
    this.word();
    for (const join of this.lexis.joins) while (this.starts(join) && isLetter(this.peek(join.length))) this.joined(join);
    if (this.lexis.ends.includes(this.peek()) && this.peek() !== "" && this.peek(1) !== "=") this.at++;
    this.push("name", this.text.slice(start, this.at));
  }

  private joined(join: string): void {
    this.at += join.length;
    this.word();
  }

  word(): string {
    const start = this.at;
    while (this.at < this.text.length && isWord(this.peek())) this.at++;
    return this.text.slice(start, this.at);
  }

  private number(): void {
    const start = this.at;
    while (this.at < this.text.length && (isWord(this.peek()) || (this.peek() === "." && isDigit(this.peek(1))))) this.at++;
    this.push("number", this.text.slice(start, this.at));
  }

  /** The raw text of a quote that stands at `at`, brackets nested; moves behind it. */
  delimited(): string {
    const open = this.peek();
    const close = CLOSING.get(open) ?? open;
    let depth = 1;
    const start = ++this.at;
    for (; this.at < this.text.length; this.at++) {
      const char = this.peek();
      if (char === "\\") this.at++;
      else if (char === close && --depth === 0) return this.text.slice(start, this.at++);
      else if (char === open && open !== close) depth++;
    }
    this.broken = true;
    return this.text.slice(start);
  }

  single(quote: string): void {
    const raw = this.delimited();
    const text = this.lexis.singleEscapes === "all" ? this.parts(raw).join("") : unquote(raw, quote);
    this.push("text", text, [text]);
  }

  double(_quote: string, kind: "text" | "command" = "text"): void {
    const raw = this.delimited();
    this.push(kind, raw, this.parts(raw));
  }

  /** Escapes and interpolation of a double quoted text. */
  parts(raw: string): readonly Part[] {
    const parts: Part[] = [];
    let text = "";
    for (let i = 0; i < raw.length; ) {
      if (raw[i] === "\\") {
        const [char, length] = escaped(raw, i + 1, this.lexis.decimal);
        text += char;
        i += 1 + length;
        continue;
      }
      const code = this.lexis.interpolate(raw, i);
      if (!code) {
        text += raw[i++];
        continue;
      }
      if (text !== "") parts.push(text);
      text = "";
      parts.push({ code: code.code });
      i = code.end;
    }
    if (text !== "" || parts.length === 0) parts.push(text);
    return parts;
  }

  /** An expression's parts: escapes stay, code in it is followed. */
  regex(raw: string, flags: string, replacement?: readonly Part[]): void {
    this.push("regex", raw, replacement ?? NO_PARTS, flags);
  }

  letters(): string {
    const start = this.at;
    while (this.at < this.text.length && this.peek() >= "a" && this.peek() <= "z") this.at++;
    return this.text.slice(start, this.at);
  }

  /** `<<"END"` was read: its body starts on the next line (or after an earlier body) and ends before a line that is `word`. */
  hereDocument(word: string, indented: boolean): string {
    const lineEnd = this.text.indexOf("\n", this.at);
    let start = Math.max(this.skipTo, lineEnd < 0 ? this.text.length : lineEnd + 1);
    const lines: string[] = [];
    for (;;) {
      if (start >= this.text.length) break;
      const end = this.text.indexOf("\n", start);
      const line = this.text.slice(start, end < 0 ? undefined : end);
      start = end < 0 ? this.text.length : end + 1;
      const bare = indented ? line.trim() : line;
      if (bare === word || bare === `${word};`) break;
      lines.push(line);
    }
    this.skipTo = start;
    return lines.map((line) => `${indented ? line.trimStart() : line}\n`).join("");
  }
}

/** Single quotes: a backslash hides a backslash or the quote. */
export function unquote(raw: string, quote: string): string {
  let out = "";
  for (let i = 0; i < raw.length; i++) {
    const next = raw[i + 1];
    if (raw[i] === "\\" && (next === "\\" || next === quote || next === CLOSING.get(quote))) i++;
    out += raw[i];
  }
  return out;
}
