import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openAnalyzer } from "../../src/cli/analyzer.ts";
import type { Io } from "../../src/cli/io.ts";
import { cli, type Ran } from "./fake.ts";

const folder = mkdtempSync(join(tmpdir(), "argvet-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const suite = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const good = suite("good.yaml", "suite: s\ncases:\n  - { name: a, tags: [quick], commands: [ls, id], expect: allow }\n");
const bad = suite("bad.yaml", "suite: s\ncases:\n  - { name: a, command: cat /etc/shadow, expect: allow }\n");
const attack = suite("attack.yaml", "suite: s\ncases:\n  - { name: a, command: rm -rf /, expect: deny }\n");
const broken = suite("broken.yaml", "suite: s\ncases: []\n");

/** Real knowledge, in this process. */
const argvet = (...args: readonly string[]): Promise<Ran> => cli(["test", ...args], { open: openAnalyzer });

describe("argvet test", () => {
  test("all as expected", async () => expect(await argvet(good)).toEqual({ code: 0, out: "2 passed, 0 failed\n", err: "" }));
  test("one is not", async () => {
    const { code, out } = await argvet(bad);
    expect([code, out.split("\n")[0]]).toEqual([1, `✗ s › a  ${bad}:3`]);
  });
  test("what is told beforehand holds unless a suite says otherwise", async () => {
    const path = suite(
      "home.yaml",
      "suite: s\ncontext: { user: app }\ncases:\n  - { name: a, command: rm -rf $TARGET, expect: deny }\n",
    );
    expect((await argvet(path, "--env", "TARGET=/")).code).toBe(0);
    expect((await argvet(path, "--env", "TARGET=./build")).code).toBe(1);
  });
  test("several reporters, one to a file", async () => {
    const file = join(folder, "out.xml");
    expect((await argvet(good, "--reporter", "tap", "--reporter", `junit=${file}`)).out).toContain("ok 2 - s › a · 2");
    expect(readFileSync(file, "utf8")).toContain('<testsuites tests="2" failures="0">');
  });
  test("a report in a file has no colours", async () => {
    const file = join(folder, "out.txt");
    await argvet(bad, "--color", "--reporter", `pretty=${file}`);
    expect(readFileSync(file, "utf8")).not.toContain("\u001b");
  });
  test("chosen by tag", async () => expect((await argvet(good, bad, "--tag", "quick")).out).toBe("2 passed, 0 failed\n"));
  test("progress is shown on a terminal, and gone at the end", async () => {
    let shown = "";
    const io: Partial<Io> = {
      progress: (text) => {
        shown += text;
      },
    };
    const many = suite("many.jsonl", `${'{"command":"ls","expect":"allow"}\n'.repeat(3000)}`);
    await cli(["test", many, "--mutate", "8"], { open: openAnalyzer, io });
    expect(shown).toMatch(/^(\r\u001b\[K\d+ cases, 0 failed)+\r\u001b\[K$/);
  });
});

describe("what can't be run is an error", () => {
  const empty = join(folder, "empty");
  mkdirSync(empty);
  test.each([
    ["a suite that can't be read", [broken, good], `${broken}:2:8: "cases": a suite needs at least one case\n`],
    ["nothing of that name", [good, "--name", "x"], "no case to run: none is called x\n"],
    ["nothing with that tag", [good, "--tag", "slow"], "no case to run: none is tagged slow\n"],
    ["no such file", [join(folder, "none.yaml")], `${folder}/none.yaml: there is no such file or folder\n`],
    ["a folder without suites", [empty], `${empty}: holds no suite, that is no .yaml and no .jsonl\n`],
    ["an unknown reporter", [good, "--reporter", "jnit"], '--reporter jnit: did you mean "junit"?\n'],
    ["no number of rewrites", [good, "--mutate", "many"], "--mutate many: expected a number from 1 on\n"],
    ["no percentage", [good, "--coverage-threshold", "rule=90"], '--coverage-threshold rule: did you mean "rules"?\n'],
    [
      "a percentage above all",
      [good, "--coverage-threshold", "101"],
      "--coverage-threshold 101: expected a percentage, or rules=PERCENTAGE\n",
    ],
    ["no report to compare with", [good, "--baseline", good], `${good}: no report that --reporter json=FILE wrote\n`],
    ["an unknown profile", [good, "--profile", "strct"], '--profile strct: did you mean "strict"?\n'],
  ])("%s", async (_, args, err) => expect(await argvet(...args)).toEqual({ code: 2, out: "", err }));
});

describe("argvet test --update", () => {
  test("writes verdicts where none was expected, and shows them", async () => {
    const path = suite("record.yaml", "suite: s # ours\ncases:\n  - { name: a, command: ls, expect: record }\n");
    expect(await argvet(path)).toEqual({ code: 0, out: "0 passed, 0 failed, 1 to record\n", err: "" });
    expect(await argvet(path, "--update")).toEqual({
      code: 0,
      out: `0 passed, 0 failed, 1 to record\n${path}\n    3 -   - { name: a, command: ls, expect: record }\n    3 +   - { name: a, command: ls, expect: { decision: allow } }\n`,
      err: "",
    });
    expect(readFileSync(path, "utf8")).toBe(
      "suite: s # ours\ncases:\n  - { name: a, command: ls, expect: { decision: allow } }\n",
    );
    expect((await argvet(path, "--update")).out).toBe("1 passed, 0 failed\n");
  });
  test("a table that is judged in two ways stays, and says so", async () => {
    const path = suite("two.yaml", 'suite: s\ncases:\n  - { name: a, commands: [ls, "rm -rf /"], expect: record }\n');
    expect(await argvet(path, "--update")).toEqual({
      code: 1,
      out: "0 passed, 0 failed, 2 to record\n",
      err: `${path}:3: "a · 2" is deny, and the commands before it in its table are allow\n`,
    });
  });
});

test("argvet test --baseline: weaker than before is a failure, whatever is expected", async () => {
  const file = join(folder, "base.json");
  const path = suite("changing.yaml", "suite: s\ncases:\n  - { name: a, command: rm -rf /, expect: record }\n");
  await argvet(path, "--reporter", `json=${file}`);
  expect((await argvet(path, "--baseline", file)).out).toContain(`0 weaker, 0 stricter, 0 other rules, 1 the same\n`);
  suite("changing.yaml", "suite: s\ncases:\n  - { name: a, command: ls, expect: record }\n");
  const { code, out } = await argvet(path, "--baseline", file);
  expect([code, out.split("\n")[1]]).toEqual([1, `weaker  deny → allow  s › a  ${path}:3`]);
  expect(await argvet(path, "--baseline", file, "--reporter", "github")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("1 weaker"),
  });
});

describe("argvet test --policy", () => {
  const policy = suite(
    "policy",
    "version: 1\ndefault: allow\ntools:\n  pay:\n    rules:\n      - { name: large, when: { path: args.sum, op: gt, value: 9 }, action: deny }\n",
  );
  const calls = suite(
    "calls.jsonl",
    '{"call":{"tool":"pay","arguments":{"sum":10}},"expect":"allow"}\n{"command":"rm -rf /","expect":{"decision":"deny","rules":["destruction/root-deleted"]}}\n',
  );
  test("its own rules judge too, and say so", async () => {
    const { code, out } = await argvet(calls, "--policy", policy);
    expect([code, out]).toEqual([
      1,
      `✗ calls › line 1  ${calls}:1
  decision is deny, not allow (nothing found)
    expected  allow
    came      deny  risk 0
    deny for policy pay/large
      the policy denies pay: large
1 passed, 1 failed
`,
    ]);
  });
  test("without it a call that runs nothing is no case", async () =>
    expect((await argvet(calls)).out).toContain("  pay runs nothing: only a policy can judge it (--policy)\n"));
  test("commands are given to another tool", async () =>
    expect((await argvet(calls, "--policy", policy, "--tool", "pay")).out).toContain("1 passed, 1 failed"));
  test("it says which packs and profiles", async () =>
    expect((await argvet(calls, "--policy", policy, "--profile", "strict")).err).toBe(
      "--profile: leave it out, the policy says which\n",
    ));
});

test("argvet test --mutate: rewrites are counted", async () =>
  expect((await argvet(attack, good, "--mutate", "3")).out).toMatch(/^3 passed, 0 failed, [5-9] rewrites\n$/));

test("argvet test --coverage: what no case exercises, and a threshold", async () => {
  const file = join(folder, "coverage.json");
  const { code, out } = await argvet(attack, "--coverage", file, "--coverage-threshold", "rules=50");
  expect(code).toBe(1);
  expect(out).toMatch(/^1 passed, 0 failed\ncoverage\n {2}stable rules +\d\/\d+ +0\.\d %\n/);
  expect(out).toMatch(/\nrules: 0\.\d % exercised, less than 50 %\n$/);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
    version: 1,
    rules: { covered: expect.any(Number) },
    rows: { all: 24 },
  });
});

test("argvet test --workers: the same report in the same order", { timeout: 60_000 }, async () => {
  const many = suite(
    "lanes.jsonl",
    Array.from({ length: 150 }, (_, i) => `{"command":"${i % 7 === 0 ? "rm -rf /" : "ls"}","expect":"allow"}\n`).join(""),
  );
  const alone = await argvet(many, "--reporter", "json");
  expect(alone.code).toBe(1);
  expect(await argvet(many, "--reporter", "json", "--workers", "2")).toEqual(alone);
});
