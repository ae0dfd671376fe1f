import { describe, expect, test } from "vitest";
import type { Context, Input } from "../../src/model/subject.ts";
import { cli, fakeOpen } from "./fake.ts";

describe("exit codes", () => {
  test.each([
    ["allow", ["check", "ls"], 0, "allow  risk 0\n"],
    ["require_approval", ["check", "ask"], 3, "require_approval  risk 0\n"],
    [
      "deny",
      ["check", "--format", "json", "deny"],
      1,
      expect.stringMatching(/^\{"version":1,"decision":"deny","risk":90,.*\}\n$/),
    ],
    ["a command that starts with a dash", ["check", "--", "-deny"], 1, expect.stringContaining("    -deny\n     ^^^^\n")],
    [
      "an argv array",
      ["check", "--argv", "--", "rm", "-rf", "deny", "--", "x"],
      1,
      expect.stringContaining("    argument 0: rm\n"),
    ],
    ["help is no error", ["check", "--help"], 0, expect.stringMatching(/^Usage: argvet check \[options\] \[command\.\.\.\]\n/)],
  ])("%s", async (_, argv, code, out) => expect(await cli(argv)).toEqual({ code, out, err: "" }));
});

describe("what is wrong is said in one line, exit 2", () => {
  test.each([
    [["chekc", "ls"], "unknown command 'chekc'; did you mean check?"],
    [[], "no subcommand given; see argvet --help"],
    [["check"], "no command given; write it in quotes, or - for stdin"],
    [["check", "--argv"], "--argv: no program given; write --argv -- PROGRAM ARG…"],
    [["check", "rm", "x"], "more than one command given; write one in quotes, or --argv -- PROGRAM ARG…"],
    [["check", "rm", "-rf", "/"], "unknown option '-rf'; a command is written in quotes, an argv array after --argv --"],
    [["check", "--profil", "strict", "ls"], "unknown option '--profil'; did you mean --profile?"],
    [["check", "--format", "jsn", "ls"], '--format jsn: did you mean "json"?'],
    [["check", "--env", "FOO", "ls"], "--env FOO: expected NAME=VALUE"],
    [["check", "--jsonl", "ls"], "--jsonl reads commands from stdin; leave out the others"],
    [["check", "a\ufffdb"], "the command holds bytes that are not UTF-8 (or U+FFFD itself: give it on stdin)"],
    [["check", "boom"], "internal error: boom at somewhere"],
  ])("%j", async (argv, err) => expect(await cli(argv)).toEqual({ code: 2, out: "", err: `${err}\n` }));
});

describe("stdin", () => {
  test("- is the whole of it, whatever the pieces", async () => {
    const asked: { input: Input; context: Context | undefined }[] = [];
    await cli(["check", "-"], {
      stdin: ["echo \u{1f600}"].flatMap((text) => [...Buffer.from(text)].map((byte) => Uint8Array.of(byte))),
      open: fakeOpen(asked),
    });
    expect(asked).toEqual([{ input: { command: "echo \u{1f600}" }, context: {} }]);
  });

  test.each([
    ["bytes that are not UTF-8", [Buffer.from("ok \xff", "latin1")], "stdin is not valid UTF-8 (byte 3)"],
    ["a character cut off at the end", [Buffer.from("\u{1f600}").subarray(0, 2)], "stdin is not valid UTF-8 (byte 0)"],
    [
      "more than anybody means",
      Array.from({ length: 9 }, () => Buffer.alloc(1 << 20, "a")),
      "stdin is longer than 8388608 bytes",
    ],
  ])("%s", async (_, stdin, err) => expect(await cli(["check", "-"], { stdin })).toEqual({ code: 2, out: "", err: `${err}\n` }));

  test("NUL bytes are left to the analysis", async () => {
    const asked: { input: Input; context: Context | undefined }[] = [];
    await cli(["check", "-"], { stdin: ["a\0b"], open: fakeOpen(asked) });
    expect(asked[0]?.input).toEqual({ command: "a\0b" });
  });
});

test("the context is what the options say, relative folders taken from where we are", async () => {
  const asked: { input: Input; context: Context | undefined }[] = [];
  const options = ["--cwd", "app", "--home", "/root", "--user", "u", "--env", "A=1=2", "--env", "__proto__=x"];
  await cli(["check", ...options, "ls"], { open: fakeOpen(asked) });
  expect(asked[0]?.context).toEqual({
    cwd: "/start/app",
    home: "/root",
    user: "u",
    env: Object.fromEntries([
      ["A", "1=2"],
      ["__proto__", "x"],
    ]),
  });
});

describe("colour", () => {
  test.each([
    ["on a terminal", [], { terminal: true }, true],
    ["not in a pipe", [], {}, false],
    ["asked for in a pipe", ["--color"], {}, true],
    ["NO_COLOR", [], { terminal: true, colourless: true }, false],
    ["--no-color on a terminal", ["--no-color"], { terminal: true }, false],
    ["--color beats NO_COLOR", ["--color"], { colourless: true }, true],
  ])("%s", async (_, options, io, coloured) => {
    expect((await cli(["check", ...options, "ls"], { io })).out.includes("\u001b[")).toBe(coloured);
  });
});

test("explain exits as check does", async () => {
  const { code, out } = await cli(["explain", "deny"]);
  expect([code, out.split("\n")[0]]).toEqual([1, "deny  risk 90  profile standard"]);
});
