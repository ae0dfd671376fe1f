import type { SyntaxNode } from "@lezer/common";
import type { Source } from "../code/holes.ts";
import type { Definition, Expr, Member, Param, Program, Statement } from "../code/tree.ts";
import { NOTHING } from "../code/tree.ts";
import { childrenOf, Expressions } from "./expressions.ts";
import { parseEither } from "./modern.ts";

/** Python 3, and Python 2 as far as it differs in `print` and `exec`. The parser never gives up: what it cannot place makes the program `broken`. */
export function parsePython(source: Source): Program {
  const { tree, text } = parseEither(source.text);
  const reader = new Statements({ ...source, text });
  const body = reader.block(tree.topNode);
  return { body, broken: reader.broken };
}

class Statements extends Expressions {
  block(node: SyntaxNode | null): readonly Statement[] {
    if (!node) return [];
    if (node.name !== "Script" && node.name !== "Body" && node.name !== "StatementGroup" && node.name !== "MatchBody")
      return this.statement(node);
    const nodes = childrenOf(node).filter((child) => child.name !== ":" && child.name !== ";" && child.name !== "Comment");
    return nodes.flatMap((child) => this.deeper(child, () => this.statement(child), []));
  }

  private statement(node: SyntaxNode): readonly Statement[] {
    switch (node.name) {
      case "ExpressionStatement":
        return [{ kind: "do", value: this.expression(node.firstChild) }];
      case "AssignStatement":
      case "UpdateStatement":
        return this.assignment(node);
      case "ImportStatement":
        return this.imports(node);
      case "PrintStatement":
        return [
          {
            kind: "do",
            value: callOf(
              "print",
              this.operands(node).map((part) => this.expression(part)),
            ),
          },
        ];
      case "ReturnStatement":
        return [{ kind: "return", value: this.tuple(this.operands(node)) }];
      case "FunctionDefinition":
      case "ClassDefinition":
      case "DecoratedStatement":
        return this.definition(node);
      case "IfStatement":
      case "TryStatement":
      case "MatchStatement":
        return this.branches(node);
      case "ForStatement":
      case "WhileStatement":
        return this.loop(node);
      case "WithStatement":
        return this.within(node);
      case "StatementGroup":
      case "Body":
        return this.block(node);
      case "ScopeStatement":
      case "PassStatement":
      case "Comment":
        return [];
      default:
        if (node.type.isError) this.broken = true;
        return [{ kind: "do", value: { kind: "parts", parts: this.operands(node).map((part) => this.expression(part)) } }];
    }
  }

  /** `a = b = 1`, `a, b = c`, `a += b`, `a: int = 1`. */
  private assignment(node: SyntaxNode): readonly Statement[] {
    const groups: SyntaxNode[][] = [[]];
    let sign: string | undefined;
    for (const child of childrenOf(node)) {
      if (child.name === "AssignOp" || child.name === "UpdateOp") {
        if (child.name === "UpdateOp") sign = this.textOf(child).slice(0, -1);
        groups.push([]);
      } else if (child.name !== "TypeDef" && child.name !== ",") groups.at(-1)?.push(child);
      else if (child.name === ",") this.commas.add(groups.at(-1) ?? []);
      if (child.type.isError) this.broken = true;
    }
    const [last, ...targets] = groups.reverse();
    const value = this.group(last ?? []);
    return targets.map((target): Statement => {
      const assigned: Expr = { kind: "assign", target: this.group(target), value };
      return { kind: "do", value: sign === undefined ? assigned : { ...assigned, sign } };
    });
  }

  private readonly commas = new Set<readonly SyntaxNode[]>();

  private group(nodes: readonly SyntaxNode[]): Expr {
    return this.commas.has(nodes) ? this.list(nodes) : this.tuple(nodes);
  }

  private imports(node: SyntaxNode): readonly Statement[] {
    const words = childrenOf(node)
      .filter((child) => child.name !== "(" && child.name !== ")" && child.name !== "Comment")
      .map((child) => {
        if (child.type.isError) this.broken = true;
        return this.textOf(child);
      })
      .filter((word) => word !== "");
    if (words[0] !== "from") return split(words.slice(1)).map((part) => importOf(part));
    const at = words.indexOf("import");
    if (at < 0) return [];
    const module = words.slice(1, at).join("");
    return split(words.slice(at + 1)).map(
      (part): Statement => ({ kind: "import", module, name: part.name, as: part.as ?? part.name }),
    );
  }

  private definition(node: SyntaxNode): readonly Statement[] {
    const children = childrenOf(node);
    if (node.name === "DecoratedStatement") {
      const decorators = children.filter((child) => child.name === "Decorator").map((child) => this.tuple(this.operands(child)));
      const [defined] = this.definition(children.at(-1) ?? node);
      return defined?.kind === "define" ? [{ ...defined, decorators }] : defined ? [defined] : [];
    }
    const name = children.find((child) => child.name === "VariableName");
    const body = children.find((child) => child.name === "Body") ?? null;
    if (!name) return [];
    const value: Definition = node.name === "ClassDefinition" ? this.classOf(children, body) : this.functionOf(children, body);
    return [{ kind: "define", name: this.textOf(name), value, decorators: [] }];
  }

