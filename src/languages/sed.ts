import type { Binding } from "../model/binding.ts";
import { type Argument, exact, exactText, unknown } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";

const BLANK = " \t";

/**
 * A sed script (GNU sed 4.9 manual). Most of it edits text; `e` and the flag `e` of `s` run commands, `r`, `R`, `w`, `W` and the flag `w` name files.
 * Undefined when the text is not known or is no sed script.
 */
export function readSed(code: Argument): Binding | undefined {
  const text = exactText(code.value) ?? knownPart(code);
  return text === undefined ? undefined : new Sed(text, code).read();
}

/** A hole inside a script stands for plain characters: `s/x/$HOME/`. */
function knownPart(code: Argument): string | undefined {
  if (code.value.kind !== "pattern") return undefined;
  const foreign = code.value.pieces.some(
    (piece) => typeof piece !== "string" && (piece.origin.by === "network" || piece.origin.by === "input"),
  );
  return foreign ? undefined : code.value.pieces.map((piece) => (typeof piece === "string" ? piece : "x")).join("");
}

class Sed {
  private at = 0;
  private readonly draft: Draft;
  private readonly text: string;

  constructor(text: string, code: Argument) {
    this.text = text;
    this.draft = new Draft(code);
  }

  read(): Binding | undefined {
    while (this.at < this.text.length) {
      this.skip(`${BLANK}\n;`);
      if (this.at >= this.text.length) break;
      if (!this.address()) return undefined;
      if (!this.command()) return undefined;
    }
    return this.draft.binding();
  }

  private skip(characters: string): void {
    while (this.at < this.text.length && characters.includes(this.text[this.at] ?? "")) this.at++;
  }

  /** `/re/I`, `\cREc`, `5`, `$`, `1~2`, `,+3`, `!`. */
  private address(): boolean {
    for (let guard = 0; guard < 8 && this.at < this.text.length; guard++) {
      const char = this.text[this.at] ?? "";
      if (char === "/" || char === "\\") {
        if (char === "\\") this.at++;
        const delimiter = this.text[this.at] ?? "";
        this.at++;
        if (this.delimited(delimiter) === undefined) return false;
        this.skip("IM");
      } else if ((char >= "0" && char <= "9") || "$~+,!".includes(char) || BLANK.includes(char)) this.at++;
      else return true;
      if ((char >= "0" && char <= "9") || BLANK.includes(char)) guard--;
    }
    return true;
  }

  /** Text up to an unescaped delimiter; brackets hide it, in an expression. */
  private delimited(delimiter: string, brackets = true): string | undefined {
    let out = "";
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] ?? "";
      if (char === delimiter) {
        this.at++;
        return out;
      }
      if (char === "\\") {
        out += char + (this.text[++this.at] ?? "");
        continue;
      }
      if (char === "[" && brackets) out += this.bracket();
      else out += char;
    }
    return undefined;
  }

  private bracket(): string {
    let end = this.at + 1;
    if (this.text[end] === "^") end++;
    if (this.text[end] === "]") end++;
    const close = this.text.indexOf("]", end);
    const newline = this.text.indexOf("\n", end);
    if (close < 0 || (newline >= 0 && newline < close)) return "[";
    const text = this.text.slice(this.at, close + 1);
    this.at = close;
    return text;
  }

  private line(): string {
    this.skip(BLANK);
    const end = this.text.indexOf("\n", this.at);
    const line = this.text.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.text.length : end + 1;
    return line;
  }

  private command(): boolean {
    const char = this.text[this.at++] ?? "";
    if ("{}=dDgGhHnNpPxzFl".includes(char)) {
      this.skip("0123456789 \t");
      return true;
    }
    switch (char) {
      case "s":
        return this.substitute();
      case "y": {
        const delimiter = this.text[this.at++] ?? "";
        return this.delimited(delimiter, false) !== undefined && this.delimited(delimiter, false) !== undefined;
      }
      case "e":
        this.execute(this.line());
        return true;
      case "r":
      case "R":
        this.draft.reads(exact(this.line()));
        return true;
      case "w":
      case "W":
        this.write(this.line());
        return true;
      case "a":
      case "i":
      case "c":
        this.textLines();
        return true;
      case "#":
        this.line();
        return true;
      case ":":
      case "b":
      case "t":
      case "T":
      case "q":
      case "Q":
      case "L":
      case "v":
        this.label();
        return true;
      default:
        return false;
    }
  }

  /** Up to the end of a command. */
  private label(): void {
    while (this.at < this.text.length && !";\n}".includes(this.text[this.at] ?? "")) this.at++;
  }

  /** `a\` and the lines that follow, as long as they end in a backslash. */
  private textLines(): void {
    let line = this.line();
    while (line.endsWith("\\") && this.at < this.text.length) line = this.line();
  }

  private substitute(): boolean {
    const delimiter = this.text[this.at++] ?? "";
    const pattern = this.delimited(delimiter);
    const replacement = pattern === undefined ? undefined : this.delimited(delimiter, false);
    if (replacement === undefined) return false;
    for (; this.at < this.text.length; this.at++) {
      const flag = this.text[this.at] ?? "";
      if (flag === "e") this.execute(replacement);
      else if (flag === "w") {
        this.at++;
        this.write(this.line());
        return true;
      } else if (!"gpiIMm0123456789".includes(flag)) break;
    }
    return true;
  }

  private write(name: string): void {
    if (name === "/dev/stdout" || name === "/dev/stderr") return;
    this.draft.writes(exact(name), { kind: "stdin" });
  }

  /** `e COMMAND`; `e` alone runs what the line holds. */
  private execute(command: string): void {
    this.draft.shell(
      command === "" || command.includes("\\") || command.includes("&") ? unknown("input", "the line") : exact(command),
    );
  }
}
