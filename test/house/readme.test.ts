import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const readme = readFileSync("README.md", "utf8");
const argvet = `'${process.execPath}' --import tsx src/cli/main.ts`;

/** Code of all blocks fenced with this language. */
function blocks(language: string): readonly string[] {
  return readme
    .split("\n```")
    .filter((part) => part.startsWith(`${language}\n`))
    .map((part) => part.slice(language.length + 1));
}

/** `$ command` and the lines it prints. */
function transcripts(): [command: string, output: string][] {
  return blocks("console").flatMap((block) =>
    `\n${block}`
      .split("\n$ ")
      .slice(1)
      .map((part): [string, string] => {
        const [command = "", ...output] = part.split("\n");
        return [command, output.map((line) => `${line}\n`).join("")];
      }),
  );
}

/** The same without setting up again, and with the program itself for its name. */
function runnable(command: string): string {
  return command.replace("npm ci && ", "").replace("npm run -s argvet --", "argvet").replaceAll("argvet ", `${argvet} `);
}

describe("the README's examples do what it shows", { timeout: 60_000 }, () => {
  test.each(transcripts())("$ %s", (command, output) => {
    const { stdout, stderr } = spawnSync("sh", ["-c", runnable(command)], { encoding: "utf8" });
    expect(stdout + stderr).toBe(output);
  });

  test.each(blocks("ts"))("the library, as shown", (code) => {
    const file = join(mkdtempSync(join(tmpdir(), "argvet-")), "example.ts");
    const own = (name: string): string => JSON.stringify(join(process.cwd(), "src", name));
    writeFileSync(file, code.replace('"argvet"', own("index.ts")).replace('"argvet/policy"', own("policy/index.ts")));
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", file], { encoding: "utf8" });
    const said = code.split("\n").flatMap((line) => (line.includes("console.log(") ? (line.split("// ")[1] ?? []) : []));
    expect(stdout + stderr).toBe(said.map((line) => `${line}\n`).join(""));
  });
});

test("its first two commands set up and judge a command, and set up and pass the tests", () => {
  const commands = readme
    .split("\n")
    .map((line) => line.replace(/^\$ /, ""))
    .filter((line) => line.startsWith("npm ci && "));
  expect(commands).toEqual([expect.stringMatching(/^npm ci && npm run -s argvet -- check ".+"$/), "npm ci && npm test"]);
});

test("every file it points to is there", () => {
  const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = ""]) => target);
  expect(targets.filter((target) => !spawnSync("test", ["-e", target]).status)).toEqual(targets);
});
