import { describe, expect, it } from "vitest";
import { oneOf } from "../../src/model/value.ts";
import { type Given, lastCommand, words } from "./session.ts";

const THREE: Given = { values: { y: oneOf(["a", "b c", ""]) } };

/** Scripts that grow without bound, and what is said of them. */
const ROWS: readonly (readonly [title: string, script: string, words: string, given?: Given])[] = [
  ["a long sequence", "p {1..999999999} b", "[…]…[b] !braces expand to too many words"],
  ["a product of braces", `p ${"{a,b}".repeat(40)}`, "[…]… !braces expand to too many words"],
  ["braces that never close", `p ${"{a,".repeat(20_000)}`, "[…]… !expansion takes too long !braces expand to too many words"],
  ["one brace of many words", `p {${"a,".repeat(2_000)}b}`, "[…]… !braces expand to too many words"],
  ["text split into many words", `y='${"a ".repeat(2_000)}'; p $y`, "[…]… !expands to too many words"],
  ["alternatives in a row", `p ${"$y".repeat(40)}`, `[${"…".repeat(40)}]…`, THREE],
  ["a power", "p $((2**999999999999)) $((3**1000000))", "[0][7682401271709541633]"],
  ["a replacement that grows", `y=aaaaaaaaaa; ${"y=${y//?/$y$y}; ".repeat(8)} p "$y"`, "[…]"],
];

describe("limits blur and are reported", () => {
  for (const [title, script, expected, given] of ROWS) it(title, () => expect(words(script, given)).toBe(expected));
});

/** Patterns and expressions on which a naive evaluator does not end. */
const SLOW: readonly (readonly [title: string, script: string])[] = [
  ["stars", `y=${"a".repeat(5_000)}; p \${y##${"*a".repeat(3_000)}b}`],
  ["nested repetition", `y=${"a".repeat(2_000)}; p \${y##+(+(+(a|aa)|a)|a)b}`],
  ["a star in every place", `y=${"a".repeat(20_000)}; p \${y//a*b/c}`],
  ["expressions in a circle", "a=b+b; b=c+c; c=a+a; p $((a))"],
  ["an expression that doubles", `${Array.from({ length: 40 }, (_, i) => `v${i}=v${i + 1}+v${i + 1}`).join("; ")}; p $((v0))`],
  ["open brackets", `p ${"[".repeat(60_000)}/`],
  ["open braces", `p ${"{".repeat(50_000)}`],
];

describe("expansion ends soon", () => {
  it.each(SLOW)("%s", (_, script) => {
    const start = performance.now();
    const { arguments: all } = lastCommand(script);
    expect(all.length).toBe(2);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("a shared budget is used up once", () => {
    const fuel = { left: 1_000 };
    expect(words(`y=${"a".repeat(2_000)}; p $y`, { fuel })).toBe("[…]… !expansion takes too long");
    expect(words("y=b; p $y", { fuel })).toBe("[…]… !expansion takes too long");
  });
});
