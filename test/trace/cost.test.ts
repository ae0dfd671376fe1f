import { expect, test } from "vitest";
import { builtin } from "../../src/index.ts";
import { trace } from "../../src/trace/trace.ts";

const doubts = (command: string): readonly string[] =>
  trace({ input: { command }, context: {} }, builtin()).doubts.map((doubt) => `${doubt.kind}: ${doubt.text}`);

test.each([
  ["an array that grows is copied each time", "a+=(x);".repeat(4_000)],
  ["a path that grows is read each time", "cd a;".repeat(4_000)],
  ["a text is made anew by each filter", `echo ${"a".repeat(60_000)}${" | rev".repeat(200)}`],
  ["names with holes are looked for in all sets", `cat ${"/e[t]c/* ".repeat(3_000)}`],
])("%s, so there is an end to it", (_, command) => expect(doubts(command)).toContain("limit: too much to analyse"));

test.each([
  ["a+=(x)\n".repeat(400)],
  ["cd a\n".repeat(400)],
  [`echo ${"a".repeat(1_000)}${" | rev".repeat(200)}`],
  [`cat ${"/e[t]c/* ".repeat(300)}`],
])("what people write is far from that", (command) => expect(doubts(command)).toEqual([]));

test.each([["sed -n '1,3 '"], ["sed '/a/ ' log"], ["sed '5 ! ' log"]])(
  "a sed script that ends after an address has an end: %s",
  (command) => expect(doubts(command)).toEqual([]),
);
