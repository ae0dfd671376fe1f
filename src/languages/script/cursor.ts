import type { Token } from "./token.ts";

const END: Token = { kind: "line", text: "", parts: [], space: false, before: false };

/** A place in a list of tokens. */
export class Cursor {
  at = 0;
  readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(offset = 0): Token {
    return this.tokens[this.at + offset] ?? END;
  }

  next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  isSign(text: string, offset = 0): boolean {
    const token = this.peek(offset);
    return token.kind === "sign" && token.text === text;
  }

  isName(text: string, offset = 0): boolean {
    const token = this.peek(offset);
    return token.kind === "name" && token.text === text;
  }

  takeSign(text: string): boolean {
    if (!this.isSign(text)) return false;
    this.at++;
    return true;
  }

  lines(): void {
    while (!this.done && this.peek().kind === "line") this.at++;
  }
}
