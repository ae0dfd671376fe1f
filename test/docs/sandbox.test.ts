import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openAnalyzer } from "../../src/cli/analyzer.ts";
import { sandboxJsonSchema } from "../../src/load/sandbox-schema.ts";
import { wordsOf } from "../../src/sandbox/config/run-line.ts";
import { cli } from "../cli/fake.ts";

const parts = readFileSync("docs/sandbox.md", "utf8").split("\n```");
const folder = mkdtempSync(join(tmpdir(), "argvet-"));
for (const part of parts) {
  const [, name, text] = /^yaml file=(\S+)\n([\s\S]*)$/.exec(part) ?? [];
  if (name !== undefined) writeFileSync(join(folder, name), `${text}\n`);
}
const shown = parts
  .filter((part) => part.startsWith("console\n$ argvet "))
  .map((part): [string, string] => {
    const [, command = "", ...output] = part.split("\n");
    return [command.slice("$ argvet ".length), output.map((line) => `${line}\n`).join("")];
  });

test("there are examples", () => expect(shown.length).toBe(2));

test.each(shown)("$ argvet %s", async (command, output) => {
  const words = wordsOf(command).map(({ text }) => (text.endsWith(".yaml") ? join(folder, text) : text));
  const { out, err } = await cli(words, { open: openAnalyzer });
  expect((out + err).replaceAll(`${folder}/`, "")).toBe(output);
});

test("the published schema of profiles is what they are read by", () => {
  expect(readFileSync("schema/sandbox.schema.json", "utf8")).toBe(sandboxJsonSchema());
});
