import { expect, test } from "vitest";
import { compiledSandboxes } from "../../scripts/sandbox-module.ts";
import { checkSandbox } from "../../src/containment/check.ts";
import { builtin } from "../../src/index.ts";
import { Sets } from "../../src/rules/sets.ts";

const { checks, data } = compiledSandboxes();
const sets = new Sets(builtin().sets);

test.each(checks.map((example, i) => ({ ...example, i })))("$of, example $i: fires $matches", ({ of, sandbox, matches }) => {
  const rule = data.checks.filter(({ id }) => id === of);
  expect(checkSandbox(sandbox, rule, sets).some(({ certainty }) => certainty === "certain")).toBe(matches);
});

test("every rule that another covers is there", () => {
  const ids = new Set(data.checks.map(({ id }) => id));
  expect(data.checks.flatMap(({ covers }) => covers).filter((id) => !ids.has(id))).toEqual([]);
});
