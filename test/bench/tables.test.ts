import { expect, test } from "vitest";
import type { Judged } from "../../bench/judge.ts";
import { gradedTable, histogram, labelledTable } from "../../bench/tables.ts";
import type { Decision } from "../../src/index.ts";

/** So many rows of one corpus, the first of them with these decisions and the others allowed. */
function rows(corpus: string, count: number, grade: Judged["row"]["grade"], ...decisions: Decision[]): Judged[] {
  const rowOf = (i: number): Judged["row"] => ({
    id: `${corpus}${i}`,
    input: { command: "x" },
    context: {},
    corpus,
    category: "-",
    grade,
  });
  return Array.from({ length: count }, (_, i) => ({
    row: rowOf(i),
    decision: decisions[i] ?? "allow",
    reasons: [],
    program: "x",
    effects: 0,
  }));
}

test("corpora count alike, and those with fewer than 20 rows are one", () => {
  const high = { label: "attack", confidence: "high" };
  const judged = [
    ...rows("big", 40, high, ...Array.from({ length: 20 }, (): Decision => "deny")),
    ...rows("small", 10, high, "deny", "require_approval"),
    ...rows("smaller", 10, high, "require_approval", "require_approval"),
  ];
  // big: 50 % flagged and denied; the two small ones together: 20 % and 5 %.
  expect(labelledTable(judged)[1]?.split(/\s+/)).toEqual(["attack", "high", "60", "2", "35.0", "27.5", "(40.0", "/", "35.0)"]);
});

test("harmless rows of low confidence are a kind of their own", () => {
  const judged = [
    ...rows("a", 20, { label: "benign", confidence: "medium" }),
    ...rows("a", 20, { label: "benign", confidence: "low" }, "deny"),
  ];
  expect(
    labelledTable(judged)
      .slice(1)
      .map((line) => line.slice(0, 40)),
  ).toEqual(["benign               20        1      0.", "benign low           20        1      5."]);
});

test("a graded row is strong enough at or above the weakest permitted verdict", () => {
  const judged = [
    ...rows("b", 3, { weakest: "require_approval" }, "deny", "require_approval"),
    ...rows("b", 2, { weakest: "allow" }, "deny"),
  ];
  expect(gradedTable(judged)).toEqual([
    "b: 4 of 5 at or above the weakest permitted verdict (80.0 %)",
    "  require_approval     3 rows  enough 2, flagged 2, denied 1",
    "  allow                2 rows  enough 2, flagged 1, denied 1",
  ]);
});

test("the histogram counts each reason of a row, most frequent first", () => {
  const judged = rows("c", 3, { weakest: "allow" });
  const reasons = [["a", "b"], ["a"], ["c"]];
  expect(histogram(judged, ({ row }) => reasons[Number(row.id.slice(1))] ?? [], 2)).toEqual([
    "     2  a",
    "     1  b",
    "        … 1 more",
  ]);
});
