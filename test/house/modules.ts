import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/** One source file, with what it imports and what it holds that the house rules are about. */
export interface Module {
  /** From the root, with `/`: `src/trace/walk.ts`. */
  readonly path: string;
  /** First folder below src, or the file's name without ending: `trace`, `analyze`. */
  readonly layer: string;
  readonly lines: number;
  /** Resolved paths of our own modules; names of packages. */
  readonly imports: readonly string[];
  /** Those of them that are loaded with the module: neither types alone nor `import()`. */
  readonly loaded: readonly string[];
  /** Line numbers of regular expressions, as literals or by RegExp. */
  readonly expressions: readonly number[];
  /** Globals that read the world: `process`, `Date`, … */
  readonly globals: readonly string[];
}

const WORLD: ReadonlySet<string> = new Set([
  "process",
  "Date",
  "performance",
  "console",
  "require",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "globalThis",
]);

export function readModules(root = "src"): readonly Module[] {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  return paths.sort().map((path) => readModule(join(root, path)));
}

function readModule(path: string): Module {
  const text = readFileSync(path, "utf8");
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const expressions: number[] = [];
  const globals: string[] = [];
  const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length;
  const dynamic: string[] = [];
  new Visitor({
    Literal(node) {
      if ("regex" in node) expressions.push(lineOf(node.start));
    },
    Identifier(node) {
      if (node.name === "RegExp") expressions.push(lineOf(node.start));
      if (WORLD.has(node.name)) globals.push(node.name);
    },
    MemberExpression(node) {
      if (
        node.object.type === "Identifier" &&
        node.object.name === "Math" &&
        node.property.type === "Identifier" &&
        node.property.name === "random"
      )
        globals.push("Math.random");
    },
    ImportExpression(node) {
      dynamic.push(node.source.type === "Literal" ? String(node.source.value) : "a computed import");
    },
  }).visit(program);
  const resolve = (name: string): string => (name.startsWith(".") ? join(path, "..", name) : name);
  const unique = (names: readonly string[]): readonly string[] => [...new Set(names.map(resolve))];
  const exported = module.staticExports.flatMap((statement) =>
    statement.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
  );
  const values = module.staticImports.filter(({ entries }) => entries.length === 0 || entries.some((entry) => !entry.isType));
  const named = module.staticImports.map((statement) => statement.moduleRequest.value);
  return {
    path,
    layer: layerOf(path),
    lines: text.split("\n").length - 1,
    imports: unique([...named, ...exported, ...dynamic]),
    loaded: unique([...values.map((statement) => statement.moduleRequest.value), ...exported]),
    expressions,
    globals,
  };
}

export function layerOf(path: string): string {
  const [, first = ""] = path.split("/");
  return first.replace(/\.ts$/, "");
}
