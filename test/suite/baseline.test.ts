import { describe, expect, test } from "vitest";
import type { Decision } from "../../src/model/finding.ts";
import { printComparison, weaker } from "../../src/report/comparison.ts";
import { plain } from "../../src/report/paint.ts";
import { type Tested, testReport } from "../../src/report/tests.ts";
import { Baseline } from "../../src/suite/baseline.ts";

const look = { paint: plain, width: 80 };
const tested = (name: string, decision: Decision, ...rules: readonly string[]): Tested => ({
  file: "f.yaml",
  line: 3,
  suite: "s",
  name,
  decision,
  risk: 0,
  rules,
  misses: [],
  knownMiss: undefined,
  toRecord: false,
  rewrites: 0,
  detail: [],
});
function reportOf(cases: readonly Tested[]): string {
  const report = testReport("json", look);
  return cases.map((one) => report.one(one)).join("") + report.end();
}
function compared(before: readonly Tested[], after: readonly Tested[]) {
  const baseline = Baseline.read(reportOf(before));
  if ("problem" in baseline) throw new Error(baseline.problem);
  for (const one of after) baseline.add(one);
  return baseline.comparison();
}

test("what changed, the weaker first", () => {
  const comparison = compared(
    [
      tested("same", "deny", "a/b"),
      tested("up", "allow"),
      tested("down", "deny", "a/b", "a/c"),
      tested("rules", "deny", "a/b"),
      tested("gone", "allow"),
    ],
    [
      tested("same", "deny", "a/b"),
      tested("up", "require_approval", "a/d"),
      tested("down", "allow", "a/c"),
      tested("rules", "deny", "a/c"),
      tested("new", "deny"),
    ],
  );
  expect(weaker(comparison)).toBe(1);
  expect(printComparison(comparison, "base.json", look)).toBe(`\
weaker  deny → allow  s › down  f.yaml:3
  no longer a/b
stricter  allow → require_approval  s › up  f.yaml:3
  now a/d
other rules  deny  s › rules  f.yaml:3
  no longer a/b
  now a/c
compared with base.json: 1 weaker, 1 stricter, 1 other rules, 1 the same, 1 new, 1 gone
`);
});

describe("what is no report", () => {
  test.each([
    ["no JSON", "x", "no report that --reporter json=FILE wrote"],
    [
      "another version",
      '{"version":2,"cases":[]}',
      "no report that --reporter json=FILE wrote (version: Invalid input: expected 1)",
    ],
    [
      "an unknown decision",
      '{"version":1,"cases":[{"file":"f","suite":"s","name":"n","decision":"no","rules":[]}]}',
      expect.stringContaining("(cases.0.decision: "),
    ],
  ])("%s", (_, text, problem) => expect(Baseline.read(text)).toEqual({ problem }));
});
