import { describe, expect, test } from "vitest";
import type { Present } from "../../src/suite/edits.ts";
import { update } from "../../src/suite/update.ts";

const deny: Present = { decision: "deny", rules: ["a/b", "c/d"] };
const allow: Present = { decision: "allow", rules: [] };
const written = (path: string, text: string, presents: readonly (Present | undefined)[]) =>
  update(path, text, new Map(presents.flatMap((present, entry) => (present ? [[entry, present] as const] : []))));

const YAML = `\
# about the suite
suite:   s
cases:
  - name: one      # about one
    command:  "ls"
    expect: record # not yet
  - {name: two,   command: ls, expect: record}

  - name: three
    expect:
      # what it is
      decision: record
      attack: [T1]
    command: |
      expect: record
  - { name: four, argv: [ls], expect: { decision: record, rules: [x/y] } }
  - { name: five, command: ls, expect: allow }
  - { name: six, command: ls, expect: { decision: record } }
`;

test("verdicts come where nothing was expected; comments and layout stay", () =>
  expect(written("a.yaml", YAML, [deny, allow, deny, deny, undefined, deny]).text).toBe(`\
# about the suite
suite:   s
cases:
  - name: one      # about one
    command:  "ls"
    expect: { decision: deny, rules: [a/b, c/d] } # not yet
  - {name: two,   command: ls, expect: { decision: allow }}

  - name: three
    expect:
      # what it is
      decision: deny
      rules: [a/b, c/d]
      attack: [T1]
    command: |
      expect: record
  - { name: four, argv: [ls], expect: { decision: deny, rules: [x/y] } }
  - { name: five, command: ls, expect: allow }
  - { name: six, command: ls, expect: { decision: deny, rules: [a/b, c/d] } }
`));

test("a suite in flow style, and the second document of a file", () => {
  expect(written("a.yaml", "{ suite: s, cases: [{ name: a, command: ls, expect: record }] }", [deny]).text).toBe(
    "{ suite: s, cases: [{ name: a, command: ls, expect: { decision: deny, rules: [a/b, c/d] } }] }",
  );
  const two =
    "suite: s\ncases:\n- {name: a, command: ls, expect: allow}\n---\nsuite: t\ncases:\n- {name: a, command: ls, expect: record}\n";
  expect(written("a.yaml", two, [undefined, allow]).text).toBe(two.replace("expect: record", "expect: { decision: allow }"));
});

test("a line of JSON stays one", () =>
  expect(
    written(
      "a.jsonl",
      '{"suite":"s"}\n{"command": "expect", "expect": "record"}\n{"expect":{"decision":"record","attack":["T1"]},"command":"x"}\r\n',
      [undefined, deny, deny],
    ).text,
  ).toBe(
    '{"suite":"s"}\n{"command": "expect", "expect": {"decision":"deny","rules":["a/b","c/d"]}}\n{"expect":{"decision":"deny","rules":["a/b","c/d"],"attack":["T1"]},"command":"x"}\r\n',
  ));

describe("what changed is told by line", () => {
  test("one", () =>
    expect(written("a.yaml", YAML, [deny]).changes).toEqual([
      { line: 6, before: "    expect: record # not yet", after: "    expect: { decision: deny, rules: [a/b, c/d] } # not yet" },
    ]));
  test("a line more", () =>
    expect(written("a.yaml", YAML, [undefined, undefined, deny]).changes).toEqual([
      { line: 12, before: "      decision: record", after: "      decision: deny\n      rules: [a/b, c/d]" },
    ]));
  test("no place for a verdict", () =>
    expect(written("a.yaml", YAML, [undefined, undefined, undefined, undefined, deny]).unplaced).toBe(1));
  test("nothing", () => expect(written("a.yaml", YAML, [])).toEqual({ text: YAML, changes: [], unplaced: 0 }));
});
