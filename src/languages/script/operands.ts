import { closes, Expressions, type Stop, UNARY } from "./expressions.ts";
import { type Block, NOTHING, type Node, type TextPart } from "./node.ts";
import type { Part, Token } from "./token.ts";

export const OPENING: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);
export const atEnd: Stop = (token) => token.kind === "name" && token.text === "end";

/** Texts, brackets, and what may follow an operand: members, calls, indices, blocks. */
export abstract class Operands extends Expressions {
  /** An operand that begins with a name, which was taken. */
  protected abstract named(token: Token): Node;
  protected abstract lambda(): Node;
  /** Code that stands inside a text. */
  protected abstract within(code: string): Node;

  protected operand(): Node {
    this.cursor.lines();
    const token = this.cursor.next();
    switch (token.kind) {
      case "text":
        return this.after(this.textOf(token));
      case "symbol":
        return this.after(
          token.text === "qw"
            ? { kind: "list", items: token.parts.map((part) => this.textPart([part])) }
            : this.textPart(token.parts),
        );
      case "command":
        return this.after({ kind: "command", parts: this.textParts(token.parts) });
      case "regex":
        return this.after(this.regex(token));
      case "number":
        return this.after({ kind: "text", parts: [token.text.replaceAll("_", "")] });
      case "variable":
        return this.after({ kind: "variable", name: token.text });
      case "read":
        return { kind: "read", of: token.text };
      case "name":
        return this.named(token);
      case "sign":
        return this.signed(token);
      case "line":
        return NOTHING;
    }
  }

  protected textOf(token: Token): Node {
    const parts = [...this.textParts(token.parts)];
    // Ruby joins texts that stand side by side.
    while (this.grammar.lexis.lines && this.cursor.peek().kind === "text")
      parts.push(...this.textParts(this.cursor.next().parts));
    return { kind: "text", parts };
  }

  protected textPart(parts: readonly Part[]): Node {
    return { kind: "text", parts: this.textParts(parts) };
  }

  protected textParts(parts: readonly Part[]): readonly TextPart[] {
    return parts.map((part): TextPart => (typeof part === "string" ? part : this.within(part.code)));
  }

  protected regex(token: Token): Node {
    const replaced = token.parts.length > 0 ? { replacement: this.textParts(token.parts) } : {};
    return { kind: "regex", source: token.text, code: (token.flags ?? "").includes("e"), ...replaced };
  }

  protected signed(token: Token): Node {
    const { cursor } = this;
    const close = OPENING.get(token.text);
    if (close !== undefined) return this.bracketed(token.text, close);
    if (token.text.endsWith("deref")) return this.dereferenced(token.text);
    if (token.text === "->" && this.grammar.ends) return this.after(this.lambda());
    if (")]};,".includes(token.text)) {
      cursor.at--;
      return NOTHING;
    }
    return { kind: "unary", op: token.text, of: this.expression(UNARY) };
  }

  protected bracketed(open: string, close: string): Node {
    const items = this.inside(closes(close));
    const [only] = items;
    if (open === "(") return this.after(only && items.length === 1 ? only : { kind: "list", items });
    if (open !== "{" || !this.grammar.literalCalls) return this.after({ kind: "list", items });
    const table = items.map(
      (item): Node => (item.kind === "assign" ? { kind: "pair", key: keyOf(item.target), value: item.value } : item),
    );
    return { kind: "list", items: table };
  }

  /** `@{ … }`, `$$x`, `&$f(…)` */
  protected dereferenced(op: string): Node {
    const { cursor } = this;
    const list = cursor.takeSign("{") ? this.inside(closes("}")) : [this.simple()];
    const of: Node = list.length === 1 && list[0] ? list[0] : { kind: "list", items: list };
    if (op === "&deref")
      return cursor.takeSign("(")
        ? this.after({ kind: "call", callee: of, args: this.inside(closes(")")) })
        : { kind: "call", callee: of, args: [] };
    return this.after({ kind: "unary", op, of });
  }

  protected simple(): Node {
    const ops: string[] = [];
    while (this.cursor.peek().kind === "sign" && this.cursor.peek().text.endsWith("deref")) ops.push(this.cursor.next().text);
    const token = this.cursor.next();
    const node: Node = token.kind === "variable" ? { kind: "variable", name: token.text } : NOTHING;
    const [op] = ops;
    return op === undefined ? node : { kind: "unary", op, of: node };
  }

  /** What may follow an operand: members, calls, indices, blocks. */
  protected after(start: Node): Node {
    let node = start;
    for (let next = this.further(node); next; next = this.further(node)) node = next;
    return node;
  }

