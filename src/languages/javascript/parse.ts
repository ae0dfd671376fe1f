import * as acorn from "acorn";
import type { Source } from "../code/holes.ts";
import { type Definition, type Expr, type Member, NOTHING, type Param, type Program, type Statement } from "../code/tree.ts";
import { Expressions } from "./expressions.ts";

/** JavaScript as a script or as a module; undefined when it is neither. */
export function parseJavaScript(source: Source): Program | undefined {
  const tree = parseAs(source.text, "script") ?? parseAs(source.text, "module");
  if (!tree) return undefined;
  const reader = new Statements(source);
  const body = reader.block(tree.body);
  return { body, broken: reader.broken };
}

function parseAs(text: string, sourceType: "script" | "module"): acorn.Program | undefined {
  try {
    return acorn.parse(text, {
      ecmaVersion: "latest",
      sourceType,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowHashBang: true,
      allowSuperOutsideMethod: true,
    });
  } catch {
    // A syntax error, or brackets deeper than the stack.
    return undefined;
  }
}

type Node = acorn.Statement | acorn.ModuleDeclaration;

class Statements extends Expressions {
  block(nodes: readonly Node[]): readonly Statement[] {
    return nodes.flatMap((node) => this.deeper(() => this.statement(node), []));
  }

  private statement(node: Node): readonly Statement[] {
    switch (node.type) {
      case "ExpressionStatement":
        return [{ kind: "do", value: this.expression(node.expression) }];
      case "VariableDeclaration":
        return node.declarations.map((one): Statement => this.declared(one));
      case "FunctionDeclaration":
      case "ClassDeclaration":
        return [this.definition(node, node.id?.name ?? "default")];
      case "ReturnStatement":
        return [{ kind: "return", value: this.expression(node.argument) }];
      case "ThrowStatement":
        return [{ kind: "do", value: this.expression(node.argument) }];
      case "BlockStatement":
        return [{ kind: "block", body: this.block(node.body) }];
      case "LabeledStatement":
      case "WithStatement":
        return this.block([node.body]);
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
      case "ExportAllDeclaration":
        return this.module(node);
      case "IfStatement":
      case "SwitchStatement":
      case "TryStatement":
        return this.branches(node);
      default:
        return this.loop(node);
    }
  }

  private declared(node: acorn.VariableDeclarator): Statement {
    const value: Expr = node.init ? this.expression(node.init) : { kind: "parts", parts: [] };
    return { kind: "do", value: { kind: "assign", target: this.pattern(node.id), value, own: true } };
  }

  private definition(
    node:
      | acorn.FunctionDeclaration
      | acorn.ClassDeclaration
      | acorn.AnonymousFunctionDeclaration
      | acorn.AnonymousClassDeclaration,
    name: string,
  ): Statement {
    const value = node.type === "FunctionDeclaration" ? this.functionOf(node) : this.classOf(node);
    return { kind: "define", name, value, decorators: [] };
  }

