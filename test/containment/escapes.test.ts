import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compiledSandboxes, sandboxModule } from "../../scripts/sandbox-module.ts";
import { analyze } from "../../src/index.ts";
import { printProblem } from "../../src/load/source.ts";

const { escapes, problems } = compiledSandboxes();

test("what is known of sandboxes compiles, and `npm run build:knowledge` has written it", () => {
  expect(problems.map(printProblem)).toEqual([]);
  expect(readFileSync("src/knowledge/sandbox.generated.ts", "utf8")).toBe(sandboxModule());
});

test("at least forty ways out are known", () => {
  expect(new Set(escapes.map(({ of }) => of)).size).toBeGreaterThanOrEqual(40);
});

describe("a way out is denied where the sandbox lets it through, and said to be impossible where it does not", () => {
  test.each(escapes)("$of: $command", ({ of, command, permits, stops }) => {
    const open = analyze({ command }, { sandbox: permits });
    const closed = analyze({ command }, { sandbox: stops });
    const said = ({ findings }: typeof open) =>
      findings
        .find(({ rule }) => rule === of)
        ?.message.replace(/^.*: (?=(may be|not)? ?possible)/, "")
        .replace(/ \(.*\)$/, "");
    expect([open.decision, said(open), closed.decision === "allow" ? "allow" : "stopped", said(closed)]).toEqual([
      "deny",
      "possible here",
      "stopped",
      "not possible in this sandbox",
    ]);
  });
});
