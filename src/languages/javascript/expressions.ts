import type * as acorn from "acorn";
import { exact } from "../../model/value.ts";
import { fill, type Source } from "../code/holes.ts";
import { type Arg, type Definition, type Entry, type Expr, NOTHING } from "../code/tree.ts";

/** Statements and expressions inside one another that are read. */
const DEEPEST = 600;

type Node = acorn.Expression | acorn.Super | acorn.PrivateIdentifier | acorn.SpreadElement;

/** acorn's tree of an expression, as ours. */
export abstract class Expressions {
  broken = false;
  private depth = 0;
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  abstract functionOf(node: acorn.Function): Definition;
  abstract classOf(node: acorn.Class): Definition;

  deeper<T>(read: () => T, otherwise: T): T {
    if (this.depth >= DEEPEST) {
      this.broken = true;
      return otherwise;
    }
    this.depth++;
    const out = read();
    this.depth--;
    return out;
  }

  expression(node: Node | null | undefined): Expr {
    return node ? this.deeper(() => this.read(node), NOTHING) : NOTHING;
  }

  private text(text: string): Expr {
    return { kind: "text", value: fill(text, this.source.holes) };
  }

  private name(name: string): Expr {
    const hole = this.source.holes.get(name);
    if (hole) return { kind: "text", value: hole };
    return name === "undefined" ? NOTHING : { kind: "name", name };
  }

  private read(node: Node): Expr {
    switch (node.type) {
      case "Identifier":
        return this.name(node.name);
      case "Literal":
        return this.literal(node);
      case "TemplateLiteral":
        return this.template(node);
      case "TaggedTemplateExpression": {
        const quasi = this.template(node.quasi);
        return { kind: "call", callee: this.expression(node.tag), args: [{ value: quasi }] };
      }
      case "ThisExpression":
        return { kind: "name", name: "this" };
      case "Super":
        return { kind: "name", name: "super" };
      case "MemberExpression":
        return this.member(node);
      case "ChainExpression":
      case "ParenthesizedExpression":
        return this.expression(node.expression);
      case "AwaitExpression":
        return this.expression(node.argument);
      case "CallExpression":
      case "NewExpression":
        return { kind: "call", callee: this.expression(node.callee), args: node.arguments.map((arg) => this.arg(arg)) };
      case "ImportExpression":
        return { kind: "call", callee: { kind: "name", name: "require" }, args: [{ value: this.expression(node.source) }] };
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return this.functionOf(node);
      case "ClassExpression":
        return this.classOf(node);
      default:
        return this.compound(node);
    }
  }

  private compound(node: Exclude<Node, acorn.Identifier>): Expr {
    switch (node.type) {
      case "ArrayExpression":
        return { kind: "list", items: node.elements.map((item) => (item ? this.arg(item) : { value: NOTHING })) };
      case "ObjectExpression":
        return { kind: "record", entries: node.properties.map((property) => this.entry(property)) };
      case "BinaryExpression":
        return { kind: "operator", sign: node.operator, left: this.expression(node.left), right: this.expression(node.right) };
      case "LogicalExpression":
        return { kind: "either", options: [this.expression(node.left), this.expression(node.right)] };
      case "ConditionalExpression":
        return {
          kind: "either",
          options: [this.expression(node.consequent), this.expression(node.alternate)],
          test: this.expression(node.test),
        };
      case "AssignmentExpression":
        return this.assignment(node);
      case "SequenceExpression": {
        const parts = node.expressions.map((part) => this.expression(part));
        return { kind: "sequence", parts };
      }
      case "UnaryExpression": {
        const value = this.expression(node.argument);
        if (node.operator === "-" && value.kind === "number") return { kind: "number", value: -value.value };
        if (node.operator === "typeof" || node.operator === "void" || node.operator === "!")
          return { kind: "sequence", parts: [value, { kind: "parts", parts: [] }] };
        return { kind: "parts", parts: [value] };
      }
      case "UpdateExpression": {
        const target = this.expression(node.argument);
        return { kind: "assign", target, value: { kind: "number", value: 1 }, sign: node.operator === "++" ? "+" : "-" };
      }
      case "YieldExpression":
        return { kind: "call", callee: { kind: "name", name: "yield" }, args: [{ value: this.expression(node.argument) }] };
      case "SpreadElement":
        return this.expression(node.argument);
      default:
        return { kind: "parts", parts: [] };
    }
  }

