/** A word, sign or quoted text of SQL. */
export interface SqlWord {
  readonly text: string;
  readonly quoted: boolean;
}

export type SqlStatement = { readonly words: readonly SqlWord[] } | { readonly meta: string };

/** Cuts a script into statements and the client's own lines: `\! ls` (psql, mysql), `.shell ls` (sqlite), `system ls` (mysql). */
export function statementsOf(text: string, dialect: string): readonly SqlStatement[] {
  const cutter = new Cutter(text, dialect);
  return cutter.cut();
}

const isWordPart = (char: string): boolean =>
  (char >= "a" && char <= "z") ||
  (char >= "A" && char <= "Z") ||
  (char >= "0" && char <= "9") ||
  "_.$".includes(char) ||
  char > "\u007f";

class Cutter {
  private readonly statements: SqlStatement[] = [];
  private words: SqlWord[] = [];
  private at = 0;
  private readonly text: string;
  private readonly dialect: string;

  constructor(text: string, dialect: string) {
    this.text = text;
    this.dialect = dialect;
  }

  cut(): readonly SqlStatement[] {
    while (this.at < this.text.length) this.step();
    this.end();
    return this.statements;
  }

  private end(): void {
    if (this.words.length > 0) this.statements.push({ words: this.words });
    this.words = [];
  }

  private step(): void {
    const char = this.text[this.at] ?? "";
    if (this.isMeta(char)) this.meta();
    else if (this.text.startsWith("--", this.at) || (char === "#" && this.dialect === "mysql")) this.at = this.lineEnd();
    else if (this.text.startsWith("/*", this.at)) this.comment();
    else if (char === ";") {
      this.at++;
      this.end();
    } else if (char === "'" || char === '"' || char === "`") this.quoted(char);
    else if (char === "$" && this.dialect === "psql" && this.dollar()) return;
    else if (isWordPart(char)) this.word();
    else {
      this.at++;
      if (!" \t\r\n".includes(char)) this.words.push({ text: char, quoted: false });
    }
  }

  private isMeta(char: string): boolean {
    if (char === "\\") return this.dialect !== "sqlite";
    if (this.words.length > 0) return false;
    if (char === ".") return this.dialect === "sqlite";
    return (
      this.dialect === "mysql" && ["system ", "source ", "tee ", "pager "].some((word) => this.text.startsWith(word, this.at))
    );
  }

  /** To the end of the line: the rest of the statement comes after it. */
  private meta(): void {
    const end = this.lineEnd();
    this.statements.push({ meta: this.text.slice(this.at, end).trim() });
    this.at = end;
  }

  private lineEnd(): number {
    const end = this.text.indexOf("\n", this.at);
    return end < 0 ? this.text.length : end;
  }

  /** MySQL runs what stands in a comment that begins with an exclamation mark. */
  private comment(): void {
    const end = this.text.indexOf("*/", this.at);
    if (this.text[this.at + 2] === "!") this.at += 3;
    else this.at = end < 0 ? this.text.length : end + 2;
  }

  private quoted(quote: string): void {
    let out = "";
    for (this.at++; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] ?? "";
      if (char === "\\" && this.dialect === "mysql") out += this.text[++this.at] ?? "";
      else if (char === quote && this.text[this.at + 1] === quote) {
        out += quote;
        this.at++;
      } else if (char === quote) break;
      else out += char;
    }
    this.at++;
    // Names are quoted too, but only texts are data.
    this.words.push({ text: out, quoted: quote !== "`" });
  }

  /** `$$ … $$`, `$tag$ … $tag$` */
  private dollar(): boolean {
    const close = this.text.indexOf("$", this.at + 1);
    const tag = close < 0 ? "" : this.text.slice(this.at, close + 1);
    if (tag === "" || [...tag.slice(1, -1)].some((char) => !isWordPart(char) || char === "$")) return false;
    const end = this.text.indexOf(tag, close + 1);
    this.words.push({ text: this.text.slice(close + 1, end < 0 ? undefined : end), quoted: true });
    this.at = end < 0 ? this.text.length : end + tag.length;
    return true;
  }

  private word(): void {
    const start = this.at;
    while (this.at < this.text.length && isWordPart(this.text[this.at] ?? "")) this.at++;
    this.words.push({ text: this.text.slice(start, this.at), quoted: false });
  }
}
