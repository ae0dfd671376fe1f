import { expect, test } from "vitest";
import { openAnalyzer } from "../../src/cli/analyzer.ts";
import { createAnalyzer } from "../../src/index.ts";
import { SANDBOXES } from "../../src/knowledge/sandbox.generated.ts";
import { readSandbox } from "../../src/load/sandbox.ts";
import { sandboxWith } from "../../src/sandbox/suggest/openings.ts";
import { printSuggestion } from "../../src/sandbox/suggest/print.ts";
import { suggestSandbox } from "../../src/sandbox/suggest/suggest.ts";
import { SuiteReader } from "../../src/suite/reader.ts";
import { suiteFiles } from "../../src/suite/suite-files.ts";

const { knowledge } = await openAnalyzer({});
const reader = new SuiteReader(knowledge);
const cases = suiteFiles("fixtures/everyday")
  .flatMap((file) => [...reader.cases(file)])
  .filter(
    ({ expect: { decision }, context, call }) => decision === "allow" && context.sandbox === undefined && call?.idle !== true,
  );
const analyzers = new Map(
  [...new Set(cases.map(({ profile }) => profile))].map((profile) => [profile, createAnalyzer({ knowledge, profile })]),
);
const judge: Parameters<typeof suggestSandbox>[1] = ({ input, context, profile }, sandbox) => {
  const analyzer = analyzers.get(profile);
  if (!analyzer) throw new Error(profile);
  return analyzer.analyze(input, { ...context, sandbox });
};

test("the printed profile allows all that it was made from, and is broken by closing any one opening", {
  timeout: 300_000,
}, () => {
  const found = suggestSandbox(cases, judge, SANDBOXES);
  const { sandbox, problems } = readSandbox(printSuggestion(found), "suggested.sandbox.yaml");
  expect(problems).toEqual([]);
  if (!sandbox) throw new Error("no sandbox was read");
  expect(found.openings.length).toBeGreaterThan(5);
  expect(found.allowed.length).toBeGreaterThan(0.9 * cases.length);
  expect(found.allowed.filter((given) => judge(given, sandbox).decision !== "allow").map(({ name }) => name)).toEqual([]);
  const needless = found.openings.filter((opening) => {
    const closed = sandboxWith(found.openings.filter((other) => other !== opening));
    return !opening.by.some((given) => judge(given, closed).decision !== "allow");
  });
  expect(needless.map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
});