  private literal(node: acorn.Literal): Expr {
    const { value } = node;
    if (typeof value === "string") return this.text(value);
    if (typeof value === "number") return { kind: "number", value };
    if (typeof value === "boolean") return { kind: "number", value: value ? 1 : 0 };
    return value === null && node.regex === undefined ? NOTHING : { kind: "parts", parts: [] };
  }

  private template(node: acorn.TemplateLiteral): Expr {
    const parts: Expr[] = [];
    node.quasis.forEach((quasi, i) => {
      const text = quasi.value.cooked ?? quasi.value.raw;
      if (text !== "") parts.push(this.text(text));
      const inner = node.expressions[i];
      if (inner) parts.push(this.expression(inner));
    });
    return { kind: "template", parts: parts.length > 0 ? parts : [{ kind: "text", value: exact("") }] };
  }

  private member(node: acorn.MemberExpression): Expr {
    const object = this.expression(node.object);
    if (node.property.type === "PrivateIdentifier") return { kind: "member", object, name: `#${node.property.name}` };
    if (!node.computed && node.property.type === "Identifier") return { kind: "member", object, name: node.property.name };
    return { kind: "index", object, key: this.expression(node.property) };
  }

  private arg(node: acorn.Expression | acorn.SpreadElement): Arg {
    return node.type === "SpreadElement"
      ? { value: this.expression(node.argument), spread: true }
      : { value: this.expression(node) };
  }

  private entry(node: acorn.Property | acorn.SpreadElement): Entry {
    if (node.type === "SpreadElement") return { key: undefined, value: this.expression(node.argument) };
    return { key: this.key(node), value: this.expression(node.value) };
  }

  private key(node: { readonly key: acorn.Expression; readonly computed: boolean }): Expr {
    if (node.computed) return this.expression(node.key);
    return { kind: "text", value: exact(this.keyName(node.key) ?? "") };
  }

  keyName(key: acorn.Expression): string | undefined {
    if (key.type === "Identifier") return key.name;
    return key.type === "Literal" ? String(key.value) : undefined;
  }

  private assignment(node: acorn.AssignmentExpression): Expr {
    const assigned: Expr = { kind: "assign", target: this.pattern(node.left), value: this.expression(node.right) };
    const sign = node.operator.slice(0, -1);
    return sign === "" || sign === "||" || sign === "&&" || sign === "??" ? assigned : { ...assigned, sign };
  }

  /** What is assigned to. */
  pattern(node: acorn.Pattern): Expr {
    switch (node.type) {
      case "ObjectPattern":
        return {
          kind: "record",
          entries: node.properties.map(
            (one): Entry =>
              one.type === "RestElement"
                ? { key: undefined, value: this.pattern(one.argument) }
                : { key: this.key(one), value: this.pattern(one.value) },
          ),
        };
      case "ArrayPattern":
        return {
          kind: "list",
          items: node.elements.map((one): Arg => {
            if (!one) return { value: { kind: "parts", parts: [] } };
            return one.type === "RestElement"
              ? { value: this.pattern(one.argument), spread: true }
              : { value: this.pattern(one) };
          }),
        };
      case "AssignmentPattern":
        return { kind: "assign", target: this.pattern(node.left), value: this.expression(node.right) };
      case "RestElement":
        return this.pattern(node.argument);
      case "Identifier":
      case "MemberExpression":
        return this.expression(node);
    }
  }
}
