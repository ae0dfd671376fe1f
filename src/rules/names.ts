import type { Piece } from "../model/value.ts";
import { inBracket, onlyCharacter } from "./bracket.ts";

type Token = number | { readonly any: true } | { readonly set: string | undefined };

/** NAME_MAX of Linux and macOS: longer names exist in no folder. */
const NAME_MAX = 255;

/** A file's name with holes, made once and asked of many names. */
export class HiddenName {
  /** Characters that are known. */
  readonly known: number;
  private readonly tokens: readonly Token[];
  private readonly shortest: number;
  private readonly hidesDot: boolean;

  /** `dotted`: a star at the front may hold a leading dot. */
  constructor(pieces: readonly Piece[], dotted: boolean) {
    this.tokens = pieces.flatMap((piece): readonly Token[] => {
      if (typeof piece === "string") return piece.split("").map((char) => char.charCodeAt(0));
      if (piece.glob !== "char") return [{ any: true }];
      const only = piece.set === undefined ? undefined : onlyCharacter(piece.set);
      return only === undefined ? [{ set: piece.set }] : [only.charCodeAt(0)];
    });
    this.known = this.tokens.filter((token) => typeof token === "number").length;
    this.shortest = this.tokens.filter((token) => typeof token === "number" || !("any" in token)).length;
    const first = pieces[0];
    this.hidesDot =
      !dotted &&
      first !== undefined &&
      typeof first !== "string" &&
      first.glob !== undefined &&
      typeof this.tokens[0] !== "number";
  }

  /** Whether some filling is this name. The last star tried takes one character more each time; earlier ones never need to. */
  mayBe(name: string): boolean {
    const { tokens } = this;
    if (name.length < this.shortest || this.shortest > NAME_MAX || (this.hidesDot && name.startsWith("."))) return false;
    let at = 0;
    let token = 0;
    let star = -1;
    let from = 0;
    while (at < name.length) {
      const now = tokens[token];
      if (now !== undefined && typeof now !== "number" && "any" in now) {
        star = token++;
        from = at;
      } else if (now !== undefined && fits(now, name.charCodeAt(at))) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++from;
      } else return false;
    }
    while (token < tokens.length) {
      const now = tokens[token++];
      if (now === undefined || typeof now === "number" || !("any" in now)) return false;
    }
    return true;
  }
}

function fits(token: Token, code: number): boolean {
  if (typeof token === "number") return token === code;
  return "any" in token || token.set === undefined || inBracket(token.set, code);
}
