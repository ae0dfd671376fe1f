import { describe, expect, test } from "vitest";
import { plain } from "../../src/report/paint.ts";
import { type Reporter, type Tested, testReport } from "../../src/report/tests.ts";

const one = (name: string, misses: readonly string[], more: Partial<Tested> = {}): Tested => ({
  file: "a,b.yaml",
  line: 3,
  suite: "s",
  name,
  decision: "allow",
  risk: 0,
  rules: [],
  misses,
  knownMiss: undefined,
  toRecord: false,
  rewrites: 0,
  detail: misses.length > 0 ? ["what came"] : [],
  ...more,
});
const tested = [
  one("good", [], { rewrites: 20 }),
  one("bad <&>#\u0007", ["decision is allow, not deny"]),
  one("missed", [], { knownMiss: "R-3" }),
  one("new", [], { toRecord: true }),
];
function report(reporter: Reporter, cases = tested): string {
  const written = testReport(reporter, { paint: plain, width: 80 });
  return cases.map((given) => written.one(given)).join("") + written.end();
}

describe("what was expected and what came", () => {
  test.each<[Reporter, string]>([
    [
      "pretty",
      `✗ s › bad <&>#␇  a,b.yaml:3
  decision is allow, not deny
    what came
2 passed, 1 failed, 1 known misses, 20 rewrites, 1 to record
`,
    ],
    [
      "tap",
      `TAP version 14
ok 1 - s › good
not ok 2 - s › bad <&>\\#␇
  # decision is allow, not deny
ok 3 - s › missed
ok 4 - s › new
1..4
`,
    ],
    ["github", "::error file=a%2Cb.yaml,line=3::s › bad <&>#␇: decision is allow, not deny\n"],
    [
      "junit",
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1">
  <testsuite name="s" tests="4" failures="1">
    <testcase classname="s" name="good" file="a,b.yaml" line="3"></testcase>
    <testcase classname="s" name="bad &lt;&amp;&gt;#␇" file="a,b.yaml" line="3"><failure message="decision is allow, not deny">decision is allow, not deny</failure></testcase>
    <testcase classname="s" name="missed" file="a,b.yaml" line="3"></testcase>
    <testcase classname="s" name="new" file="a,b.yaml" line="3"></testcase>
  </testsuite>
</testsuites>
`,
    ],
  ])("%s", (reporter, text) => expect(report(reporter)).toBe(text));

  test("json", () =>
    expect(JSON.parse(report("json"))).toMatchObject({
      version: 1,
      passed: 2,
      failed: 1,
      knownMisses: 1,
      toRecord: 1,
      cases: [
        { name: "good", passed: true, decision: "allow" },
        { passed: false, misses: ["decision is allow, not deny"] },
        { knownMiss: "R-3" },
        { name: "new" },
      ],
    }));
  test("json of nothing", () => expect(JSON.parse(report("json", []))).toMatchObject({ cases: [], passed: 0 }));
});
