import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readPolicy } from "../../src/policy/read.ts";
import { cli } from "../cli/fake.ts";

const page = readFileSync("docs/policy.md", "utf8");

/** Code of all blocks fenced with this language. */
const blocks = (language: string): readonly string[] =>
  page
    .split("\n```")
    .filter((part) => part.startsWith(`${language}\n`))
    .map((part) => part.slice(language.length + 1));

/** Files that the page shows: the first line is a comment with the name. */
const files = blocks("yaml").map((text): [string, string] => [text.split("\n")[0]?.slice(2) ?? "", `${text}\n`]);

/** `$ command` and what it prints. */
const transcripts = blocks("console").flatMap((block) =>
  `\n${block}`
    .split("\n$ ")
    .slice(1)
    .map((part): [string, string] => {
      const [command = "", ...output] = part.split("\n");
      return [command, output.map((line) => `${line}\n`).join("")];
    }),
);

/** Words of a command whose only quotes are single ones. */
const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "argvet-"));
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  await import("../../src/cli/policy-explain.ts");
}, 30_000);

describe("every policy that the page shows is one", () => {
  test.each(files)("%s", (name, text) => expect(readPolicy(text, name)).toHaveProperty("policy"));
});

describe("every command that the page shows prints what it shows", () => {
  test.each(transcripts)("$ %s", async (command, output) => {
    const [program, ...words] = wordsOf(command);
    expect(program).toBe("argvet");
    const argv = words.map((word) => (files.some(([name]) => name === word) ? join(folder, word) : word));
    const { out, err } = await cli(argv);
    const said = err.replaceAll(/^/gm, "argvet: ").replace(/argvet: $/, "");
    expect((said + out).replaceAll(`${folder}/`, "")).toBe(output);
  });
});
