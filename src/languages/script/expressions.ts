import type { Cursor } from "./cursor.ts";
import { ASSIGNMENTS, type Grammar } from "./grammar.ts";
import { NOTHING, type Node } from "./node.ts";
import type { Token } from "./token.ts";

export const MODIFIER = 5;
export const ARGUMENT = 10;
export const ASSIGNMENT = 20;
export const UNARY = 145;
/** Expressions inside one another. */
const DEEPEST = 120;
/** Names before one `=`. */
const TARGETS = 64;
/** Words inside a body that `end` closes. */
const INNER: ReadonlySet<string> = new Set(["else", "elseif", "elsif", "when", "rescue", "ensure", "then", "do"]);

export type Stop = (token: Token) => boolean;
export const closes =
  (sign: string): Stop =>
  (token) =>
    token.kind === "sign" && token.text === sign;

/** Lists, operators and arguments. */
export abstract class Expressions {
  broken = false;
  protected depth = 0;
  /** Inside a head or arguments `do` belongs to what is outside. */
  protected noDo = 0;
  protected readonly cursor: Cursor;
  protected readonly grammar: Grammar;
  protected readonly level: number;

  constructor(cursor: Cursor, grammar: Grammar, level: number) {
    this.cursor = cursor;
    this.grammar = grammar;
    this.level = level;
  }

  protected abstract operand(): Node;

  /** Statements, arguments or members of a table, up to a token that is taken. */
  items(stop: Stop): Node[] {
    const { cursor } = this;
    const items: Node[] = [];
    while (!cursor.done) {
      const token = cursor.peek();
      if (stop(token)) {
        cursor.at++;
        return items;
      }
      if (token.kind === "line" || (token.kind === "sign" && (token.text === ";" || token.text === ","))) cursor.at++;
      else if (this.grammar.ends && token.kind === "name" && INNER.has(token.text) && !this.grammar.compounds.has(token.text))
        cursor.at++;
      else {
        const start = cursor.at;
        items.push(this.several() ?? this.paired());
        if (cursor.at === start) cursor.at++;
      }
    }
    return items;
  }

  /** `key => value` */
  protected paired(): Node {
    const key = this.expression(0);
    if (!this.cursor.takeSign("=>")) return key;
    return { kind: "pair", key, value: this.expression(ARGUMENT) };
  }

  /** `a, b = f()` */
  protected several(): Node | undefined {
    const { cursor } = this;
    if (!this.grammar.ends) return undefined;
    let at = cursor.isName("local") ? 1 : 0;
    const items: Node[] = [];
    for (;;) {
      const token = cursor.peek(at);
      if ((token.kind !== "name" && token.kind !== "variable") || items.length > TARGETS) return undefined;
      items.push({ kind: token.kind, name: token.text });
      if (cursor.isSign("=", at + 1)) break;
      if (!cursor.isSign(",", at + 1)) return undefined;
      at += 2;
    }
    if (items.length < 2) return undefined;
    cursor.at += at + 2;
    return { kind: "assign", op: "=", target: { kind: "list", items }, value: { kind: "list", items: this.arguments() } };
  }

  protected expression(least: number): Node {
    if (++this.depth > DEEPEST) {
      this.broken = true;
      this.cursor.at = this.cursor.tokens.length;
      this.depth--;
      return NOTHING;
    }
    let left = this.operand();
    for (let next = this.extended(left, least); next; next = this.extended(left, least)) left = next;
    this.depth--;
    return left;
  }

  /** The operand with one more operator, if one follows that binds as tightly. */
  protected extended(left: Node, least: number): Node | undefined {
    const { cursor } = this;
    const token = cursor.peek();
    if (token.kind !== "sign" && token.kind !== "name") return undefined;
    if (token.kind === "sign" && ASSIGNMENTS.has(token.text)) {
      if (least > ASSIGNMENT) return undefined;
      cursor.at++;
      return { kind: "assign", op: token.text, target: left, value: this.expression(ASSIGNMENT) };
    }
    const binds = this.grammar.operators.get(token.text);
    if (binds === undefined || binds < least) return undefined;
    cursor.at++;
    if (binds === MODIFIER) return this.modified(left, token.text);
    if (token.text === "?") return this.choice(left);
    return { kind: "binary", op: token.text, left, right: this.expression(binds + 1) };
  }

  /** `x if y`, `x or y`, `x for @list` */
  protected modified(left: Node, word: string): Node {
    const right = this.expression(MODIFIER + 1);
    if (word === "for" || word === "foreach") return { kind: "each", names: ["$_"], over: right, body: [left] };
    if (word === "and" || word === "or" || word === "xor" || word === "rescue") return { kind: "binary", op: word, left, right };
    return { kind: "compound", loop: word === "while" || word === "until", head: [right], body: [left] };
  }

  protected choice(test: Node): Node {
    const { cursor } = this;
    if (cursor.takeSign(":")) return { kind: "binary", op: "||", left: test, right: this.expression(ASSIGNMENT) };
    const yes = this.expression(ASSIGNMENT);
    cursor.lines();
    if (!cursor.takeSign(":")) cursor.takeSign("=>");
    return { kind: "choice", test, options: [yes, this.expression(ASSIGNMENT)] };
  }

  protected inside(stop: Stop): Node[] {
    const { noDo } = this;
    this.noDo = 0;
    const items = this.items(stop);
    this.noDo = noDo;
    return items;
  }

  protected arguments(): Node[] {
    const args: Node[] = [];
    this.noDo++;
    do {
      this.cursor.lines();
      const key = this.expression(ARGUMENT);
      args.push(this.cursor.takeSign("=>") ? { kind: "pair", key, value: this.expression(ARGUMENT) } : key);
    } while (this.cursor.takeSign(","));
    this.noDo--;
    return args;
  }

  /** May this token begin an argument that stands behind a name without parentheses? */
  protected startsOperand(token: Token, afterBlock = false): boolean {
    if (token.kind === "line") return false;
    if (token.kind === "name")
      return !this.grammar.operators.has(token.text) && !(this.grammar.ends && (INNER.has(token.text) || token.text === "end"));
    if (token.kind !== "sign") return true;
    if (token.text.endsWith("deref") || token.text === "\\" || token.text === "!") return true;
    if (token.text === "(") return afterBlock || !this.grammar.commands;
    const apart = token.space && !token.before;
    return (apart || !this.grammar.commands) && ["-", "[", "*", "&", "**", "->", "::", "@"].includes(token.text);
  }
}