  private functionOf(children: readonly SyntaxNode[], body: SyntaxNode | null): Definition {
    const list = children.find((child) => child.name === "ParamList");
    const generates = body !== null && hasYield(body);
    const params: readonly Param[] = list ? this.params(list) : [];
    return { kind: "function", params, body: this.block(body), ...(generates ? { generates: true } : {}) };
  }

  private classOf(children: readonly SyntaxNode[], body: SyntaxNode | null): Definition {
    const list = children.find((child) => child.name === "ArgList");
    const members = this.block(body).flatMap((statement): Member[] => {
      if (statement.kind === "define") return [{ name: statement.name, value: statement.value }];
      if (statement.kind !== "do" || statement.value.kind !== "assign" || statement.value.target.kind !== "name")
        return [{ name: "", value: statement.kind === "do" ? statement.value : NOTHING }];
      return [{ name: statement.value.target.name, value: statement.value.value }];
    });
    return { kind: "class", bases: list ? this.args(list).map((arg) => arg.value) : [], members };
  }

  /** Tests and bodies of `if`, `try`, `match`. A body after `except E as x` begins with x. */
  private branches(node: SyntaxNode): readonly Statement[] {
    const before: Statement[] = [];
    const branches: (readonly Statement[])[] = [];
    let caught: Statement[] = [];
    const children =
      node.name === "MatchStatement"
        ? childrenOf(node).flatMap((child) => (child.name === "MatchBody" ? clauses(child) : [child]))
        : childrenOf(node);
    for (const child of children) {
      if (child.name === "Body") {
        // The body of `try` is run, and may end anywhere; what follows it runs as well.
        if (node.name === "TryStatement" && branches.length === 0 && before.length === 0) before.push(...this.block(child));
        else branches.push([...caught, ...this.block(child)]);
        caught = [];
      } else if (child.firstChild || child.name === "VariableName") {
        const value = this.expression(child);
        if (node.name === "TryStatement") {
          if (child.prevSibling?.name === "as")
            caught.push({ kind: "do", value: { kind: "assign", target: value, value: NOTHING } });
        } else before.push({ kind: "do", value });
      } else if (child.type.isError) this.broken = true;
    }
    return [...before, { kind: "branches", branches }];
  }

  private loop(node: SyntaxNode): readonly Statement[] {
    const children = childrenOf(node);
    const bodies = children.filter((child) => child.name === "Body");
    const at = children.findIndex((child) => child.name === "in");
    const after: readonly Statement[] = bodies.slice(1).flatMap((body) => this.block(body));
    const end = children.findIndex((child) => child.name === "Body");
    if (node.name === "WhileStatement" || at < 0) {
      const tests = this.operands(node).filter((child) => child.name !== "Body");
      return [{ kind: "loop", tests: tests.map((test) => this.expression(test)), body: this.block(bodies[0] ?? null) }, ...after];
    }
    const target = this.tuple(
      children.slice(0, at).filter((child) => child.name !== "for" && child.name !== "async" && child.name !== ","),
    );
    const over = this.tuple(children.slice(at + 1, end).filter((child) => child.name !== ","));
    return [{ kind: "loop", target, over, tests: [], body: this.block(bodies[0] ?? null) }, ...after];
  }

  private within(node: SyntaxNode): readonly Statement[] {
    const out: Statement[] = [];
    let last: Expr | undefined;
    let naming = false;
    const flush = (): void => {
      if (last) out.push({ kind: "do", value: last });
      last = undefined;
    };
    for (const child of childrenOf(node)) {
      if (child.name === "Body") {
        flush();
        out.push(...this.block(child));
      } else if (child.name === "as") naming = true;
      else if (!isSign(child) || child.name === "VariableName") {
        const value = this.expression(child);
        if (naming && last) last = { kind: "assign", target: value, value: last };
        else {
          flush();
          last = value;
        }
        naming = false;
      }
    }
    flush();
    return out;
  }
}

const isSign = (node: SyntaxNode): boolean => node.firstChild === null;

const clauses = (body: SyntaxNode): readonly SyntaxNode[] =>
  childrenOf(body).flatMap((clause) => childrenOf(clause).filter((child) => child.name === "Body" || child.name === "Guard"));

export function callOf(name: string, args: readonly Expr[]): Expr {
  return { kind: "call", callee: { kind: "name", name }, args: args.map((value) => ({ value })) };
}

function hasYield(body: SyntaxNode): boolean {
  const cursor = body.cursor();
  const end = body.to;
  do if (cursor.name === "yield" && cursor.from < end) return true;
  while (cursor.next() && cursor.from < end);
  return false;
}

/** Words up to each comma: `a . b as c`. */
function split(words: readonly string[]): readonly { readonly name: string; readonly as?: string }[] {
  const parts: { name: string; as?: string }[] = [];
  let part: { name: string; as?: string } = { name: "" };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === ",") {
      parts.push(part);
      part = { name: "" };
    } else if (word === "as" && part.name !== "") part.as = words[++i] ?? "";
    else part.name += word;
  }
  return [...parts, part].filter((found) => found.name !== "");
}

/** `import a.b` names `a`, `import a.b as c` the module itself. */
function importOf(part: { readonly name: string; readonly as?: string }): Statement {
  const [first = part.name] = part.name.split(".");
  return part.as === undefined
    ? { kind: "import", module: part.name, as: first }
    : { kind: "import", module: part.name, name: "", as: part.as };
}
