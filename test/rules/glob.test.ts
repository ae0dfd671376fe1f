import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Hole, Piece } from "../../src/model/value.ts";
import { inBracket } from "../../src/rules/bracket.ts";
import { compileGlob, matches, meet } from "../../src/rules/glob.ts";

const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 5 });
const globs = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 6 });
const hole = (glob?: Hole["glob"], set?: string): Hole => ({
  origin: { by: "output" },
  ...(glob ? { glob } : {}),
  ...(set ? { set } : {}),
});
const HOLES: readonly (readonly [Hole, RegExp])[] = [
  [hole(), /^.*$/],
  [hole("star"), /^.*$/],
  [hole("char"), /^.$/],
  [hole("char", "a"), /^a$/],
  [hole("char", "!a"), /^[^a]$/],
];
const FILLINGS = ["", "a", "b", "aa", "ab", "ba", "bb", "aab", "abb", "bab", "aba"];

/** Every text that short fillings make of the pieces. */
function fillings(pieces: readonly (string | readonly [Hole, RegExp])[]): readonly string[] {
  return pieces.reduce<readonly string[]>(
    (texts, piece) => {
      const parts = typeof piece === "string" ? [piece] : FILLINGS.filter((text) => piece[1].test(text));
      return texts.flatMap((text) => parts.map((part) => text + part));
    },
    [""],
  );
}

describe("globs", () => {
  test("match as the same regular expression does", () => {
    fc.assert(
      fc.property(globs, letters, (glob, text) => {
        expect(matches(compileGlob(glob), text)).toBe(new RegExp(`^${glob.replaceAll("*", ".*")}$`).test(text));
      }),
    );
  });
  test("meet text with holes when some filling matches, and wholly only when all do", () => {
    const pieces = fc.array(fc.oneof(letters, fc.constantFrom(...HOLES)), { maxLength: 3 });
    fc.assert(
      fc.property(globs, pieces, (pattern, parts) => {
        const glob = compileGlob(pattern);
        const { all, known } = meet(
          glob,
          parts.map((part): Piece => (typeof part === "string" ? part : part[0])),
          true,
        );
        const outcomes = fillings(parts).map((text) => matches(glob, text));
        if (outcomes.includes(true)) expect(known).toBeGreaterThanOrEqual(0);
        if (all) expect(outcomes).not.toContain(false);
      }),
      { numRuns: 500 },
    );
  });
  test("count the characters that known text stands for", () => {
    const known = (pattern: string, ...pieces: Piece[]): number => meet(compileGlob(pattern), pieces, true).known;
    expect([
      known("shadow", "sha", hole()),
      known("shadow", hole()),
      known("id_*", hole(), "rsa"),
      known("shadow", "x", hole()),
    ]).toEqual([3, 0, 0, -1]);
  });
  test("take time that grows with the text alone", () => {
    const text = "a".repeat(100_000);
    expect(matches(compileGlob("*a*a*a*a*a*a*a*a*b"), text)).toBe(false);
  }, 1_000);
});

describe("bracket expressions", () => {
  test.each([
    ["abc", "b", true],
    ["a-f", "c", true],
    ["a-f", "g", false],
    ["!a", "b", true],
    ["^a", "a", false],
    ["[:digit:]x", "7", true],
    ["[:digit:]x", "x", true],
    ["[:digit:]", ":", false],
    ["![:alpha:]", "a", false],
    ["a-", "-", true],
    ["\\]", "]", true],
    ["[:nothing:]", "n", true],
  ])("[%s] holds %s: %s", (set, char, expected) => expect(inBracket(set, char.charCodeAt(0))).toBe(expected));
});
