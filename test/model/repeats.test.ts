import { expect, test } from "vitest";
import { Repeats } from "../../src/model/repeats.ts";
import type { Span } from "../../src/model/span.ts";

test("a thing is new unless its text was said at the same place", () => {
  const repeats = new Repeats<{ readonly text: string; readonly span: Span }>(({ text }) => text);
  const at = (text: string, start: number, argument?: number): boolean =>
    repeats.isNew({ text, span: argument === undefined ? { start, end: start } : { start, end: start, argument } });
  expect([at("a", 1), at("a", 1), at("b", 1), at("b", 1), at("a", 1)]).toEqual([true, false, true, false, false]);
  expect([at("a", 2), at("a", 1, 0), at("a", 1, 1), at("a", 1, 1)]).toEqual([true, true, true, false]);
});

test("a text is made only where a place is spoken of twice", () => {
  const printed: string[] = [];
  const repeats = new Repeats<{ readonly text: string; readonly span: Span }>(({ text }) => {
    printed.push(text);
    return text;
  });
  for (const [text, start] of [
    ["a", 1],
    ["b", 2],
    ["c", 2],
    ["d", 2],
  ] as const)
    repeats.isNew({ text, span: { start, end: start } });
  expect(printed).toEqual(["b", "c", "d"]);
});
