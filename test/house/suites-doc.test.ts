import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "argvet-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Block {
  readonly language: string;
  /** The file it shows. */
  readonly file: string | undefined;
  readonly text: string;
}

/** The fenced blocks of the page, in order. */
const blocks = [...readFileSync("docs/suites.md", "utf8").matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language = "", file, text = ""]): Block => ({ language, file, text }),
);

for (const { file, text } of blocks) {
  if (file === undefined) continue;
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const main = join(process.cwd(), "src/cli/main.ts");
const tsx = import.meta.resolve("tsx");
const argvet = `'${process.execPath}' --import '${tsx}' '${main}' `;

/** `$ command` and the lines it prints. */
const transcripts = blocks
  .filter(({ language }) => language === "console")
  .flatMap(({ text }) => `\n${text}`.split("\n$ ").slice(1))
  .map((part): [string, string] => {
    const [command = "", ...output] = part.trimEnd().split("\n");
    return [command, output.map((line) => `${line}\n`).join("")];
  });

describe("what docs/suites.md shows is what happens", { timeout: 60_000 }, () => {
  test.each(transcripts)("$ %s", (command, output) => {
    const { stdout, stderr } = spawnSync("sh", ["-c", command.replaceAll("argvet ", argvet)], { encoding: "utf8", cwd: folder });
    expect(stdout + stderr).toBe(output);
  });
});
