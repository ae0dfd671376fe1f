import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ARGVET, folder } from "./driven.ts";

const page = readFileSync("docs/proxy.md", "utf8");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl) console.warn("SKIPPED: curl is not installed; examples of the service do not run");

/** Code of all blocks fenced with this language. */
const blocks = (language: string): readonly string[] =>
  page
    .split("\n```")
    .filter((part) => part.startsWith(`${language}\n`))
    .map((part) => part.slice(language.length + 1));

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

const here = folder();
let service: ChildProcess | undefined;
beforeAll(async () => {
  for (const text of blocks("yaml")) writeFileSync(join(here, text.split("\n")[0]?.slice(2) ?? ""), `${text}\n`);
  mkdirSync(join(here, "bin"));
  program("argvet", [process.execPath, "--import", import.meta.resolve("tsx"), join(process.cwd(), "src/cli/main.ts")]);
  program("mcp-server-commands", [process.execPath, join(process.cwd(), "node_modules/mcp-server-commands/build/index.js")]);
  const [node, ...args] = ARGVET;
  service = spawn(node, [...args, "serve", "--listen", `unix:${join(here, "argvet.sock")}`], { stdio: "ignore" });
  while (!existsSync(join(here, "argvet.sock"))) await new Promise((resolve) => setTimeout(resolve, 50));
}, 30_000);
afterAll(() => service?.kill());

/** A command by the name that the page uses. */
function program(name: string, words: readonly string[]): void {
  const path = join(here, "bin", name);
  writeFileSync(path, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(" ")} "$@"\n`);
  chmodSync(path, 0o755);
}

describe("the page's commands print what it shows, one after the other", { timeout: 60_000 }, () => {
  test.each(transcripts.filter(([command]) => hasCurl || !command.startsWith("curl")))("$ %s", (command, output) => {
    const PATH = `${join(here, "bin")}:${process.env.PATH}`;
    const { stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: here, encoding: "utf8", env: { ...process.env, PATH } });
    expect(stdout + stderr).toBe(output);
  });
});

/** The README's configurations of agents, as command and arguments. */
function configurations(): readonly (readonly string[])[] {
  const readme = readFileSync("README.md", "utf8");
  const code = (language: string) =>
    [...readme.matchAll(new RegExp(`\n\`\`\`${language}\n(.*?)\n\`\`\``, "gs"))].map(([, text = ""]) => text);
  const tables = [...code("json").map((text): unknown => JSON.parse(text)), ...code("toml").map((text): unknown => parse(text))];
  return tables.flatMap((table) => {
    const { mcpServers, servers, mcp_servers } = table as Record<
      string,
      { commands?: { command: string; args: string[] } } | undefined
    >;
    const found = (mcpServers ?? servers ?? mcp_servers)?.commands;
    return found === undefined ? [] : [[found.command, ...found.args]];
  });
}

test("the README's configurations of agents start a proxy that lists the server's tools", { timeout: 60_000 }, () => {
  const [first = [], ...rest] = configurations();
  expect(rest).toEqual([first, first]);
  const command = first
    .join(" ")
    .replace("/path/to/argvet", "argvet")
    .replaceAll("/path/to/", "")
    .replace("npx -y mcp-server-commands@0.5.0", "mcp-server-commands");
  const PATH = `${join(here, "bin")}:${process.env.PATH}`;
  const input = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n';
  const { stdout } = spawnSync("sh", ["-c", command], { cwd: here, input, encoding: "utf8", env: { ...process.env, PATH } });
  expect(JSON.parse(stdout).result.tools[0].name).toBe("run_command");
});

test("every file it points to is there", () => {
  const targets = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = ""]) => join("docs", target));
  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
});
