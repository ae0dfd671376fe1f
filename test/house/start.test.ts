import { expect, test } from "vitest";
import { readModules } from "./modules.ts";

const loaded = new Map(readModules().map((module) => [module.path, module.loaded]));

/** Every module and package that starting with these loads. */
function reached(...start: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const waiting = [...start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    waiting.push(...(loaded.get(path) ?? []));
  }
  return [...found];
}

test("judging a command loads neither the YAML reader nor the schema library: they cost more than most commands", () => {
  expect(
    reached("src/cli/main.ts", "src/cli/check.ts", "src/cli/check-stream.ts").filter((path) => path === "yaml" || path === "zod"),
  ).toEqual([]);
});

test("the library loads neither of them, and no command line", () => {
  expect(reached("src/index.ts").filter((path) => ["yaml", "zod", "commander"].includes(path))).toEqual([]);
});

test("the search follows what is loaded", () => {
  expect(reached("src/cli/packs.ts")).toEqual(expect.arrayContaining(["yaml", "zod"]));
});
