import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createAnalyzer } from "../../src/index.ts";
import { unpredicted } from "../../src/sandbox/compare.ts";
import { WORLD } from "../../src/sandbox/template.ts";

/** What real bash did with our own commands, as `npm run oracle:record` wrote it. */
const recorded = readFileSync("fixtures/oracle/argv.jsonl", "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line): { command: string; started: string[][]; changed: string[] } => JSON.parse(line));
const analyzer = createAnalyzer({ profile: "strict" });

test("the record is long enough to mean something", () => expect(recorded.length).toBeGreaterThan(2000));

test("what strict allows did nothing in real bash that was not predicted", () => {
  const unsound = recorded.flatMap(({ command, started, changed }) => {
    const verdict = analyzer.analyze({ command }, WORLD);
    if (verdict.decision !== "allow") return [];
    const run = started.map(([program = "", ...args]) => ({ program, cwd: WORLD.cwd, args }));
    const facts = unpredicted(verdict, { started: run, changed, stderr: "", late: false });
    return facts.length > 0 ? [{ command, facts }] : [];
  });
  expect(unsound).toEqual([]);
});