  protected further(node: Node): Node | undefined {
    const { cursor, grammar } = this;
    if (grammar.lexis.lines && cursor.peek().kind === "line" && (cursor.isSign(".", 1) || cursor.isSign("&.", 1))) cursor.at++;
    const token = cursor.peek();
    const callable = node.kind === "name" || node.kind === "member" || node.kind === "index" || node.kind === "call";
    if (token.kind === "text")
      return grammar.literalCalls && callable ? { kind: "call", callee: node, args: [this.literal()] } : undefined;
    if (token.kind === "name")
      return token.text === "do" && grammar.commands && grammar.ends && this.noDo === 0 && callable
        ? this.withBlock(node)
        : undefined;
    if (token.kind !== "sign") return undefined;
    if (grammar.dots.has(token.text)) return this.member(node);
    if (token.text === "++" || token.text === "--") return this.skip(node);
    if (token.text === "(") return this.isCalled(node, token) ? this.callOf(node) : undefined;
    if (token.text === "[") return this.isIndexed(node, token) ? this.indexOf(node, "]") : undefined;
    if (token.text !== "{") return undefined;
    if (grammar.literalCalls) return callable ? { kind: "call", callee: node, args: [this.literal()] } : undefined;
    if (grammar.ends) return callable ? this.withBlock(node) : undefined;
    return grammar.commands && (node.kind === "index" || (!token.space && (node.kind === "variable" || node.kind === "unary")))
      ? this.indexOf(node, "}")
      : undefined;
  }

  protected skip(node: Node): Node {
    this.cursor.at++;
    return { kind: "unary", op: "++", of: node };
  }

  protected literal(): Node {
    const token = this.cursor.next();
    return token.kind === "text" ? this.textPart(token.parts) : this.bracketed("{", "}");
  }

  protected isCalled(node: Node, token: Token): boolean {
    if (this.grammar.lexis.lines) return (node.kind === "name" || node.kind === "member") && !token.space;
    return this.grammar.commands
      ? node.kind === "name" || node.kind === "member" || node.kind === "index"
      : node.kind !== "list" || this.grammar.literalCalls;
  }

  protected isIndexed(node: Node, token: Token): boolean {
    if (this.grammar.lexis.lines) return !token.space;
    return !this.grammar.commands || node.kind !== "name";
  }

  protected callOf(callee: Node): Node {
    this.cursor.at++;
    return { kind: "call", callee, args: this.inside(closes(")")) };
  }

  protected indexOf(of: Node, close: string): Node {
    this.cursor.at++;
    const token = this.cursor.peek();
    if (token.kind === "name" && this.cursor.isSign(close, 1) && close === "}") {
      this.cursor.at += 2;
      return { kind: "index", of, key: { kind: "text", parts: [token.text] } };
    }
    const items = this.inside(closes(close));
    return { kind: "index", of, key: items.length === 1 && items[0] ? items[0] : { kind: "list", items } };
  }

  protected member(of: Node): Node | undefined {
    const { cursor, grammar } = this;
    cursor.at++;
    cursor.lines();
    const token = cursor.peek();
    if (token.kind === "sign") return this.dotted(of, token);
    cursor.at++;
    const dynamic: Node | undefined =
      token.kind === "variable" && !grammar.ends ? { kind: "variable", name: token.text } : undefined;
    const node: Node = { kind: "member", of, name: dynamic ?? token.text };
    if (!grammar.ends || !grammar.commands || !this.cursor.peek().space || !this.startsOperand(cursor.peek())) return node;
    return { kind: "call", callee: node, args: this.arguments() };
  }

  /** `->[0]`, `->{key}`, `->(…)`, `.()` */
  protected dotted(of: Node, token: Token): Node | undefined {
    const { cursor, grammar } = this;
    if (token.text === "(") return this.callOf(of);
    if (token.text === "[") return this.indexOf(of, "]");
    if (token.text === "{") return this.indexOf(of, "}");
    if (token.text === "$deref" && !grammar.ends) {
      cursor.at++;
      return {
        kind: "member",
        of,
        name: cursor.takeSign("{") ? { kind: "list", items: this.inside(closes("}")) } : this.simple(),
      };
    }
    cursor.at++;
    return { kind: "member", of, name: token.text };
  }

  protected withBlock(node: Node): Node {
    const block = this.block();
    return node.kind === "call" ? { ...node, block } : { kind: "call", callee: node, args: [], block };
  }

  /** `{ |x| … }`, `do |x| … end` */
  protected block(): Block {
    const { cursor } = this;
    const stop = cursor.next().text === "{" ? closes("}") : atEnd;
    cursor.lines();
    const params: string[] = [];
    if (cursor.takeSign("|")) {
      while (!cursor.done && !cursor.takeSign("|")) {
        const token = cursor.next();
        if (token.kind === "name") params.push(token.text);
      }
    }
    return { params, body: this.inside(stop) };
  }
}

function keyOf(target: Node): Node {
  return target.kind === "name" ? { kind: "text", parts: [target.name] } : target;
}
