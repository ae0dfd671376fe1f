import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { builtin } from "../../src/index.ts";
import { printProblem } from "../../src/load/source.ts";
import { SuiteReader } from "../../src/suite/reader.ts";

const folder = mkdtempSync(join(tmpdir(), "argvet-reader-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(name: string, text: string | Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, text);
  const reader = new SuiteReader(builtin());
  const cases = [...reader.cases(path)];
  return { cases, problems: reader.problems.map(printProblem).map((line) => line.replaceAll(`${folder}/`, "")) };
}

/** Long enough to be read case by case. */
const long = (text: string): string => `# ${"-".repeat(1024 * 1024)}\n${text}`;
const brief = ({ cases, problems }: ReturnType<typeof read>) => ({
  cases: cases.map(({ line, entry, suite, name, input }) => [
    line,
    entry,
    suite,
    name,
    "command" in input ? input.command : input.argv,
  ]),
  problems,
});

const YAML = `\
suite: s
context: { cwd: /app }
cases:   # all of them
  - name: one
    command: |
      cat <<E
      - name: not a case
      E
    expect: allow

  # about two
  - { name: two, argv: [ls, "- x"], expect: allow }
  -
    name: three
    commands:
    - ls
    - id
    expect: allow
---
suite: t
profile: strict
cases:
- name: one
  command: >-
    echo
    a
  expect: allow
- name: two
  expect: allow
  command: |
    ls
`;
const JSONL = `{"command":"ls","expect":"allow"}
{"suite":"s","context":{"cwd":"/app","build":true},"tags":["x"]}

{"name":"two","argv":["ls","1"],"expect":{"decision":"allow"}}
{"name":"two","suite":"t","commands":["ls","id"],"expect":"allow"}
`;

test("a YAML suite read case by case is what it is as a whole", () => {
  const whole = read("a.yaml", YAML);
  const parts = read("a.yaml", long(YAML));
  expect(parts.problems).toEqual([]);
  expect(parts.cases.map(({ line, ...rest }) => ({ ...rest, line: line - 1 }))).toEqual(whole.cases);
  expect(brief(whole).cases.map(([line, entry, suite, name]) => [line, entry, suite, name])).toEqual([
    [4, 0, "s", "one"],
    [12, 1, "s", "two"],
    [16, 2, "s", "three · 1"],
    [17, 2, "s", "three · 2"],
    [23, 3, "t", "one"],
    [28, 4, "t", "two"],
  ]);
});

test("lines may end as Windows has them", () => {
  const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
  const { cases } = read("a.yaml", YAML);
  const names = cases.map(({ line, entry, name, input }) => ({ line, entry, name, input }));
  expect(read("a.yaml", crlf(long(YAML))).cases).toMatchObject(names.map(({ line, ...rest }) => ({ ...rest, line: line + 1 })));
  expect(read("a.jsonl", crlf(JSONL)).problems).toEqual([]);
});

test("a case is handed over before the next is read", () => {
  const path = join(folder, "lazy.yaml");
  writeFileSync(path, long("suite: s\ncases:\n  - { name: a, command: ls, expect: allow }\n  - { nam: b }\n"));
  const reader = new SuiteReader(builtin());
  const cases = reader.cases(path);
  expect([cases.next().value?.name, reader.problems]).toEqual(["a", []]);
  expect([cases.next().done, reader.problems.length > 0]).toEqual([true, true]);
});

test("a suite that is not in block style is read as a whole, however long", () =>
  expect(brief(read("a.yaml", long("{ suite: s, cases: [{ name: a, command: ls, expect: allow }] }")))).toEqual({
    cases: [[2, 0, "s", "a", "ls"]],
    problems: [],
  }));

test("a case a line, under the suite's line before it or its own", () => {
  const found = read("a.jsonl", JSONL);
  expect(brief(found)).toEqual({
    cases: [
      [1, 0, "a", "line 1", "ls"],
      [4, 3, "s", "two", ["ls", "1"]],
      [5, 4, "t", "two · 1", "ls"],
      [5, 4, "t", "two · 2", "id"],
    ],
    problems: [],
  });
  expect(found.cases[1]).toMatchObject({ context: { cwd: "/app", build: true }, tags: ["x"] });
});

test("a script is judged by the shell that its first line names", () => {
  writeFileSync(join(folder, "x.sh"), "#!/bin/zsh\nls\n");
  expect(read("a.jsonl", '{"script":"x.sh","expect":"allow"}\n').cases).toMatchObject([
    { input: { command: "#!/bin/zsh\nls\n" }, context: { shell: "zsh" } },
  ]);
});

test("arguments of a call keep their kinds, and what is quoted is text", () => {
  const call = '{ tool: pay, arguments: { a: 5, b: "5", c: true, d: [1.5, ~, x] } }';
  const kept = { a: 5, b: "5", c: true, d: [1.5, null, "x"] };
  const yaml = `suite: s\ncases:\n  - name: a\n    call: ${call}\n    expect: allow\n`;
  const json = `${JSON.stringify({ call: { tool: "pay", arguments: kept }, expect: "allow" })}\n`;
  for (const { cases } of [read("a.yaml", yaml), read("a.yaml", long(yaml)), read("a.jsonl", json)])
    expect(cases.map((given) => given.call)).toEqual([{ tool: "pay", arguments: kept, idle: true }]);
});

describe("what is wrong is said with its place", () => {
  test.each([
    [
      "an unknown key of a line",
      "a.jsonl",
      '{"comand":"ls","expect":"allow"}\n',
      ['a.jsonl:1:2: unknown key "comand"; did you mean "command"?'],
    ],
    [
      "an unknown rule",
      "a.jsonl",
      '\n{"command":"ls","expect":{"decision":"deny","rules":["destruction/disk"]}}\n',
      ['a.jsonl:2:54: no rule is called "destruction/disk"'],
    ],
    ["no JSON", "a.jsonl", "{\n", [expect.stringMatching(/^a\.jsonl:1:1: no JSON: /)]],
    ["no object", "a.jsonl", "[]\n", ["a.jsonl:1:1: expected a mapping"]],
    [
      "a name twice",
      "a.jsonl",
      '{"name":"a","command":"ls","expect":"allow"}\n{"name":"a","command":"ls","expect":"allow"}\n',
      ['a.jsonl:2:9: "a" is the name of another case too'],
    ],
    [
      "an unknown profile",
      "a.jsonl",
      '{"suite":"s","profile":"lax"}\n',
      ['a.jsonl:1:24: no profile is called "lax"; one of observe, standard, strict'],
    ],
    ["nothing", "a.jsonl", "\n", ["a.jsonl:1:1: the file is empty"]],
    [
      "no script",
      "a.jsonl",
      '{"script":"none.sh","expect":"allow"}\n',
      [`a.jsonl:1:11: there is no file none.sh that can be read`],
    ],
    ["bytes that are no text", "a.jsonl", Uint8Array.of(123, 255, 10), ["a.jsonl:1:1: not UTF-8, from line 1 on"]],
    [
      "a wrong case of a long suite",
      "a.yaml",
      long("suite: s\ncases:\n  - { name: a, comand: ls, expect: allow }\n"),
      ['a.yaml:4:16: unknown key "comand"; did you mean "command"?'],
    ],
    [
      "bad YAML in a case of a long suite",
      "a.yaml",
      long("suite: s\ncases:\n  - { name: a\n"),
      [expect.stringMatching(/^a\.yaml:5:1: /)],
    ],
    [
      "a wrong head of a long suite",
      "a.yaml",
      long("siute: s\ncases:\n  - { name: a, command: ls, expect: allow }\n"),
      ['a.yaml:2:1: "suite" is missing', 'a.yaml:2:1: unknown key "siute"; did you mean "suite"?'],
    ],
    [
      "no head of a long suite",
      "a.yaml",
      long("cases:\n  - { name: a, command: ls, expect: allow }\n"),
      ['a.yaml:3:3: "suite" is missing'],
    ],
    [
      "a head after the cases",
      "a.yaml",
      long("suite: s\ncases:\n  - { name: a, command: ls, expect: allow }\nprofile: strict\n"),
      ["a.yaml:5:1: in a suite as long as this, nothing comes after the cases"],
    ],
  ])("%s", (_, name, text, problems) => expect(read(name, text).problems).toEqual(problems));
});
