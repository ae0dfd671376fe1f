import { Cursor } from "./cursor.ts";
import { ASSIGNMENT, closes, MODIFIER } from "./expressions.ts";
import type { Grammar } from "./grammar.ts";
import { type Block, NOTHING, type Node } from "./node.ts";
import { atEnd, OPENING, Operands } from "./operands.ts";
import { Scanner } from "./scanner.ts";
import type { Token } from "./token.ts";

export interface Parsed {
  readonly body: readonly Node[];
  /** Something in it could not be read. */
  readonly broken: boolean;
}

/** Reads a text of one of the languages. Never fails: what it cannot place is left out. */
export function parseScript(text: string, grammar: Grammar, level = 0): Parsed {
  if (level > 8) return { body: [], broken: true };
  const scanner = new Scanner(text, grammar.lexis);
  const parser = new Parser(new Cursor(scanner.scan()), grammar, level);
  const body = parser.items(() => false);
  return { body, broken: scanner.broken || parser.broken };
}

/** Names, keywords and what they introduce. */
class Parser extends Operands {
  protected within(code: string): Node {
    const inner = parseScript(code, this.grammar, this.level + 1);
    if (inner.broken) this.broken = true;
    return inner.body.length === 1 && inner.body[0] ? inner.body[0] : { kind: "list", items: inner.body };
  }

  protected named(token: Token): Node {
    const { cursor, grammar } = this;
    const name = token.text;
    if (cursor.isSign("=>") && !grammar.ends) return { kind: "text", parts: [name] };
    if (name === "end" && grammar.ends) {
      cursor.at--;
      return NOTHING;
    }
    if (grammar.functions.has(name)) return this.after(this.defined());
    if (name === "for" || name === "foreach") return this.each();
    const loop = grammar.compounds.get(name);
    if (loop !== undefined) return this.compound(name, loop);
    if (grammar.modules.has(name)) return this.module();
    if (name === "new" && (cursor.peek().kind === "name" || cursor.peek().kind === "variable")) return this.created();
    if (grammar.noise.has(name)) return this.operand();
    const node: Node = { kind: "name", name };
    if (grammar.blockTakers.has(name) && cursor.isSign("{")) return this.blockTaking(node, name);
    if (grammar.unaries.has(name) && !cursor.isSign("(")) return this.unary(node, name);
    if (grammar.commands && (this.startsOperand(cursor.peek()) || (grammar.handleTakers.has(name) && cursor.isSign("{"))))
      return this.after(this.command(node, name));
    if (grammar.handleTakers.has(name) && cursor.isSign("(")) {
      cursor.at++;
      return this.after(this.called(node, name, () => this.inside(closes(")"))));
    }
    return this.after(node);
  }

  protected unary(node: Node, name: string): Node {
    if (!this.startsOperand(this.cursor.peek()) && !(name === "eval" && this.cursor.isSign("{")))
      return this.after({ kind: "call", callee: node, args: [] });
    const args = this.grammar.commands && name !== "return" ? [this.expression(105)] : this.arguments();
    return { kind: "call", callee: node, args };
  }

  protected command(node: Node, name: string): Node {
    return this.called(node, name, () => this.arguments());
  }

  protected called(callee: Node, name: string, read: () => readonly Node[]): Node {
    const indirect = this.grammar.handleTakers.has(name) ? this.handle() : undefined;
    const args = read();
    return { kind: "call", callee, args, ...(indirect ? { indirect } : {}) };
  }

  /** `print STDERR …`, `print $fh …`, `print {$fh} …`: no comma after it. */
  protected handle(): Node | undefined {
    const { cursor } = this;
    if (cursor.takeSign("{")) {
      const items = this.inside(closes("}"));
      return items.length === 1 && items[0] ? items[0] : { kind: "list", items };
    }
    const token = cursor.peek();
    const next = cursor.peek(1);
    const isHandle = token.kind === "name" && token.text === token.text.toUpperCase();
    const alone =
      isHandle &&
      (next.kind === "line" || (next.kind === "sign" && (next.text === ";" || next.text === ")" || next.text === "}")));
    if (!alone && (!(isHandle || (token.kind === "variable" && token.text.startsWith("$"))) || !this.startsOperand(next)))
      return undefined;
    cursor.at++;
    return isHandle ? { kind: "name", name: token.text } : { kind: "variable", name: token.text };
  }

  /** `map { … } @list`, `eval { … }` */
  protected blockTaking(callee: Node, name: string): Node {
    this.cursor.at++;
    const block: Block = { params: ["$_"], body: this.inside(closes("}")) };
    const alone = name === "do" || name === "eval" || name === "try" || name === "finally";
    if (!alone) this.cursor.takeSign(",");
    const args = alone || !this.startsOperand(this.cursor.peek(), true) ? [] : this.arguments();
    return this.after({ kind: "call", callee, args, block });
  }

  protected lambda(): Node {
    const params = this.cursor.isSign("(") ? this.params() : [];
    while (!this.cursor.done && this.cursor.peek().kind === "name" && !this.cursor.isName("do"))
      params.push(this.cursor.next().text);
    return { kind: "function", block: { ...this.block(), params } };
  }

  /** `new X(…)`, `new X` */
  protected created(): Node {
    const token = this.cursor.next();
    const of: Node = token.kind === "name" ? { kind: "name", name: token.text } : { kind: "variable", name: token.text };
    const callee: Node = { kind: "member", of, name: "new" };
    return this.after(this.cursor.isSign("(") ? this.callOf(callee) : { kind: "call", callee, args: [] });
  }

