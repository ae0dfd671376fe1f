import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { foundIn } from "./config-found.ts";

interface Entry {
  readonly name: string;
  /** good: nothing is found that fails a check; leaky: it gives something away; escapable: there is a way out. */
  readonly kind: "good" | "leaky" | "escapable";
  readonly file: string;
  readonly text: string;
  readonly expected: readonly string[];
}

// Not `.yaml`: those below fixtures/ are suites of commands.
const FOLDER = "test/sandbox/configurations";
const entries = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".yml"))
  .flatMap((name) => parse(readFileSync(`${FOLDER}/${name}`, "utf8")) as Entry[]);

describe.each(["good", "leaky", "escapable"])("a %s configuration", (kind) => {
  test.each(entries.filter((entry) => entry.kind === kind))("$file: $name", ({ file, text, expected }) => {
    expect(foundIn(file, text)).toEqual(expected);
  });
});

test("what is called good passes, and what is called escapable has a severe finding", () => {
  const severe = (finding: string): boolean => / (high|critical) /.test(finding);
  const wrong = entries.filter(({ kind, expected }) =>
    kind === "good"
      ? expected.some((one) => / (medium|high|critical|doubt) /.test(one))
      : kind === "escapable"
        ? !expected.some(severe)
        : expected.length === 0,
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test("there are enough of them to mean something", () => expect(entries.length).toBeGreaterThanOrEqual(60));
