import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "argvet-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const suite = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const good = suite("good.yaml", "suite: s\ncases:\n  - { name: a, commands: [ls, id], expect: { decision: allow } }\n");
const bad = suite("bad.yaml", "suite: s\ncases:\n  - { name: a, command: cat /etc/shadow, expect: { decision: allow } }\n");
const broken = suite("broken.yaml", "suite: s\ncases: []\n");

function argvet(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "src/cli/main.ts", "test", ...args], {
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

describe("argvet test", { timeout: 60_000 }, () => {
  test("all as expected", () => expect(argvet(good)).toEqual({ code: 0, out: "2 passed, 0 failed\n", err: "" }));
  test("one is not", () => {
    const { code, out } = argvet(bad);
    expect([code, out.split("\n")[0]]).toEqual([1, `✗ s › a  ${bad}:3`]);
  });
  test("a suite that can't be read", () =>
    expect(argvet(broken, good)).toEqual({
      code: 2,
      out: "",
      err: `argvet: ${broken}:2:8: "cases": a suite needs at least one case\n`,
    }));
  test("nothing of that name", () =>
    expect(argvet(good, "--name", "x")).toEqual({ code: 2, out: "", err: "argvet: no case to run: none is called x\n" }));
  test("several reporters, one to a file", () => {
    const file = join(folder, "out.xml");
    expect(argvet(good, "--reporter", "tap", "--reporter", `junit=${file}`).out).toContain("ok 2 - s › a · 2");
    expect(readFileSync(file, "utf8")).toContain('<testsuites tests="2" failures="0">');
  });
});

describe("argvet test --update", { timeout: 60_000 }, () => {
  test("writes verdicts where none was expected, and shows them", () => {
    const path = suite("record.yaml", "suite: s # ours\ncases:\n  - { name: a, command: ls, expect: record }\n");
    expect(argvet(path)).toEqual({ code: 0, out: "0 passed, 0 failed, 1 to record\n", err: "" });
    expect(argvet(path, "--update")).toEqual({
      code: 0,
      out: `0 passed, 0 failed, 1 to record\n${path}\n    3 -   - { name: a, command: ls, expect: record }\n    3 +   - { name: a, command: ls, expect: { decision: allow } }\n`,
      err: "",
    });
    expect(readFileSync(path, "utf8")).toBe(
      "suite: s # ours\ncases:\n  - { name: a, command: ls, expect: { decision: allow } }\n",
    );
    expect(argvet(path, "--update").out).toBe("1 passed, 0 failed\n");
  });
  test("a table that is judged in two ways stays, and says so", () => {
    const path = suite("two.yaml", 'suite: s\ncases:\n  - { name: a, commands: [ls, "rm -rf /"], expect: record }\n');
    expect(argvet(path, "--update")).toEqual({
      code: 1,
      out: "0 passed, 0 failed, 2 to record\n",
      err: `argvet: ${path}:3: "a · 2" is deny, and the commands before it in its table are allow\n`,
    });
  });
});
