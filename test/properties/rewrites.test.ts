import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chanceFrom } from "../../src/suite/chance.ts";
import { COMMAND_REWRITES, WRAPPERS } from "../../src/suite/command-rewrites.ts";
import { keeps, rewrite, rewriteCommand, rewriteWord } from "../../src/suite/rewrites.ts";
import { WORD_REWRITES } from "../../src/suite/word-rewrites.ts";
import { analyzer, attacks, isLower } from "./fixtures.ts";

const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test("an attack written otherwise is not judged more mildly", () => {
  fc.assert(
    fc.property(fc.constantFrom(...attacks), fc.integer({ min: 1, max: 2 }), seed, ({ given, command, decision }, depth, by) => {
      const written = rewrite(command, depth, by);
      const { text } = written;
      if (!keeps(written, analyzer.analyze(given.input, given.context))) return;
      const after = analyzer.analyze({ command: text }, given.context).decision;
      expect({ text, after: isLower(after, decision) ? after : decision }).toEqual({ text, after: decision });
    }),
    { numRuns: 250, seed: 1 },
  );
});

test("another command after it, or after its success, makes an attack no milder", () => {
  const lines = attacks.filter(({ command }) => !/[\n#]|<<|[\\;&]\s*$/.test(command));
  const rest = fc.constantFrom("; true", "; ls -la", " && echo done", " && git status", "; x=1", "; cd /tmp");
  fc.assert(
    fc.property(fc.constantFrom(...lines), rest, ({ given, command, decision }, more) => {
      const text = `${command}${more}`;
      const after = analyzer.analyze({ command: text }, given.context).decision;
      expect({ text, after: isLower(after, decision) ? after : decision }).toEqual({ text, after: decision });
    }),
    { numRuns: 250, seed: 1 },
  );
});

test("the same seed gives the same rewrite", () => {
  fc.assert(
    fc.property(fc.constantFrom(...attacks), seed, ({ command }, by) => {
      expect(rewrite(command, 3, by)).toEqual(rewrite(command, 3, by));
    }),
    { numRuns: 100 },
  );
});

const version = Number(spawnSync("bash", ["-c", "echo $BASH_VERSINFO"], { encoding: "utf8" }).stdout);
const LINE = "/usr/bin/printf [%s] ab-c x=y /d";
const SHOWN = "[ab-c][x=y][/d]";

/** Needs bash 5; `:` swallows what an arithmetic subscript prints, and a coproc's output goes to a pipe. */
describe.runIf(version >= 5)("real bash comes to the same argv", () => {
  const seeds = [1, 2, 3, 4, 5, 6];
  const run = (text: string | undefined): string =>
    text === undefined ? SHOWN : spawnSync("bash", ["-c", text], { encoding: "utf8" }).stdout;

  test.each(WORD_REWRITES.map((by) => [by.name, by] as const))("%s", (_, by) => {
    const line = "/usr/bin/printf [%s] ab-c /d".replace("[%s]", "'[%s]'");
    expect(seeds.map((at) => run(rewriteWord(line, by, chanceFrom(at))))).toEqual(seeds.map(() => "[ab-c][/d]"));
  });

  const silent = new Set(["arithmetic subscript", "coproc", "sudo", "docker exec", "ssh", "braces", "IFS"]);
  const shown = [...COMMAND_REWRITES, ...WRAPPERS].filter(({ name }) => !silent.has(name));
  test.each(shown.map((by) => [by.name, by] as const))("%s", (_, by) => {
    const line = LINE.replace("[%s]", "'[%s]'").replace("x=y", "'x=y'");
    expect(run(rewriteCommand(line, by, chanceFrom(1)))).toBe(SHOWN);
  });
});
