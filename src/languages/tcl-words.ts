import { escaped } from "./script/escapes.ts";

type TclPart = { readonly kind: "text" | "variable" | "script"; readonly text: string };

/** A word of a Tcl command: braced as it stands, or parts that are substituted. */
export interface TclWord {
  readonly braced: boolean;
  readonly text: string;
  readonly parts: readonly TclPart[];
}

const isName = (char: string): boolean =>
  (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || (char >= "0" && char <= "9") || char === "_" || char === ":";

/** The commands of a script, as lists of words (Tcl(3tcl), the twelve rules). */
export function tclCommands(text: string): readonly (readonly TclWord[])[] {
  return new Words(text).commands();
}

class Words {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  commands(): readonly (readonly TclWord[])[] {
    const commands: TclWord[][] = [];
    let words: TclWord[] = [];
    while (this.at < this.text.length) {
      const char = this.peek();
      if (char === "\n" || char === ";") {
        if (words.length > 0) commands.push(words);
        words = [];
        this.at++;
      } else if (char === " " || char === "\t" || char === "\r") this.at++;
      else if (char === "\\" && this.peek(1) === "\n") this.at += 2;
      else if (char === "#" && words.length === 0) this.line();
      else words.push(this.word());
    }
    if (words.length > 0) commands.push(words);
    return commands;
  }

  private peek(offset = 0): string {
    return this.text[this.at + offset] ?? "";
  }

  private line(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  private word(): TclWord {
    if (this.text.startsWith("{*}", this.at)) this.at += 3;
    if (this.peek() === "{") return { braced: true, text: this.inside("{", "}"), parts: [] };
    const quoted = this.peek() === '"';
    if (quoted) this.at++;
    const parts: TclPart[] = [];
    let plain = "";
    const flush = (): void => {
      if (plain !== "") parts.push({ kind: "text", text: plain });
      plain = "";
    };
    for (;;) {
      const char = this.peek();
      if (char === "" || (quoted ? char === '"' : " \t\r\n;".includes(char))) break;
      if (char === "\\") {
        const [text, length] = escaped(this.text, this.at + 1);
        plain += text;
        this.at += 1 + Math.max(1, length);
      } else if (char === "$" && (isName(this.peek(1)) || this.peek(1) === "{")) {
        flush();
        parts.push({ kind: "variable", text: this.variable() });
      } else if (char === "[") {
        flush();
        parts.push({ kind: "script", text: this.inside("[", "]") });
      } else {
        plain += char;
        this.at++;
      }
    }
    flush();
    if (quoted) this.at++;
    return { braced: false, text: parts.map((part) => part.text).join(""), parts };
  }

  private variable(): string {
    this.at++;
    if (this.peek() === "{") return this.inside("{", "}");
    const start = this.at;
    while (isName(this.peek())) this.at++;
    if (this.peek() !== "(") return this.text.slice(start, this.at);
    const close = this.text.indexOf(")", this.at);
    this.at = close < 0 ? this.text.length : close + 1;
    return this.text.slice(start, this.at);
  }

  /** What stands between brackets that nest. */
  private inside(open: string, close: string): string {
    const start = ++this.at;
    let depth = 1;
    for (; this.at < this.text.length; this.at++) {
      const char = this.peek();
      if (char === "\\") this.at++;
      else if (char === open) depth++;
      else if (char === close && --depth === 0) return this.text.slice(start, this.at++);
    }
    return this.text.slice(start);
  }
}
