import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CONSTRUCTS } from "../../scripts/shell-constructs.ts";
import { shellDoc, treat } from "../../scripts/shell-doc.ts";
import { askShells, recorded } from "../../scripts/shell-record.ts";

const ran = recorded();

describe("what a shell runs is predicted, or there is a doubt", () => {
  test.each(CONSTRUCTS.map((construct) => [construct.group, construct.name, construct] as const))(
    "%s: %s",
    (_group, _name, construct) => {
      const { predicted, exact, doubts } = treat(construct);
      if (doubts.length > 0) return;
      const real = ran[construct.script] ?? [];
      const missed = exact ? real.filter((argv) => !predicted.includes(argv)) : real.slice(predicted.length);
      expect(missed).toEqual([]);
    },
  );
});

test("shells run what is recorded; `npx tsx scripts/shell-record.ts` records it anew", () => {
  const now = askShells();
  expect(Object.keys(now).length).toBeGreaterThan(100);
  const sorted = (all: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.keys(now).map((script) => [script, [...(all[script] ?? [])].sort()]));
  expect(sorted(now)).toEqual(sorted(ran));
}, 60_000);

test("the page says so; `npm run generate` writes it", () => {
  const [path, text] = shellDoc(ran);
  expect(readFileSync(path, "utf8")).toBe(text);
});