  /** `use Socket;`, `use lib "x"`, `require Foo::Bar;` */
  protected module(): Node {
    const { cursor, grammar } = this;
    const token = cursor.peek();
    if (!grammar.commands) {
      while (!cursor.done && !cursor.isSign(";")) cursor.at++;
      return NOTHING;
    }
    if (token.kind === "name") cursor.at++;
    const args = this.startsOperand(cursor.peek()) ? this.arguments() : [];
    return { kind: "module", name: token.kind === "name" ? token.text : "", args };
  }

  /** A function: after its keyword. */
  protected defined(): Node {
    const { cursor, grammar } = this;
    let name: string | undefined;
    cursor.takeSign("&");
    while (cursor.peek().kind === "name" || (name !== undefined && (cursor.isSign(".") || cursor.isSign(":")))) {
      const token = cursor.next();
      if (token.kind === "name") name = token.text;
    }
    const params = cursor.isSign("(") ? this.params() : [];
    if (!grammar.ends) {
      while (!cursor.done && !cursor.isSign("{") && !cursor.isSign(";") && !cursor.isSign("=>")) cursor.at++;
      if (cursor.takeSign("=>")) return { kind: "function", block: { params, body: [this.expression(ASSIGNMENT)] } };
    }
    const body = grammar.ends ? this.inside(atEnd) : cursor.takeSign("{") ? this.inside(closes("}")) : [];
    return { kind: "function", ...(name === undefined ? {} : { name }), block: { params, body } };
  }

  protected params(): string[] {
    const { cursor } = this;
    const params: string[] = [];
    let depth = 0;
    do {
      const token = cursor.next();
      if (token.kind === "sign" && OPENING.has(token.text)) depth++;
      else if (token.kind === "sign" && ")]}".includes(token.text)) depth--;
      else if (token.kind === "variable" || (token.kind !== "sign" && this.grammar.ends)) params.push(token.text);
    } while (depth > 0 && !cursor.done);
    return params;
  }

  protected compound(word: string, loop: boolean): Node {
    return this.grammar.ends ? this.ended(word, loop) : this.braced(word, loop);
  }

  protected ended(word: string, loop: boolean): Node {
    const { cursor } = this;
    const head: Node[] = [];
    if (word === "repeat") {
      const body = this.inside((token) => token.kind === "name" && token.text === "until");
      return { kind: "compound", loop, head: [this.expression(MODIFIER + 1)], body };
    }
    if (word === "class" || word === "module")
      while (!cursor.done && cursor.peek().kind !== "line" && !cursor.isSign(";")) cursor.at++;
    else if (word !== "begin" && word !== "do" && cursor.peek().kind !== "line") {
      this.noDo++;
      head.push(this.expression(MODIFIER + 1));
      this.noDo--;
      if (cursor.isName("do")) cursor.at++;
    }
    const curly = (word === "BEGIN" || word === "END") && cursor.takeSign("{");
    return { kind: "compound", loop, head, body: this.inside(curly ? closes("}") : atEnd) };
  }

  protected braced(word: string, loop: boolean): Node {
    const { cursor } = this;
    const named = word === "class" || word === "interface" || word === "trait" || word === "namespace";
    if (named) while (!cursor.done && !cursor.isSign("{") && !cursor.isSign(";")) cursor.at++;
    const head = cursor.takeSign("(") ? this.inside(closes(")")) : [];
    return { kind: "compound", loop, head, body: this.bodyOf() };
  }

  protected bodyOf(): readonly Node[] {
    const { cursor } = this;
    if (cursor.takeSign("{")) return this.inside(closes("}"));
    return cursor.isSign(";") || cursor.isSign(":") || cursor.done ? [] : [this.expression(0)];
  }

  /** After `for` or `foreach`. */
  protected each(): Node {
    const { cursor, grammar } = this;
    if (grammar.ends) return this.eachIn();
    const names: string[] = [];
    while (cursor.isName("my") || cursor.isName("our") || cursor.isName("state")) cursor.at++;
    if (cursor.peek().kind === "variable") names.push(cursor.next().text);
    cursor.takeSign("(");
    const start = cursor.at;
    const head = this.inside(closes(")"));
    const counted = cursor.tokens.slice(start, cursor.at).some((token) => token.kind === "sign" && token.text === ";");
    if (counted) return { kind: "compound", loop: true, head, body: this.bodyOf() };
    const [first, ...rest] = head;
    const as = first?.kind === "pair" ? first.key : first;
    if (as?.kind === "binary" && as.op === "as") {
      const targets = [as.right, ...(first?.kind === "pair" ? [first.value] : []), ...rest];
      for (const target of targets) if (target.kind === "variable") names.push(target.name);
      return { kind: "each", names: names.slice(-1), over: as.left, body: this.bodyOf() };
    }
    return { kind: "each", names: names.length > 0 ? names : ["$_"], over: { kind: "list", items: head }, body: this.bodyOf() };
  }

  /** `for a, b in list do … end`, `for i = 1, 9 do … end` */
  protected eachIn(): Node {
    const { cursor } = this;
    const names: string[] = [];
    while (!cursor.done && !cursor.isName("in") && !cursor.isSign("=")) {
      const token = cursor.next();
      if (token.kind === "name" || token.kind === "variable") names.push(token.text);
    }
    const counted = cursor.next().text === "=";
    const items = this.arguments();
    const list: Node = items.length === 1 && items[0] ? items[0] : { kind: "list", items };
    if (cursor.isName("do")) cursor.at++;
    return { kind: "each", names, over: counted ? { kind: "unary", op: "range", of: list } : list, body: this.inside(atEnd) };
  }
}
