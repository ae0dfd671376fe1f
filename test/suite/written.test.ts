import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printProblem } from "../../src/load/source.ts";
import { readFacts } from "../../src/suite/facts.ts";
import { type WrittenCase, writeJsonl, writeYaml } from "../../src/suite/written.ts";

const cases: readonly WrittenCase[] = [
  {
    suite: "a: b",
    name: "one",
    command: "ls\nid\n",
    context: { cwd: "/x", env: { A: "1" }, build: true },
    expect: { decision: "record" },
  },
  {
    suite: "a: b",
    name: "true",
    argv: ["sh", "", "a b"],
    attack: ["T1059"],
    license: "MIT",
    source: "s",
    expect: { at_least: "deny" },
  },
  {
    suite: "c",
    name: "one",
    commands: ["ls", "~"],
    tags: ["t"],
    profile: "strict",
    expect: { decision: "deny", rules: ["a/b"] },
  },
];

test("YAML, as people write it: a document a suite", () =>
  expect(writeYaml(cases)).toBe(`suite: "a: b"
cases:
  - name: one
    command: |
      ls
      id
    context: { cwd: /x, env: { A: "1" }, build: true }
    expect: record
  - name: "true"
    argv: [ sh, "", a b ]
    source: s
    license: MIT
    attack: [ T1059 ]
    expect: { at_least: deny }
---
suite: c
cases:
  - name: one
    commands:
      - ls
      - "~"
    profile: strict
    tags: [ t ]
    expect: { decision: deny, rules: [ a/b ] }
`));

test("JSONL: a line a case, which names its suite", () =>
  expect(writeJsonl(cases.slice(2))).toBe(
    '{"suite":"c","name":"one","commands":["ls","~"],"profile":"strict","tags":["t"],"expect":{"decision":"deny","rules":["a/b"]}}\n',
  ));

describe("what was written is read as it was", () => {
  // A lone surrogate is no text that a file could hold.
  const text = fc.oneof(fc.string({ minLength: 1, unit: "grapheme" }), fc.string({ minLength: 1, unit: "binary" }), shellish());
  const given = fc.record({ command: text, name: text, cwd: text, tag: text });
  const written = fc.array(given, { minLength: 1, maxLength: 4 }).map((all) =>
    all.map(({ command, name, cwd, tag }, i): WrittenCase => {
      const shared = { suite: "s", name: `${i} ${name}`, context: { cwd }, tags: [tag], expect: { decision: "record" as const } };
      return i % 2 === 0 ? { ...shared, command } : { ...shared, argv: [command, ""] };
    }),
  );
  test.each([
    ["s.yaml", writeYaml],
    ["s.jsonl", writeJsonl],
  ])("%s", (name, write) => {
    fc.assert(fc.property(written, (all) => void expect(readFacts(name, write(all))).toEqual({ cases: all, problems: [] })));
  });
});

function shellish() {
  const words = [
    "\n",
    " ",
    "  ",
    "\t",
    "#",
    ":",
    "- ",
    "'",
    '"',
    "|",
    ">",
    "&",
    "*",
    "!",
    "%",
    "@",
    "`",
    "{",
    "}",
    "[",
    "]",
    "\\",
    "ls",
    "---",
    "...",
    "\r",
  ];
  return fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));
}

test("arguments of a call keep their types", () => {
  const call = { tool: "exec", arguments: { command: ["ls", "1"], tty: true, timeout: 5, limit: "5", more: { a: null } } };
  const all: readonly WrittenCase[] = [{ suite: "s", name: "n", call, expect: { decision: "deny" } }];
  expect(readFacts("s.yaml", writeYaml(all)).cases).toEqual(all);
  expect(readFacts("s.jsonl", writeJsonl(all)).cases).toEqual(all);
});

test("what a suite says for all its cases each of them says", () => {
  const yaml = `suite: s
tags: [all]
context: { cwd: /a, env: { A: "1", B: "1" } }
profile: strict
license: MIT
cases:
  - { name: one, command: x, tags: [own], context: { env: { B: "2" } }, expect: deny }
`;
  expect(readFacts("s.yaml", yaml).cases).toEqual([
    {
      suite: "s",
      name: "one",
      command: "x",
      tags: ["all", "own"],
      context: { cwd: "/a", env: { A: "1", B: "2" } },
      profile: "strict",
      license: "MIT",
      expect: { decision: "deny" },
    },
  ]);
});

test.each([
  ["nothing", "s.yaml", "", "s.yaml:1:1: the file is empty"],
  ["no lines", "s.jsonl", "\n", "s.jsonl:1:1: the file is empty"],
  [
    "nothing to run",
    "s.yaml",
    "suite: s\ncases:\n  - { name: a, expect: deny }\n",
    's.yaml:3:5: expected one of "command", "commands", "argv", "script", "call"',
  ],
])("%s", (_, name, text, problem) => expect(readFacts(name, text).problems.map(printProblem)).toEqual([problem]));
