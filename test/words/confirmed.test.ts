import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exact } from "../../src/model/value.ts";
import { CONFIRMED } from "./confirmed.ts";
import { words } from "./session.ts";

const GIVEN = { unset: ["NOPE", "nope_", "x"], values: { HOME: exact("/root") } };

describe("words are expanded as bash expands them", () => {
  it.each(CONFIRMED)("%s", (script, expected) => {
    expect(words(script, GIVEN).split("\t=")[0]).toBe(expected);
  });
});

const version = spawnSync("bash", ["-c", "echo $BASH_VERSION"], { encoding: "utf8" }).stdout ?? "";
const isModern = /^(5\.[2-9]|[6-9])/.test(version);
if (!isModern)
  console.warn(
    `SKIPPED: bash 5.2 or later is not installed (${version.trim() || "none"}); the recorded words are not asked of it`,
  );

describe.skipIf(!isModern)("bash gives the recorded words", () => {
  it("all of them", () => {
    const cwd = mkdtempSync(join(tmpdir(), "words-"));
    const separator = "\u0001";
    const define = "shopt -s extglob\np() { for a; do printf '[%s]' \"$a\"; done; }\n";
    const one = ([script]: readonly [string, string]) => `(${define}set --\n${script}\n)\nprintf '${separator}'`;
    const env = { PATH: "/nowhere", HOME: "/root", LC_ALL: "C.UTF-8" };
    const all = spawnSync("/bin/bash", ["-c", CONFIRMED.map(one).join("\n"), "bash"], { encoding: "utf8", cwd, env });
    const found = all.stdout.split(separator).slice(0, -1);
    expect(found.map((words, i) => [CONFIRMED[i]?.[0], words])).toEqual(CONFIRMED);
  });
});
