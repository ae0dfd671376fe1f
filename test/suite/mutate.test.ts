import { describe, expect, test } from "vitest";
import { builtin } from "../../src/index.ts";
import type { Decision, Verdict } from "../../src/model/finding.ts";
import type { Case } from "../../src/suite/case.ts";
import { chanceFrom } from "../../src/suite/chance.ts";
import { HARMLESS_REWRITES } from "../../src/suite/harmless-rewrites.ts";
import { mutate } from "../../src/suite/mutate.ts";
import { piecesOf } from "../../src/suite/plain-line.ts";
import { verdictOf } from "../report/verdict.ts";

const knowledge = builtin();
const caseOf = (input: Case["input"], decision: Decision, knownMiss?: string): Case => ({
  file: "f.yaml",
  line: 1,
  entry: 0,
  suite: "s",
  name: "n",
  tags: [],
  input,
  context: {},
  profile: "standard",
  expect: { decision, orStricter: false, rules: undefined, attack: [], doubts: [], knownMiss },
});
const judged = (judge: (command: string) => Decision, given: Case, count = 20, decision: Decision = "deny") =>
  mutate(
    given,
    verdictOf({ decision }),
    (command): Verdict => verdictOf({ decision: judge(command) }),
    { count, seed: 1 },
    knowledge,
  );

describe("an attack written otherwise", () => {
  const given = caseOf({ command: "cat /etc/shadow" }, "deny");
  test("is judged as strictly", () => expect(judged(() => "deny", given)).toEqual({ tried: 20, wrong: 0, worst: undefined }));
  test("the smallest rewrite that weakens the verdict is told", () => {
    const { wrong, worst } = judged((command) => (command.includes("eval") ? "allow" : "deny"), given, 200);
    expect([wrong > 0, worst?.text, worst?.names, worst?.verdict.decision]).toEqual([
      true,
      "eval 'cat /etc/shadow'",
      ["eval"],
      "allow",
    ]);
  });
  test("a stricter verdict is no harm", () =>
    expect(
      judged((command) => (command === "cat /etc/shadow" ? "require_approval" : "deny"), given, 20, "require_approval").wrong,
    ).toBe(0));
  test("an argv array is written as a line", () =>
    expect(
      judged(
        (command) => (command === "cat '/etc/my shadow'" ? "deny" : "allow"),
        caseOf({ argv: ["cat", "/etc/my shadow"] }, "deny"),
      ).wrong,
    ).toBe(20));
  test("the same seed gives the same", () => expect(judged(() => "allow", given, 7)).toEqual(judged(() => "allow", given, 7)));
  test("a known miss, and another shell's text, are left alone", () => {
    expect(judged(() => "allow", caseOf({ command: "ls" }, "deny", "R-3")).tried).toBe(0);
    expect(judged(() => "allow", { ...given, context: { shell: "zsh" } }).tried).toBe(0);
  });
});

test("an everyday command may be written with other blanks, quotes, names and order of options", () => {
  const written = new Set<string>();
  const given = caseOf({ command: "rm -rf --verbose build" }, "allow");
  const keep = (command: string): Decision => {
    written.add(command);
    return command.includes("--recursive") ? "deny" : "allow";
  };
  const { worst } = judged(keep, given, 200, "allow");
  expect(worst?.verdict.decision).toBe("deny");
  expect([...written].every((line) => !/[;|&$<>()]/.test(line))).toBe(true);
});

describe("harmless rewrites", () => {
  const write = (name: string, line: string): readonly (string | undefined)[] => {
    const by = HARMLESS_REWRITES.find((rewrite) => rewrite.name === name);
    return [
      ...new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => by?.write(piecesOf(line) ?? [], knowledge, chanceFrom(seed)))),
    ].sort();
  };
  test.each([
    ["single quotes", "ls -l $x | wc", ["'ls' -l $x | wc", "ls '-l' $x | wc", "ls -l $x | 'wc'"]],
    ["double quotes", "ls a", ['"ls" a', 'ls "a"']],
    ["order of options", "cp -r --verbose a b", ["cp --verbose -r a b"]],
    ["order of options", "cp --verbose a -r", [undefined]],
    ["order of options", "find -L -P x", [undefined]],
    ["another name of an option", "cp -r a b", ["cp --recursive a b", "cp -R a b"]],
    ["options apart", "cp -rv a; cp -rv b".slice(0, 8), ["cp -r -v a"]],
    ["options apart", "tar -czf a b", [undefined]],
  ] as const)("%s: %s", (name, line, lines) => expect(write(name, line)).toEqual(lines));
});
