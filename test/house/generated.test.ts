import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { attackCoverage } from "../../scripts/attack-coverage.ts";
import { ruleDocs } from "../../scripts/rule-docs.ts";
import { suiteJsonSchema } from "../../src/suite/json-schema.ts";

test("the rule reference is what the packs say; `npm run generate` writes it", () => {
  const pages = readdirSync("docs/rules").map((name): [string, string] => [
    `docs/rules/${name}`,
    readFileSync(`docs/rules/${name}`, "utf8"),
  ]);
  expect(Object.fromEntries(pages)).toEqual(Object.fromEntries(ruleDocs()));
});

test("the schema of suites is what they are read by", () => {
  expect(readFileSync("schema/suite.schema.json", "utf8")).toBe(suiteJsonSchema());
});

test("the table of techniques is what packs and fixtures say", () => {
  const [path, text] = attackCoverage();
  expect(readFileSync(path, "utf8")).toBe(text);
});
