import { expect, test } from "vitest";
import { openKnowledge } from "../../src/knowledge/knowledge.ts";
import { readKnowledgeFile } from "../../src/load/folder.ts";
import { compileKnowledge } from "../../src/load/knowledge.ts";
import { printProblem } from "../../src/load/source.ts";
import { checkPack } from "../../src/suite/check-pack.ts";

const BASE = `
set: key
of: path
about: Keys.
members: [~/.ssh]
examples: { in: [~/.ssh/id_rsa], out: [/tmp/x] }
---
command: show
source: show(1)
operands: FILE
types: { FILE: path }
does: [{ flows: FILE -> stdout }]
examples: [{ run: show x, gives: [reads ./x, ./x -> caller] }, { run: show, gives: [] }]
`;
const knowledge = openKnowledge([
  compileKnowledge([readKnowledgeFile("rules/profiles.yaml"), { path: "base.yaml", text: BASE }]).data,
]);
const check = (text: string): readonly string[] => checkPack(text, "p.yaml", knowledge).map(printProblem);

const pack = (match: string, noMatch: string, harmless: string): string => `pack: mine
about: Mine.
rules:
  - id: key-shown
    title: A key is shown
    status: stable
    severity: critical
    message: "{from} is shown"
    remediation: Do not.
    attack: [T1552.004]
    cwe: [200]
    false_positives: [none]
    when: { flow: { from: { file: key }, to: { caller: true } } }
    examples:
      match: [${match}]
      no_match: [${noMatch}]
      harmless: [${harmless}]
`;
const command = (gives: string): string =>
  `command: reveal\nsource: reveal(1)\nlike: show\nexamples:\n  - { run: reveal a, gives: [reads ./a, ./a -> caller] }\n  - { run: reveal a | show b, gives: [${gives}] }\n`;

test("a pack whose examples hold", () => expect(check(pack("show ~/.ssh/id_rsa", "show x", "show x"))).toEqual([]));
test("an example that should match, and does not", () =>
  expect(check(pack("show x", "show x", "show x"))).toEqual([
    "p.yaml:15:1: match example of mine/key-shown: show x does not match",
  ]));
test("an example that should not match, and does", () =>
  expect(check(pack("show ~/.ssh", "show ~/.ssh", "show x"))).toEqual([
    "p.yaml:16:1: no_match example of mine/key-shown: show ~/.ssh matches",
  ]));
test("an example that is not harmless", () =>
  expect(check(pack("show ~/.ssh", "show x", "show ~/.ssh"))).toEqual([
    "p.yaml:17:1: harmless example of mine/key-shown: show ~/.ssh is deny: finding critical certain ~/.ssh is shown [mine/key-shown]",
  ]));
test("a command file of one's own, like a known program", () =>
  expect(check(command("reads ./a, reads ./b, ./b -> caller"))).toEqual([]));
test("an effect too many fails, and one too few", () =>
  expect(check(command("reads ./b, ./b -> caller, writes ./c"))).toEqual([
    'p.yaml:6:1: example of reveal: reveal a | show b does not give "writes ./c", also gives "reads ./a"',
  ]));
test("a set whose examples do not hold", () =>
  expect(check("set: a\nof: path\nabout: A.\nincludes: key\nexamples: { in: [/x], out: [~/.ssh] }\n")).toEqual([
    'p.yaml:5:1: "/x" is not in set a',
    'p.yaml:5:1: "~/.ssh" is in set a',
  ]));
test("what does not compile is said first", () => expect(check("set: a\n")).toContain('p.yaml:1:1: "of" is missing'));
