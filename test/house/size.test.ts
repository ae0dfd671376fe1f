import { expect, test } from "vitest";
import { readModules } from "./modules.ts";

/** Written by hand: generated data is as long as it is. */
const modules = readModules().filter((module) => !module.path.endsWith(".generated.ts"));

test("no file is longer than 400 lines", () => {
  expect(modules.filter((module) => module.lines > 400).map((module) => `${module.path}: ${module.lines}`)).toEqual([]);
});

test("half of the files have at most 120 lines", () => {
  const lengths = modules.map((module) => module.lines).sort((a, b) => a - b);
  expect(lengths[lengths.length >> 1]).toBeLessThanOrEqual(120);
});
