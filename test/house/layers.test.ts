import { describe, expect, test } from "vitest";
import { layerOf, readModules } from "./modules.ts";

/** Every layer and what it may use, besides itself. The reasons stand in docs/architecture.md. */
const MAY_USE = new Map<string, readonly string[]>([
  ["model", []],
  ["intake", ["model"]],
  ["syntax", ["model", "unbash"]],
  ["words", ["model", "syntax"]],
  ["text", ["model"]],
  ["knowledge", ["model"]],
  ["commands", ["model", "knowledge"]],
  ["languages", ["model", "knowledge", "text", "@lezer/python", "@lezer/common", "acorn"]],
  ["flow", ["model"]],
  ["rules", ["model", "knowledge"]],
  ["trace", ["model", "knowledge", "syntax", "words", "text", "commands", "languages", "flow"]],
  ["containment", ["model", "knowledge", "rules"]],
  ["verdict", ["model", "knowledge", "rules"]],
  ["analyze", ["model", "knowledge", "intake", "trace", "flow", "rules", "containment", "verdict"]],
  ["index", ["model", "knowledge", "rules", "analyze"]],
  ["load", ["model", "knowledge", "node:", "yaml", "zod"]],
  ["sources", ["model", "node:"]],
  ["report", ["model", "knowledge", "zod"]],
  ["state", ["node:", "ioredis"]],
  ["policy", ["model", "knowledge", "intake", "index", "load", "yaml", "zod", "re2js"]],
  ["audit", ["model", "node:", "zod"]],
  ["gate", ["model", "knowledge", "index", "load", "policy", "state", "audit", "node:", "@opentelemetry/api"]],
  ["proxy", ["policy", "gate", "node:"]],
  ["server", ["model", "index", "state", "audit", "gate", "node:", "zod"]],
  [
    "suite",
    [
      "model",
      "intake",
      "syntax",
      "knowledge",
      "commands",
      "rules",
      "index",
      "load",
      "sources",
      "report",
      "policy",
      "node:",
      "zod",
      "yaml",
      "smol-toml",
      "vitest",
    ],
  ],
  ["hooks", ["model", "intake", "index", "policy"]],
  ["sandbox", ["model", "knowledge", "index", "load", "containment", "suite", "node:", "yaml", "smol-toml"]],
  [
    "cli",
    [
      "model",
      "knowledge",
      "rules",
      "containment",
      "intake",
      "index",
      "load",
      "sources",
      "report",
      "policy",
      "audit",
      "state",
      "gate",
      "proxy",
      "server",
      "suite",
      "sandbox",
      "hooks",
      "node:",
      "commander",
    ],
  ],
]);

/** Layers whose result depends on their arguments alone. */
const PURE = [
  "model",
  "intake",
  "syntax",
  "words",
  "text",
  "knowledge",
  "commands",
  "languages",
  "flow",
  "rules",
  "trace",
  "containment",
  "verdict",
  "analyze",
  "index",
];
/** Their parts call one another because a grammar does: a word holds a substitution, which holds a script, which holds words. */
const RECURSIVE = ["syntax", "words", "languages", "trace"];
/** Layers that look at a command only as effects, arguments and trees. */
const WITHOUT_EXPRESSIONS = ["rules", "commands", "trace"];

const modules = readModules();

test("every layer is in the table", () => {
  expect([...new Set(modules.map((module) => module.layer))].filter((layer) => !MAY_USE.has(layer))).toEqual([]);
});

describe("a layer uses only what the table says", () => {
  test.each([...MAY_USE])("%s", (layer, allowed) => {
    const used = modules
      .filter((module) => module.layer === layer)
      .flatMap((module) => module.imports.map((target) => ({ from: module.path, target })));
    expect(
      used.filter(({ target }) => !isAllowed(layer, target, allowed)).map(({ from, target }) => `${from} uses ${target}`),
    ).toEqual([]);
  });
});

function isAllowed(layer: string, target: string, allowed: readonly string[]): boolean {
  if (target.startsWith("node:")) return allowed.includes("node:");
  if (!target.startsWith("src/")) return allowed.includes(target);
  return layerOf(target) === layer || allowed.includes(layerOf(target));
}

test("the table itself has no way back: a layer uses only layers that stand above it", () => {
  const order = [...MAY_USE.keys()];
  const upward = [...MAY_USE].flatMap(([layer, allowed]) =>
    allowed.filter((other) => order.indexOf(other) >= order.indexOf(layer)),
  );
  expect(upward).toEqual([]);
});

test("no module reaches itself through its imports, but where a recursive tree is walked", () => {
  const graph = new Map(
    modules.filter((module) => !RECURSIVE.includes(module.layer)).map((module) => [module.path, module.imports]),
  );
  expect(cycles(graph)).toEqual([]);
});

/** Depth first; a way that meets itself is a cycle. */
function cycles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(" -> "));
    if (done.has(path) || way.includes(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}

test("the search for cycles finds one", () => {
  expect(
    cycles(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["b"]],
      ]),
    ),
  ).toEqual(["b -> c -> b"]);
});

test("up to the public API nothing reads a clock, the environment or a file", () => {
  const impure = modules
    .filter((module) => PURE.includes(module.layer))
    .flatMap((module) => module.globals.map((name) => `${module.path} uses ${name}`));
  expect(impure).toEqual([]);
});

test("no regular expression where commands are bound, walked and judged", () => {
  const found = modules
    .filter((module) => WITHOUT_EXPRESSIONS.includes(module.layer))
    .flatMap((module) => module.expressions.map((line) => `${module.path}:${line}`));
  expect(found).toEqual([]);
});

test("the search for regular expressions and globals finds them", () => {
  const [own] = readModules("test/house/sample");
  expect({ expressions: own?.expressions, globals: own?.globals, imports: own?.imports }).toEqual({
    expressions: [5, 6],
    globals: ["process", "Math.random"],
    imports: ["test/house/modules.ts", "node:fs", "node:os"],
  });
});
