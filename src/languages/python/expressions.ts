import type { SyntaxNode } from "@lezer/common";
import { exact } from "../../model/value.ts";
import { fill, type Source } from "../code/holes.ts";
import { type Arg, type Clause, type Entry, type Expr, NOTHING, type Param } from "../code/tree.ts";
import { numberOf, partsOfLiteral, textOfLiteral, unescapeText } from "./literals.ts";

/** Expressions inside one another that are read; a sum of a thousand terms is as deep as it has terms. */
const DEEPEST = 600;

/** Names of the parser's nodes that are signs and words of the grammar, not operands. */
const SIGNS: ReadonlySet<string> = new Set(
  "( ) [ ] { } , : ; . = * ** -> @ At AssignOp UpdateOp ArithOp BitOp CompareOp print yield from await return raise assert del as for in if else not and or is lambda async with while elif try except finally match case global nonlocal Comment".split(
    " ",
  ),
);

export const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const out: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) out.push(child);
  return out;
};

/** The parser's tree of an expression, as ours. */
export class Expressions {
  broken = false;
  private depth = 0;
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  textOf(node: SyntaxNode): string {
    return this.source.text.slice(node.from, node.to);
  }

  deeper<T>(node: SyntaxNode, read: () => T, otherwise: T): T {
    if (node.type.isError && node.to > node.from) this.broken = true;
    if (this.depth >= DEEPEST) {
      this.broken = true;
      return otherwise;
    }
    this.depth++;
    const out = read();
    this.depth--;
    return out;
  }

  expression(node: SyntaxNode | null): Expr {
    return node ? this.deeper(node, () => this.read(node), NOTHING) : NOTHING;
  }

  /** Children that are no signs. */
  operands(node: SyntaxNode): readonly SyntaxNode[] {
    const children = childrenOf(node);
    if (children.some((child) => child.type.isError && child.to > child.from)) this.broken = true;
    return children.filter((child) => !SIGNS.has(child.name) && (!child.type.isError || child.firstChild !== null));
  }

  /** One operand is itself, several are a tuple. */
  tuple(nodes: readonly SyntaxNode[]): Expr {
    const [first] = nodes;
    if (!first) return NOTHING;
    return nodes.length === 1 ? this.expression(first) : this.list(nodes);
  }

  list(nodes: readonly SyntaxNode[]): Expr {
    const items = nodes.flatMap((node): Arg[] => {
      if (SIGNS.has(node.name)) return [];
      return [{ value: this.expression(node), ...(node.prevSibling?.name === "*" ? { spread: true as const } : {}) }];
    });
    return { kind: "list", items };
  }

  private read(node: SyntaxNode): Expr {
    switch (node.name) {
      case "VariableName":
        return this.name(this.textOf(node));
      case "String":
        return { kind: "text", value: fill(textOfLiteral(this.textOf(node)), this.source.holes) };
      case "FormatString":
        return this.format(node);
      case "ContinuedString":
        return { kind: "template", parts: childrenOf(node).map((child) => this.expression(child)) };
      case "Number":
        return { kind: "number", value: numberOf(this.textOf(node)) };
      case "None":
      case "Ellipsis":
        return NOTHING;
      case "Boolean":
        return { kind: "number", value: this.textOf(node) === "True" ? 1 : 0 };
      case "ParenthesizedExpression":
      case "AwaitExpression":
        return this.tuple(this.operands(node));
      case "MemberExpression":
        return this.member(node);
      case "CallExpression": {
        const list = node.getChild("ArgList");
        const args = list ? this.args(list) : [];
        // Python 2: `exec code in scope`.
        const [code] = args;
        const inScope =
          code?.value.kind === "operator" &&
          code.value.sign === "in" &&
          node.firstChild &&
          this.textOf(node.firstChild) === "exec";
        const given = inScope && code.value.kind === "operator" ? [{ value: code.value.left }] : args;
        return { kind: "call", callee: this.expression(node.firstChild), args: given };
      }
      case "BinaryExpression":
        return this.binary(node);
      case "UnaryExpression":
        return this.unary(node);
      default:
        return this.compound(node);
    }
  }

  private compound(node: SyntaxNode): Expr {
    switch (node.name) {
      case "ConditionalExpression": {
        const [then, test, otherwise] = this.operands(node).map((operand) => this.expression(operand));
        return { kind: "either", options: [then ?? NOTHING, otherwise ?? NOTHING], ...(test ? { test } : {}) };
      }
      case "LambdaExpression": {
        const list = node.getChild("ParamList");
        const body = this.expression(node.lastChild);
        return { kind: "function", params: list ? this.params(list) : [], body: [{ kind: "return", value: body }] };
      }
      case "TupleExpression":
      case "ArrayExpression":
      case "SetExpression":
        return this.list(childrenOf(node));
      case "DictionaryExpression":
        return { kind: "record", entries: this.entries(node) };
      case "ArrayComprehensionExpression":
      case "SetComprehensionExpression":
      case "ComprehensionExpression":
      case "DictionaryComprehensionExpression":
        return this.comprehension(childrenOf(node));
      case "NamedExpression": {
        const [target, value] = this.operands(node).map((operand) => this.expression(operand));
        return { kind: "assign", target: target ?? NOTHING, value: value ?? NOTHING };
      }
      case "YieldExpression":
        return callTo("yield", this.tuple(this.operands(node)));
      default:
        return { kind: "parts", parts: this.operands(node).map((operand) => this.expression(operand)) };
    }
  }

  private name(name: string): Expr {
    const hole = this.source.holes.get(name);
    return hole ? { kind: "text", value: hole } : { kind: "name", name };
  }

