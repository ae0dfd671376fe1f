import { describe, expect, test } from "vitest";
import { createAnalyzer } from "../../src/index.ts";
import { BUILTIN } from "../../src/knowledge/builtin.generated.ts";
import { openKnowledge } from "../../src/knowledge/knowledge.ts";
import { readFolder } from "../../src/load/folder.ts";
import { compileKnowledge } from "../../src/load/knowledge.ts";
import { printProblem } from "../../src/load/source.ts";
import { Sets } from "../../src/rules/sets.ts";
import { commandAnalyzer, givenBy, printInput, ruleMessage, setMessage } from "../../src/suite/knowledge-examples.ts";

const { data, examples, problems } = compileKnowledge(readFolder("rules"));
const knowledge = openKnowledge([data]);

test("every file under rules/ compiles", () => expect(problems.map(printProblem)).toEqual([]));

test("the generated module is what rules/ says: npm run build:knowledge", () => {
  for (const key of Object.keys(data) as (keyof typeof data)[]) {
    const stale = data[key].filter((item, i) => JSON.stringify(item) !== JSON.stringify(BUILTIN[key][i]));
    expect([key, stale.length, data[key].length]).toEqual([key, 0, BUILTIN[key].length]);
  }
});

describe("command files: each example does exactly what it says", () => {
  const analyzer = commandAnalyzer(knowledge);
  for (const example of examples.commands) {
    test(`${example.file}:${example.line} ${printInput(example.input)}`, () =>
      expect([...givenBy(example, analyzer)].sort()).toEqual([...(example.gives ?? [])].sort()));
  }
});

describe("rules: what matches, what does not, and what is harmless", () => {
  const analyzer = createAnalyzer({ knowledge });
  for (const example of examples.rules) {
    test(`${example.file}:${example.line} ${example.want} ${example.of} ${printInput(example.input)}`, () =>
      expect(ruleMessage(example, analyzer)).toBeUndefined());
  }
});

describe("sets: what is in and what is out", () => {
  const sets = new Sets(knowledge.sets);
  for (const example of examples.sets) {
    test(`${example.file}:${example.line} ${example.of} ${example.text}`, () =>
      expect(setMessage(example, sets, knowledge)).toBeUndefined());
  }
});