  private module(node: acorn.ModuleDeclaration): readonly Statement[] {
    switch (node.type) {
      case "ImportDeclaration": {
        const module = String(node.source.value);
        if (node.specifiers.length === 0) return [{ kind: "import", module, name: "", as: "" }];
        return node.specifiers.map((one): Statement => {
          if (one.type !== "ImportSpecifier") return { kind: "import", module, name: "", as: one.local.name };
          const name = one.imported.type === "Identifier" ? one.imported.name : String(one.imported.value);
          return { kind: "import", module, name: name === "default" ? "" : name, as: one.local.name };
        });
      }
      case "ExportNamedDeclaration":
        return node.declaration ? this.block([node.declaration]) : [];
      case "ExportDefaultDeclaration": {
        const { declaration } = node;
        if (declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration")
          return [this.definition(declaration, declaration.id?.name ?? "default")];
        return [{ kind: "do", value: this.expression(declaration) }];
      }
      case "ExportAllDeclaration":
        return [{ kind: "import", module: String(node.source.value), name: "", as: "" }];
    }
  }

  private branches(node: acorn.IfStatement | acorn.SwitchStatement | acorn.TryStatement): readonly Statement[] {
    switch (node.type) {
      case "IfStatement":
        return [
          { kind: "do", value: this.expression(node.test) },
          { kind: "branches", branches: [this.block([node.consequent]), node.alternate ? this.block([node.alternate]) : []] },
        ];
      case "SwitchStatement":
        return [
          { kind: "do", value: this.expression(node.discriminant) },
          { kind: "branches", branches: node.cases.map((one) => this.block(one.consequent)) },
        ];
      case "TryStatement": {
        const caught: readonly Statement[] = node.handler
          ? [
              ...(node.handler.param
                ? [
                    {
                      kind: "do" as const,
                      value: {
                        kind: "assign" as const,
                        target: this.pattern(node.handler.param),
                        value: NOTHING,
                        own: true as const,
                      },
                    },
                  ]
                : []),
              ...this.block(node.handler.body.body),
            ]
          : [];
        return [
          ...this.block(node.block.body),
          { kind: "branches", branches: [caught] },
          ...(node.finalizer ? this.block(node.finalizer.body) : []),
        ];
      }
    }
  }

  private loop(node: Node): readonly Statement[] {
    switch (node.type) {
      case "ForStatement": {
        const first: readonly Statement[] = !node.init
          ? []
          : node.init.type === "VariableDeclaration"
            ? this.block([node.init])
            : [{ kind: "do", value: this.expression(node.init) }];
        const body = [
          ...this.block([node.body]),
          ...(node.update ? [{ kind: "do" as const, value: this.expression(node.update) }] : []),
        ];
        return [...first, { kind: "loop", tests: node.test ? [this.expression(node.test)] : [], body }];
      }
      case "WhileStatement":
      case "DoWhileStatement":
        return [{ kind: "loop", tests: [this.expression(node.test)], body: this.block([node.body]) }];
      case "ForOfStatement":
      case "ForInStatement": {
        const target = node.left.type === "VariableDeclaration" ? node.left.declarations[0]?.id : node.left;
        return [
          {
            kind: "loop",
            target: target ? this.pattern(target) : NOTHING,
            over: this.expression(node.right),
            tests: [],
            body: this.block([node.body]),
          },
        ];
      }
      default:
        return [];
    }
  }

  override functionOf(node: acorn.Function): Definition {
    const body: readonly Statement[] =
      node.body.type === "BlockStatement" ? this.block(node.body.body) : [{ kind: "return", value: this.expression(node.body) }];
    return {
      kind: "function",
      params: node.params.map((param) => this.param(param)),
      body,
      ...(node.generator ? { generates: true as const } : {}),
      ...(node.type === "ArrowFunctionExpression" ? { arrow: true as const } : {}),
    };
  }

  private param(node: acorn.Pattern): Param {
    if (node.type === "RestElement") return { target: this.pattern(node.argument), rest: "list" };
    if (node.type === "AssignmentPattern") return { target: this.pattern(node.left), fallback: this.expression(node.right) };
    return { target: this.pattern(node) };
  }

  override classOf(node: acorn.Class): Definition {
    const members = node.body.body.flatMap((one): Member[] => {
      if (one.type === "StaticBlock")
        return [
          { name: "", value: { kind: "call", callee: { kind: "function", params: [], body: this.block(one.body) }, args: [] } },
        ];
      const name = one.computed || one.key.type === "PrivateIdentifier" ? undefined : this.keyName(one.key);
      if (one.key.type === "PrivateIdentifier") return [{ name: `#${one.key.name}`, value: this.expression(one.value) }];
      return [{ name: name ?? "", value: this.expression(one.value) }];
    });
    return { kind: "class", bases: node.superClass ? [this.expression(node.superClass)] : [], members };
  }
}
