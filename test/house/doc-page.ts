import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const main = join(process.cwd(), "src/cli/main.ts");
const tsx = import.meta.resolve("tsx");
const argvet = `'${process.execPath}' --import '${tsx}' '${main}' `;

/** Runs what a page shows, in a folder with the files that it shows: blocks of a console, `$ command` and the lines it prints. */
export function testPage(page: string): string {
  const folder = mkdtempSync(join(tmpdir(), "argvet-docs-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const blocks = [...readFileSync(page, "utf8").matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)];
  for (const [, , file, text = ""] of blocks) {
    if (file === undefined) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const transcripts = blocks
    .flatMap(([, language, , text = ""]) => (language === "console" ? `\n${text}`.split("\n$ ").slice(1) : []))
    .map((part): [string, string] => {
      const [command = "", ...output] = part.trimEnd().split("\n");
      return [command, output.map((line) => `${line}\n`).join("")];
    });
  describe(`what ${page} shows is what happens`, { timeout: 60_000 }, () => {
    test.each(transcripts)("$ %s", (command, output) => {
      // In one stream, as a terminal shows them.
      const script = `exec 2>&1; ${command.replaceAll("argvet ", argvet)}`;
      expect(spawnSync("sh", ["-c", script], { encoding: "utf8", cwd: folder }).stdout).toBe(output);
    });
  });
  return folder;
}
