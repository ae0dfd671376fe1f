import fc from "fast-check";
import { expect, test } from "vitest";
import type { Verdict } from "../../src/model/finding.ts";
import { LIMITS } from "../../src/model/limits.ts";
import type { Span } from "../../src/model/span.ts";
import { shellQuoted } from "../../src/text/quote.ts";
import { analyzer, attacks, commands, isLower } from "./fixtures.ts";

const fixture = fc.constantFrom(...commands);
/** A fixture cut and spliced with another: often almost a program. */
const spliced = fc
  .tuple(fixture, fixture, fc.nat(400), fc.nat(400))
  .map(([a, b, i, j]) => a.slice(0, i % (a.length + 1)) + b.slice(j % (b.length + 1)));
const bytes = fc.uint8Array({ maxLength: 80 }).map((data) => String.fromCharCode(...data));
const text = fc.oneof(
  spliced,
  bytes,
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
);
const word = fc.oneof(
  fc.string({ unit: "grapheme-ascii", maxLength: 12 }),
  fc.constantFrom(
    "rm",
    "-rf",
    "/",
    "sudo",
    "bash",
    "-c",
    "cat",
    "~/.ssh/id_rsa",
    "env",
    "A=b",
    "--",
    "-",
    "curl",
    "find",
    "-exec",
    ";",
    "git",
  ),
);

const isInternal = ({ doubts }: Verdict): boolean => doubts.some((doubt) => doubt.text.startsWith("internal error"));

function spansOf({ findings, doubts, effects, invocations }: Verdict): readonly Span[] {
  return [
    ...findings.flatMap(({ evidence }) => evidence),
    ...doubts.map(({ span }) => span),
    ...effects.map(({ span }) => span),
    ...invocations.map(({ span }) => span),
  ];
}

test("no exception escapes or is swallowed, and spans lie inside the text", () => {
  fc.assert(
    fc.property(text, (command) => {
      const verdict = analyzer.analyze({ command });
      expect(isInternal(verdict)).toBe(false);
      expect(spansOf(verdict).filter(({ start, end }) => start < 0 || start > end || end > command.length)).toEqual([]);
    }),
    { numRuns: 600 },
  );
});

test("spans of argv lie inside the argument they name", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(word, bytes), { maxLength: 8 }), (argv) => {
      const verdict = analyzer.analyze({ argv });
      expect(isInternal(verdict)).toBe(false);
      const outside = spansOf(verdict).filter(
        ({ start, end, argument = 0 }) => start < 0 || start > end || end > (argv[argument] ?? "").length,
      );
      expect(outside).toEqual([]);
    }),
    { numRuns: 600 },
  );
});

test("the same input gives the same verdict", () => {
  fc.assert(
    fc.property(text, (command) => {
      expect(analyzer.analyze({ command })).toEqual(analyzer.analyze({ command }));
    }),
    { numRuns: 100 },
  );
});

test("argv and the same words quoted for a shell start the same programs with the same arguments", () => {
  const shown = ({ invocations }: Verdict): unknown =>
    invocations.map(({ program, args }) => [program, args.map(({ value, count }) => [value, count])]);
  const program = fc.constantFrom("ls", "rm", "cat", "git", "tar", "env", "sudo", "nice", "timeout", "curl", "find", "xargs");
  fc.assert(
    fc.property(program, fc.array(word, { maxLength: 5 }), (first, args) => {
      const argv = [first, ...args];
      expect(shown(analyzer.analyze({ command: argv.map(shellQuoted).join(" ") }))).toEqual(shown(analyzer.analyze({ argv })));
    }),
    { numRuns: 300 },
  );
});

const PADDING: readonly (readonly [string, (command: string) => string])[] = [
  ["steps", (command) => `${"true;".repeat(LIMITS.steps + 1)}\n${command}`],
  ["depth", (command) => `${"( ".repeat(LIMITS.nesting + 1)}${command}\n${" )".repeat(LIMITS.nesting + 1)}`],
  ["loops", (command) => `for a in {1..200}; do for b in {1..200}; do for c in {1..200}; do :; done; done; done\n${command}`],
  ["words", (command) => `: {1..5000}\n${command}`],
  ["alternatives", (command) => `x=$((${"1+".repeat(5_000)}1)); : $x\n${command}`],
];

test.each(PADDING)("what stands after the limit of %s is not waved through", (_, pad) => {
  const some = attacks.filter(({ command }) => !command.includes("<<")).filter((_given, i) => i % 250 === 0);
  const passed = some.filter(({ given, command }) =>
    isLower(analyzer.analyze({ command: pad(command) }, given.context).decision, "require_approval"),
  );
  expect(passed.map(({ command }) => command)).toEqual([]);
});
