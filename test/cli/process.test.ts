import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";

/** The real program, by a shell, so that pipes and bytes are real too. */
function shell(script: string, input = ""): { code: number | null; out: string; err: string } {
  const argvet = `'${process.execPath}' --import tsx src/cli/main.ts`;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script.replaceAll("argvet", argvet)], { input, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

describe("the program itself", { timeout: 60_000 }, () => {
  test("exit codes reach the shell, reports go to stdout", () => {
    expect(shell("argvet check 'a=$('")).toEqual({
      code: 3,
      out: expect.stringMatching(/^require_approval {2}risk \d+\n {2}syntax {2}doubt, require_approval\n/),
      err: "",
    });
  });

  test("coverage counts what is known of a program, and its examples", () => {
    const { code, out, err } = shell("argvet commands gtar --coverage --format json");
    expect([code, err, JSON.parse(out)]).toMatchObject([0, "", [{ program: "tar", names: 3, examples: expect.any(Number) }]]);
  });

  test("errors go to stderr in one line, without a stack", () => {
    expect(shell("argvet check --formt json ls")).toEqual({
      code: 2,
      out: "",
      err: "argvet: unknown option '--formt'; did you mean --format?\n",
    });
  });

  test("an argument that is not UTF-8 is refused", () => {
    expect(shell("argvet check \"$(printf 'ls \\377')\"")).toEqual({
      code: 2,
      out: "",
      err: expect.stringMatching(/^argvet: the command holds bytes that are not UTF-8/),
    });
  });

  test("a reader that goes away ends a stream without a word", () => {
    const lines = '{"command":"ls"}\n'.repeat(5000);
    const { out, err } = shell("argvet check --jsonl | head -n 1", lines);
    expect([out.split("\n").length, err]).toEqual([2, ""]);
  });

  test("the version is the package's", () => {
    expect(shell("argvet --version").out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
