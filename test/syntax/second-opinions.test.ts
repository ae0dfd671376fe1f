import { spawnSync } from "node:child_process";
import bashParser from "bash-parser";
import { parse as parseLikeShfmt } from "sh-syntax";
import { describe, expect, test } from "vitest";
import { parse } from "../../src/syntax/parse.ts";
import { commands } from "../properties/fixtures.ts";

/** Every nth of our fixtures, each once: other parsers are slow. */
const sample = (stride: number): readonly string[] => [...new Set(commands)].filter((_, i) => i % stride === 0);

/** How many nodes of a tree are of a kind; a node seen twice counts once. */
function count(tree: unknown, isCounted: (node: Readonly<Record<string, unknown>>) => boolean): number {
  const seen = new Set<object>();
  const waiting: unknown[] = [tree];
  let found = 0;
  for (let node = waiting.pop(); waiting.length > 0 || node !== undefined; node = waiting.pop()) {
    if (typeof node !== "object" || node === null || seen.has(node)) continue;
    seen.add(node);
    if (isCounted(node as Record<string, unknown>)) found += 1;
    waiting.push(...Object.values(node).filter((inner) => inner !== undefined));
  }
  return found;
}

const ours = (command: string): number =>
  count(parse(command).script, ({ kind, words }) => kind === "simple" && Array.isArray(words) && words.length > 0);

const bash = spawnSync("bash", ["-c", "echo $BASH_VERSION"], { encoding: "utf8" }).stdout ?? "";

describe.skipIf(!/^(5\.[2-9]|[6-9])/.test(bash))("bash -n", () => {
  test("refuses nothing that is accepted without a doubt", () => {
    const refused = sample(15).filter(
      (command) =>
        parse(command).problems.length === 0 &&
        !command.includes("\0") &&
        spawnSync("bash", ["-O", "extglob", "-n", "-c", command], { stdio: "ignore" }).status !== 0,
    );
    expect(refused).toEqual([]);
  }, 60_000);
});

/** What its grammar of 2017 can read: no here-documents, process substitution, arrays, `[[`, `((`; comments and braces confuse it. */
const isPosix = (command: string): boolean =>
  !/<<|[<>]\(|=\(|\[\[|\(\(|#|\{|\n|\$'|`|;;|&>|\bcoproc\b|\bfunction\b|\bselect\b|\btime\b/.test(command);

test("bash-parser sees no more commands", () => {
  const more = sample(7)
    .filter(isPosix)
    .flatMap((command) => {
      try {
        const theirs = count(bashParser(command, { mode: "bash" }), ({ type, name }) => type === "Command" && name !== undefined);
        return theirs > ours(command) ? [`${theirs} > ${ours(command)}: ${command}`] : [];
      } catch {
        return [];
      }
    });
  expect(more).toEqual([]);
}, 60_000);

test("sh-syntax sees no more statements", async () => {
  const more: string[] = [];
  for (const command of sample(300)) {
    const file = await parseLikeShfmt(command).catch(() => undefined);
    const theirs = file?.Stmts.length ?? 0;
    const own = parse(command).script.statements.length;
    if (theirs > own && parse(command).problems.length === 0) more.push(`${theirs} > ${own}: ${command}`);
  }
  expect(more).toEqual([]);
}, 60_000);

test("there is something to disagree about", () => {
  expect(sample(7).filter(isPosix).length).toBeGreaterThan(300);
  expect(ours("a | b; c $(d) && (e)")).toBe(5);
});
