import fc from "fast-check";
import { expect, test } from "vitest";
import type { Span } from "../../src/model/span.ts";
import { parse } from "../../src/syntax/parse.ts";

/** Pieces of shell text, so that random input is often almost a program. */
const PIECES = [
  ..."abx1 \n\t;&|<>(){}[]$`'\"\\#!=*?~+-/:,@%^",
  ..."$( ) ${ } $(( )) <( `a` 'b' \"c\" $'d' \\\n << <<- && || ;; ;& $x ${x:-y} x=( x= [[ ]] (( if then fi for in do done case esac".split(
    " ",
  ),
  "function f ",
  "f()",
  "while ",
  "coproc ",
  "declare -a ",
  "<<E\n$x\nE\n",
  "\ud83d",
  "\0",
  "é",
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 60 }),
);

type Shape = { readonly [key: string]: unknown };

/** Everything with a span, and what encloses it. The body of a here-document stands outside its redirect. */
function* spans(node: unknown, outer: Span): Generator<{ node: Shape; span: Span; outer: Span }> {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const item of node) yield* spans(item, outer);
    return;
  }
  const shape = node as Shape;
  const span = "span" in shape ? (shape.span as Span) : outer;
  if ("span" in shape) yield { node: shape, span, outer };
  for (const [key, value] of Object.entries(shape)) {
    if (key === "span") continue;
    yield* spans(value, key === "body" && "target" in shape ? { start: span.end, end: outer.end + 1e9 } : span);
  }
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start <= inner.end && outer.start <= inner.start && inner.end <= outer.end;
}

test("never throws, and problems stand inside the text", () => {
  fc.assert(
    fc.property(text, (input) => {
      const { problems } = parse(input);
      expect(problems.filter(({ span }) => !isWithin(span, { start: 0, end: input.length }))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test("spans are ranges of the text, and nest", () => {
  fc.assert(
    fc.property(text, (input) => {
      const { script, problems } = parse(input);
      if (problems.length > 0) return;
      const all = [...spans(script, { start: 0, end: input.length })];
      expect(all.filter(({ span, outer }) => !isWithin(span, outer) || span.end > input.length)).toEqual([]);
    }),
    { numRuns: 4_000 },
  );
});

test("the parts of a word follow one another from its start to its end", () => {
  fc.assert(
    fc.property(text, (input) => {
      const { script } = parse(input);
      for (const { node, span } of spans(script, { start: 0, end: input.length })) {
        if (!("parts" in node) || node.kind === "double") continue;
        const parts = node.parts as readonly { readonly span: Span }[];
        const ends = [span.start, ...parts.map((part) => part.span.end)];
        expect(parts.map((part) => part.span.start)).toEqual(ends.slice(0, parts.length));
        if (parts.length > 0) expect(ends.at(-1)).toBe(span.end);
      }
    }),
    { numRuns: 4_000 },
  );
});

test.each(["`<<a\\\n", "<<`\\", "`<<\\\n"])("what the parser places past the end is placed at it: %j", (input) => {
  expect(parse(input).problems.filter(({ span }) => span.start > span.end || span.end > input.length)).toEqual([]);
});
