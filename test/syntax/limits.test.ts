import { describe, expect, test } from "vitest";
import { LIMITS } from "../../src/model/limits.ts";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "./print.ts";

const DEEP = 20_000;
const around = (open: string, close: string, n = DEEP) => open.repeat(n) + close.repeat(n);

describe("beyond a limit: a problem of kind limit, soon, and never an exception", () => {
  test.each([
    ["substitutions", around("$(a ", ")", 5_000)],
    ["open substitutions", "$(".repeat(DEEP)],
    ["quoted substitutions", around('"$(a ', ')"', 5_000)],
    ["process substitutions", around("<(a ", ")", 5_000)],
    ["arithmetic", around("$((1+", "))", 5_000)],
    ["parameters", around("${x:-", "}")],
    ["slices", around("${x:${x:", "}}", 5_000)],
    ["subscripts", around("${x[", "]}", 5_000)],
    ["groups", `${"{ ".repeat(DEEP)}a;${"};".repeat(DEEP)}`],
    ["subshells", around("( ", ")")],
    ["conditions", "if a; then ".repeat(DEEP)],
    ["cases", "case x in x) ".repeat(DEEP)],
    ["functions", "f() ".repeat(DEEP)],
    ["coprocesses", "coproc ".repeat(8_000)],
    ["test groups", `[[ ${around("( ", ") ")} ]]`],
    ["a sum", `((1${"+1".repeat(DEEP)}))`],
    ["escaped backticks", `\`${"\\`".repeat(DEEP)}\``],
    ["openers", "$(a)\n".repeat(LIMITS.openers + 1)],
    ["length", `${"a".repeat(63)}\n`.repeat(LIMITS.inputLength / 64 + 1)],
  ])("%s", (_, text) => {
    const started = performance.now();
    expect(parse(text).problems.map((problem) => problem.kind)).toContain("limit");
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test("what stands on the lines before is read", () => {
    expect(print(parse(`k\n${"coproc ".repeat(8_000)}`))).toBe("(k) !limit: nested too deeply to be read @2");
    expect(print(parse(`k\n${" $(a)".repeat(LIMITS.openers + 1)}`))).toBe("(k) !limit: more than 20000 substitutions @2");
  });
});

describe("long but flat is no problem", () => {
  test.each([
    ["a pipe", `${"a|".repeat(100_000)}a`],
    ["a list", "a && ".repeat(DEEP).concat("a")],
    ["negations", `${"! ".repeat(DEEP)}a`],
    ["elif", `if a; then b; ${"elif a; then b; ".repeat(DEEP)}fi`],
    ["a test", `[[ a ${"&& a ".repeat(DEEP)} ]]`],
    ["quotes", '"'.repeat(LIMITS.inputLength)],
    ["touching words", `a${"<(b)".repeat(LIMITS.openers)}`],
    ["lines", "a\n".repeat(DEEP)],
    ["continuations", "\\\n".repeat(DEEP)],
  ])("%s", (_, text) => expect(parse(text).problems).toEqual([]));

  test("a hundred substitutions inside one another are read", () => {
    const { script, problems } = parse(around("$(a ", ")", 90));
    expect(problems).toEqual([]);
    expect(JSON.stringify(script).split('"a"').length).toBe(91);
  });
});