  private member(node: SyntaxNode): Expr {
    const children = childrenOf(node);
    const object = this.expression(children[0] ?? null);
    const name = children.find((child) => child.name === "PropertyName");
    if (name) return { kind: "member", object, name: this.textOf(name) };
    const inside = children.slice(2, -1);
    if (inside.every((child) => child.name !== ":"))
      return { kind: "index", object, key: this.tuple(inside.filter((child) => child.name !== ",")) };
    const bounds: (Expr | undefined)[] = [undefined];
    for (const child of inside) {
      if (child.name === ":") bounds.push(undefined);
      else bounds[bounds.length - 1] = this.expression(child);
    }
    return { kind: "slice", object, from: bounds[0], to: bounds[1], step: bounds[2] };
  }

  private binary(node: SyntaxNode): Expr {
    const [left, right] = this.operands(node);
    const sign = left ? this.textOf(left.nextSibling ?? left) : "";
    const operands = { left: this.expression(left ?? null), right: this.expression(right ?? null) };
    if (sign === "and" || sign === "or") return { kind: "either", options: [operands.left, operands.right] };
    return { kind: "operator", sign, ...operands };
  }

  private unary(node: SyntaxNode): Expr {
    const value = this.tuple(this.operands(node));
    if (this.textOf(node).startsWith("-") && value.kind === "number") return { kind: "number", value: -value.value };
    return { kind: "parts", parts: [value] };
  }

  /** `f"a{b!r:>{w}}c"`; `{{` is a brace. */
  private format(node: SyntaxNode): Expr {
    const literal = this.textOf(node);
    const { prefix, start, end } = partsOfLiteral(literal);
    const parts: Expr[] = [];
    let at = start;
    const text = (to: number): void => {
      const body = unescapeText(literal.slice(at, to), prefix).replaceAll("{{", "{").replaceAll("}}", "}");
      if (body !== "") parts.push({ kind: "text", value: fill(body, this.source.holes) });
    };
    for (const child of childrenOf(node)) {
      if (child.name !== "FormatReplacement") continue;
      text(child.from - node.from);
      const [value] = this.operands(child);
      parts.push(this.expression(value ?? null));
      at = child.to - node.from;
    }
    text(end);
    return { kind: "template", parts: parts.length > 0 ? parts : [{ kind: "text", value: exact("") }] };
  }

  args(list: SyntaxNode): readonly Arg[] {
    const children = childrenOf(list);
    const at = children.findIndex((child) => child.name === "for");
    if (at >= 0) return [{ value: this.comprehension(children) }];
    const out: Arg[] = [];
    children.forEach((child, i) => {
      if (child.type.isError && child.to > child.from) this.broken = true;
      if (SIGNS.has(child.name) || children[i + 1]?.name === "AssignOp") return;
      const before = child.prevSibling;
      const name = before?.name === "AssignOp" ? before.prevSibling : undefined;
      const spread = before?.name === "*" || before?.name === "**";
      out.push({
        value: this.expression(child),
        ...(name ? { name: this.textOf(name) } : {}),
        ...(spread ? { spread: true } : {}),
      });
    });
    return out;
  }

  params(list: SyntaxNode): readonly Param[] {
    const out: Param[] = [];
    for (const child of childrenOf(list)) {
      if (child.name !== "VariableName" || child.prevSibling?.name === "AssignOp") continue;
      const before = child.prevSibling?.name;
      let next = child.nextSibling;
      if (next?.name === "TypeDef") next = next.nextSibling;
      const fallback = next?.name === "AssignOp" ? this.expression(next.nextSibling) : undefined;
      const rest = before === "*" ? "list" : before === "**" ? "record" : undefined;
      out.push({ target: this.name(this.textOf(child)), ...(fallback ? { fallback } : {}), ...(rest ? { rest } : {}) });
    }
    return out;
  }

  private entries(node: SyntaxNode): readonly Entry[] {
    const out: Entry[] = [];
    for (const child of this.operands(node)) {
      if (child.prevSibling?.name === "**") out.push({ key: undefined, value: this.expression(child) });
      else if (child.prevSibling?.name === ":") {
        const key = child.prevSibling.prevSibling;
        out.push({ key: key ? this.expression(key) : NOTHING, value: this.expression(child) });
      }
    }
    return out;
  }

  /** `ITEM for TARGET in OVER if TEST …`; of `KEY: VALUE for …` a pair. */
  private comprehension(children: readonly SyntaxNode[]): Expr {
    const first = children.findIndex((child) => child.name === "for");
    const items = children.slice(0, first).filter((child) => !SIGNS.has(child.name));
    const clauses: { target: SyntaxNode[]; over: SyntaxNode[]; tests: SyntaxNode[] }[] = [];
    let part: "target" | "over" | "tests" = "target";
    for (const child of children.slice(first)) {
      if (child.name === "for") {
        clauses.push({ target: [], over: [], tests: [] });
        part = "target";
      } else if (child.name === "in") part = "over";
      else if (child.name === "if") part = "tests";
      else if (!SIGNS.has(child.name)) clauses.at(-1)?.[part].push(child);
    }
    return {
      kind: "each",
      item: this.tuple(items),
      clauses: clauses.map(
        ({ target, over, tests }): Clause => ({
          target: this.tuple(target),
          over: this.tuple(over),
          tests: tests.map((test) => this.expression(test)),
        }),
      ),
    };
  }
}

const callTo = (name: string, value: Expr): Expr => ({ kind: "call", callee: { kind: "name", name }, args: [{ value }] });
