export interface CMakeWord {
  readonly text: string;
  readonly quoted: boolean;
  /** `[[…]]`: nothing in it is put in. */
  readonly bracket: boolean;
}

export interface CMakeCommand {
  readonly name: string;
  readonly words: readonly CMakeWord[];
}

/** The commands of a list file (cmake-language(7)). */
export function cmakeCommands(text: string): readonly CMakeCommand[] {
  const reader = new Reader(text);
  const commands: CMakeCommand[] = [];
  for (let next = reader.command(); next; next = reader.command()) commands.push(next);
  return commands;
}

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The next name before a parenthesis, and what stands in it. */
  command(): CMakeCommand | undefined {
    for (;;) {
      this.blank();
      if (this.at >= this.text.length) return undefined;
      const start = this.at;
      while (isName(this.text[this.at] ?? "")) this.at++;
      const name = this.text.slice(start, this.at);
      this.blank();
      if (name !== "" && this.text[this.at] === "(") return { name, words: this.inside() };
      if (name === "") this.at++;
    }
  }

  private inside(): readonly CMakeWord[] {
    const words: CMakeWord[] = [];
    let depth = 1;
    this.at++;
    for (;;) {
      this.blank();
      const char = this.text[this.at] ?? "";
      if (char === "") return words;
      if (char === "(" || char === ")") {
        this.at++;
        depth += char === "(" ? 1 : -1;
        if (depth === 0) return words;
      } else words.push(char === '"' ? this.quoted() : (this.bracket() ?? this.bare()));
    }
  }

  private blank(): void {
    for (;;) {
      while (" \t\r\n".includes(this.text[this.at] ?? "x")) this.at++;
      if (this.text[this.at] !== "#") return;
      this.at++;
      if (this.bracket()) continue;
      const end = this.text.indexOf("\n", this.at);
      this.at = end < 0 ? this.text.length : end;
    }
  }

  private quoted(): CMakeWord {
    let text = "";
    for (this.at++; this.at < this.text.length && this.text[this.at] !== '"'; this.at++) text += this.character();
    this.at++;
    return { text, quoted: true, bracket: false };
  }

  private bare(): CMakeWord {
    let text = "";
    for (; this.at < this.text.length && !' \t\r\n()#"'.includes(this.text[this.at] ?? " "); this.at++) text += this.character();
    return { text, quoted: false, bracket: false };
  }

  private character(): string {
    if (this.text[this.at] !== "\\") return this.text[this.at] ?? "";
    this.at++;
    const char = this.text[this.at] ?? "";
    return ESCAPES.get(char) ?? char;
  }

  /** `[=[ … ]=]` */
  private bracket(): CMakeWord | undefined {
    if (this.text[this.at] !== "[") return undefined;
    let equals = this.at + 1;
    while (this.text[equals] === "=") equals++;
    if (this.text[equals] !== "[") return undefined;
    const close = `]${"=".repeat(equals - this.at - 1)}]`;
    const end = this.text.indexOf(close, equals);
    const text = this.text.slice(equals + 1, end < 0 ? undefined : end);
    this.at = end < 0 ? this.text.length : end + close.length;
    return { text, quoted: true, bracket: true };
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["\n", ""],
]);

const isName = (char: string): boolean =>
  (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || (char >= "0" && char <= "9") || char === "_";
