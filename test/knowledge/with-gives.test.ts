import { expect, test } from "vitest";
import { withGives } from "../../scripts/with-gives.ts";

const first = (gives: readonly string[]) => [{ path: ["examples", 0], gives }];

const cases: readonly (readonly [title: string, example: string, gives: readonly string[], result: string])[] = [
  ["a line after run", "  - run: a   # why\n", ["reads ./x"], "  - run: a\n    gives: [reads ./x]   # why\n"],
  ["nothing", "  - run: a\n", [], "  - run: a\n    gives: []\n"],
  ["in braces", "  - { run: a }   # why\n", ["reads ./x"], "  - { run: a, gives: [reads ./x] }   # why\n"],
  [
    "after a block of text",
    "  - run: |\n      a\n      b\n",
    ["reads ./x"],
    "  - run: |\n      a\n      b\n    gives: [reads ./x]\n",
  ],
  [
    "after the context",
    "  - run: [a, b]\n    context: { cwd: /app }\n",
    ["reads ./x"],
    "  - run: [a, b]\n    context: { cwd: /app }\n    gives: [reads ./x]\n",
  ],
  [
    "quoted where brackets, commas or quotes need it",
    "  - run: a\n",
    ["reads {a,b}", "runs 'a b'", "x -> y"],
    "  - run: a\n    gives: [\"reads {a,b}\", runs 'a b', x -> y]\n",
  ],
];
for (const [title, example, gives, result] of cases) {
  test(`gives is put in: ${title}`, () =>
    expect(withGives(`command: x\nexamples:\n${example}  - run: z\n`, first(gives))).toBe(
      `command: x\nexamples:\n${result}  - run: z\n`,
    ));
}

test("a long list has a line for each item", () => {
  const long = "x".repeat(80);
  expect(withGives("examples:\n  - run: a\n", first([`reads ${long}`, `writes ${long}`]))).toBe(
    `examples:\n  - run: a\n    gives:\n      - reads ${long}\n      - writes ${long}\n`,
  );
});

test("several examples at once, the rest as it was", () =>
  expect(
    withGives("# top\nexamples:\n  - run: a\n  - run: b\n    gives: [x]\n  - run: c\n", [
      { path: ["examples", 0], gives: ["reads a"] },
      { path: ["examples", 2], gives: ["reads c"] },
    ]),
  ).toBe("# top\nexamples:\n  - run: a\n    gives: [reads a]\n  - run: b\n    gives: [x]\n  - run: c\n    gives: [reads c]\n"));
