import { describe, expect, test } from "vitest";
import { builtin } from "../../src/index.ts";
import { openKnowledge } from "../../src/knowledge/knowledge.ts";
import { printProblem } from "../../src/load/source.ts";
import { readSuites } from "../../src/suite/read.ts";

const rule = {
  id: "pack/some-rule",
  title: "t",
  status: "stable",
  severity: "high",
  message: "m",
  remediation: "r",
  attack: [],
  cwe: [],
  when: { doubt: { kind: ["limit"] } },
} as const;
const standard = { name: "standard", rows: {} } as never;
const knowledge = openKnowledge([{ commands: [], specs: [], sets: [], rules: [rule], profiles: [standard] }]);
const read = (text: string) => readSuites([{ path: "f.yaml", text }], knowledge);

test("a case has its suite's context, its own on top, and its line", () => {
  const text = `\
suite: s
tags: [slow]
context: { cwd: /app, user: app, env: { A: a, B: b } }
cases:
  - name: one
    tags: [linux, slow]
    command: rm -rf build
    context: { user: root, env: { B: c } }
    expect: { decision: deny, rules: [pack/some-rule], attack: [T1485], doubts: [limit], known_miss: R-3 }
  - { name: two, argv: [rm, ""], expect: { decision: allow } }
`;
  expect(read(text)).toEqual({
    problems: [],
    cases: [
      {
        file: "f.yaml",
        line: 5,
        entry: 0,
        tags: ["slow", "linux"],
        suite: "s",
        name: "one",
        input: { command: "rm -rf build" },
        context: { cwd: "/app", user: "root", env: { A: "a", B: "c" } },
        profile: "standard",
        expect: {
          decision: "deny",
          orStricter: false,
          rules: ["pack/some-rule"],
          attack: ["T1485"],
          doubts: ["limit"],
          knownMiss: "R-3",
        },
      },
      {
        file: "f.yaml",
        line: 10,
        entry: 1,
        tags: ["slow"],
        suite: "s",
        name: "two",
        input: { argv: ["rm", ""] },
        context: { cwd: "/app", user: "app", env: { A: "a", B: "b" } },
        profile: "standard",
        expect: { decision: "allow", orStricter: false, rules: undefined, attack: [], doubts: [], knownMiss: undefined },
      },
    ],
  });
});

test("a table of commands is a case each, with its own line", () => {
  const text = "suite: s\ncases:\n  - name: many\n    commands:\n      - ls\n      - id\n    expect: { decision: allow }\n";
  const { cases, problems } = read(text);
  expect(problems).toEqual([]);
  expect(cases.map(({ name, line, input }) => [name, line, input])).toEqual([
    ["many · 1", 5, { command: "ls" }],
    ["many · 2", 6, { command: "id" }],
  ]);
});

test("a case may have no verdict yet, or only a least one, and says where it is from", () => {
  const from = "source: GTFOBins tar, license: GPL-3.0, attack: [T1059]";
  const text = `suite: s\ncases:\n  - { name: a, command: x, ${from}, expect: record }\n  - { name: b, command: x, expect: { at_least: deny } }\n`;
  const { cases, problems } = read(text);
  expect(problems).toEqual([]);
  expect(cases.map(({ expect: { decision, orStricter } }) => [decision, orStricter])).toEqual([
    ["record", false],
    ["deny", true],
  ]);
});

describe("what is wrong is said with its place", () => {
  const one = (rest: string) => `suite: s\ncases:\n  - name: a\n    ${rest}\n`;
  test.each([
    [
      "an unknown rule",
      one("command: x\n    expect: { decision: deny, rules: [pack/some-rul] }"),
      'f.yaml:5:39: no rule is called "pack/some-rul"; did you mean "pack/some-rule"?',
    ],
    [
      "an unknown doubt",
      one("command: x\n    expect: { decision: deny, doubts: [limits] }"),
      'f.yaml:5:40: no doubt is called "limits"; did you mean "limit"?',
    ],
    [
      "an unknown decision",
      one("command: x\n    expect: { decision: denny }"),
      'f.yaml:5:25: "denny" is not known here; did you mean "deny"?',
    ],
    [
      "an unknown key",
      one("comand: x\n    expect: { decision: deny }"),
      'f.yaml:4:5: unknown key "comand"; did you mean "command"?',
    ],
    [
      "an unknown profile",
      one("profile: lax\n    command: x\n    expect: { decision: deny }"),
      'f.yaml:4:14: no profile is called "lax"; one of observe, standard, strict',
    ],
    ["no expectation", one("command: x"), 'f.yaml:3:5: "expect" is missing'],
    [
      "both forms",
      one("command: x\n    argv: [x]\n    expect: { decision: deny }"),
      'f.yaml:3:5: expected one of "command", "commands", "argv", "script" and "call"',
    ],
    [
      "neither form",
      one("expect: { decision: deny }"),
      'f.yaml:3:5: expected one of "command", "commands", "argv", "script" and "call"',
    ],
    [
      "a name twice",
      `${one("command: x\n    expect: { decision: deny }")}  - { name: a, command: y, expect: { decision: deny } }\n`,
      'f.yaml:6:13: "a" is the name of another case too',
    ],
    ["no cases", "suite: s\ncases: []\n", 'f.yaml:2:8: "cases": a suite needs at least one case'],
    ["no YAML", "suite: [\n", expect.stringMatching(/^f\.yaml:2:1: /)],
    ["nothing", "", "f.yaml:1:1: the file is empty"],
  ])("%s", (_, text, problem) => expect(read(text).problems.map(printProblem)).toEqual([problem]));
});

test("the built-in profiles can be named", () => {
  const text = "suite: s\nprofile: strict\ncases: [{ name: a, command: ls, expect: { decision: allow } }]\n";
  expect(readSuites([{ path: "f.yaml", text }], builtin()).problems).toEqual([]);
});
