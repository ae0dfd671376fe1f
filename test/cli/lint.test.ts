import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Context, Input } from "../../src/model/subject.ts";
import { cli, fakeOpen } from "./fake.ts";

let folder = "";
const path = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "argvet-"));
  writeFileSync(path("fine.sh"), "#!/bin/dash\nls\n");
  writeFileSync(path("bad.sh"), "ls\n  deny this\n");
  writeFileSync(path("x.py"), "#!/usr/bin/env python3\n");
  writeFileSync(path("latin.sh"), Buffer.from([0x61, 0xff]));
});

test("a finding has file, line and column", async () => {
  expect(await cli(["lint", path("fine.sh"), path("bad.sh")])).toEqual({
    code: 1,
    err: "",
    out: `\
${path("bad.sh")}:2:3: critical, certain exfiltration/credential-to-network: ~/.ssh is sent to drop.example
    line 2:   deny this
              ^^^^
2 files: 1 deny, 1 allow
`,
  });
});

test("as JSON, with line and column of both ends", async () => {
  const { out } = await cli(["lint", "--format", "json", path("bad.sh")]);
  const { version, files, errors } = JSON.parse(out);
  const { file, shell, decision, findings } = files[0];
  const { line, column, end_line, end_column } = findings[0];
  expect({ version, errors, file, shell, decision, line, column, end_line, end_column }).toEqual({
    version: 1,
    errors: [],
    file: path("bad.sh"),
    shell: "bash",
    decision: "deny",
    line: 2,
    column: 3,
    end_line: 2,
    end_column: 7,
  });
});

test("the first line says which shell; stdin is read when there is no file", async () => {
  const asked: { input: Input; context: Context | undefined }[] = [];
  await cli(["lint"], { stdin: ["#!/bin/zsh\nls"], open: fakeOpen(asked) });
  expect(asked).toEqual([{ input: { command: "#!/bin/zsh\nls" }, context: { shell: "zsh" } }]);
});

describe("--fail-on", () => {
  test.each([
    ["low", "deny", 1],
    ["critical", "deny", 1],
    ["deny", "deny", 1],
    ["critical", "ask", 0],
    ["require_approval", "ask", 1],
    ["deny", "ask", 0],
    ["low", "ls", 0],
  ])("%s: %s exits %i", async (threshold, text, code) =>
    expect((await cli(["lint", "--fail-on", threshold], { stdin: [text] })).code).toBe(code),
  );
});

describe("a file that cannot be judged is exit 2, and the others are judged", () => {
  test.each([
    ["none", `: no such file`],
    [".", `: is a folder`],
    ["latin.sh", ` is not valid UTF-8 (byte 1)`],
    ["x.py", ` is no shell script: its first line names python3`],
  ])("%s", async (name, err) => {
    expect(await cli(["lint", path(name), path("fine.sh")])).toEqual({
      code: 2,
      out: "1 file: 1 allow\n",
      err: `${path(name)}${err}\n`,
    });
  });

  test("a threshold that is none", async () => {
    expect((await cli(["lint", "--fail-on", "hihg", "x"])).err).toBe('--fail-on hihg: did you mean "high"?\n');
  });
});
