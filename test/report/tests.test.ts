import { describe, expect, test } from "vitest";
import { plain } from "../../src/report/paint.ts";
import { type Reporter, type Tested, testReport } from "../../src/report/tests.ts";
import { verdictOf } from "./verdict.ts";

const one = (name: string, misses: readonly string[]): Tested => ({
  file: "a.yaml",
  line: 3,
  suite: "s",
  name,
  input: { command: "ls" },
  verdict: verdictOf({ decision: "allow" }),
  misses,
  knownMiss: undefined,
});
const tested = [one("good", []), one("bad <&>#\u0007", ["decision is allow, not deny"])];
const report = (reporter: Reporter): string => testReport(reporter, tested, { paint: plain, width: 80 });

describe("what was expected and what came", () => {
  test.each<[Reporter, string]>([
    [
      "pretty",
      `✗ s › bad <&>#␇  a.yaml:3
  decision is allow, not deny
    allow  risk 0
1 passed, 1 failed
`,
    ],
    [
      "tap",
      `TAP version 14
1..2
ok 1 - s › good
not ok 2 - s › bad <&>\\#␇
  # decision is allow, not deny
`,
    ],
    ["github", "::error file=a.yaml,line=3::s › bad <&>#␇: decision is allow, not deny\n"],
    [
      "junit",
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1">
  <testsuite name="s" tests="2" failures="1">
    <testcase classname="s" name="good" file="a.yaml" line="3"></testcase>
    <testcase classname="s" name="bad &lt;&amp;&gt;#␇" file="a.yaml" line="3"><failure message="decision is allow, not deny">decision is allow, not deny</failure></testcase>
  </testsuite>
</testsuites>
`,
    ],
  ])("%s", (reporter, text) => expect(report(reporter)).toBe(text));

  test("json", () =>
    expect(JSON.parse(report("json"))).toMatchObject({
      version: 1,
      passed: 1,
      failed: 1,
      cases: [
        { name: "good", passed: true },
        { passed: false, misses: ["decision is allow, not deny"] },
      ],
    }));
});
