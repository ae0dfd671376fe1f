import { expect, test } from "vitest";
import { BUILTIN } from "../../src/index.ts";
import { openKnowledge } from "../../src/knowledge/knowledge.ts";
import { compileKnowledge } from "../../src/load/knowledge.ts";
import { printCoverage } from "../../src/report/coverage.ts";
import { coverageOf } from "../../src/suite/coverage.ts";

const TEXT = `\
command: [fetch, get]
source: fetch(1)
operands: "URL [FILE]"
options: { "--exec COMMAND": code, "-k": }
inert: "-q, --quiet; -v"
types: { URL: url, FILE: path }
does:
  - { flows: URL -> FILE, when: FILE }
  - { flows: URL -> stdout, unless: FILE }
  - { runs: COMMAND, as: shell, when: --exec }
  - { configures: URL, how: =insecure, when: -k }
subcommands:
  list: { operands: "[DIR]", types: { DIR: path }, does: [{ lists: DIR }] }
examples:
  - { run: fetch http://a.b/c, gives: [connects a.b, "http://a.b/c -> stdout"] }
  - { run: "fetch --exec 'rm x' http://a.b/c f", gives: [] }
`;

test("each class of use that the facts state is shown by an example, or named", () => {
  const { data, examples, problems } = compileKnowledge([{ path: "fetch.yaml", text: TEXT }]);
  expect(problems).toEqual([]);
  const rows = coverageOf(openKnowledge([{ ...data, profiles: BUILTIN.profiles }]), examples.commands);
  expect(printCoverage(rows)).toBe(`\
program  names  subcommands  options  inert  effects  examples  shown  without an example
fetch        2            1        2      2        5         2    3/5  file-list state
1 files      2            1        2      2        5         2    3/5

class       programs  with an example
command            1                1
download           1                1
file-list          1                0
file-write         1                1
state              1                0
`);
});
