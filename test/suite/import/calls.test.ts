import { describe, expect, test } from "vitest";
import { claudeCode } from "../../../src/suite/import/claude-code.ts";
import { codex } from "../../../src/suite/import/codex.ts";
import { shellHistory } from "../../../src/suite/import/shell-history.ts";
import { complaints, importOf, told } from "./sample.ts";

const lines = (...values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");

describe("histories of shells", () => {
  const commands = (name: string, text: string | Uint8Array) =>
    importOf(shellHistory, { [name]: text }).cases.map(({ suite, command, source }) => [suite, command, source]);

  test("bash without times: a command a line", () =>
    expect(commands(".bash_history", "ls\n# a comment\ncd /tmp\n")).toEqual([
      ["bash history", "ls", ".bash_history:1"],
      ["bash history", "# a comment", ".bash_history:2"],
      ["bash history", "cd /tmp", ".bash_history:3"],
    ]));
  test("bash with times: a command may have several lines", () =>
    expect(commands(".bash_history", "#1700000000\nfor f in *; do\n  echo $f\ndone\n#1700000009\nls\n")).toEqual([
      ["bash history", "for f in *; do\n  echo $f\ndone", ".bash_history:2"],
      ["bash history", "ls", ".bash_history:6"],
    ]));
  test("zsh, extended: lines go on after a backslash, but not after two", () =>
    expect(commands(".zsh_history", ": 1700000000:0;echo a\\\necho b\n: 1700000001:3;echo c\\\\\n: 1700000002:0;ls\n")).toEqual([
      ["zsh history", "echo a\necho b", ".zsh_history:1"],
      ["zsh history", "echo c\\\\", ".zsh_history:3"],
      ["zsh history", "ls", ".zsh_history:4"],
    ]));
  test("zsh writes some bytes in two", () => {
    // é is C3 A9; à is C3 A0, and A0 is written as 83 80.
    const bytes = Buffer.concat([Buffer.from(": 1700000000:0;echo "), Buffer.from([0xc3, 0xa9, 0xc3, 0x83, 0x80, 0x0a])]);
    expect(commands(".zsh_history", bytes)).toEqual([["zsh history", "echo éà", ".zsh_history:1"]]);
  });
  test("fish", () =>
    expect(
      commands("fish_history", "- cmd: echo a\\nb \\\\n\n  when: 1700000000\n  paths:\n    - x\n- cmd: ls\n  when: 1700000001\n"),
    ).toEqual([
      ["fish history", "echo a\nb \\n", "fish_history:1"],
      ["fish history", "ls", "fish_history:5"],
    ]));
  test("what was typed twice is one case, what is no text none", () => {
    const { cases, repeated, left } = importOf(shellHistory, {
      ".bash_history": Buffer.concat([Buffer.from("ls\nls\necho "), Buffer.from([0xff, 0x0a])]),
    });
    expect([cases.length, repeated, [...left]]).toEqual([1, 1, [["a command that is not UTF-8", 1]]]);
  });
});

describe("Claude Code", () => {
  const use = (name: string, input: object) => ({ type: "tool_use", id: "toolu_1", name, input });
  const said = (...content: readonly object[]) => ({
    parentUuid: null,
    sessionId: "s",
    cwd: "/home/u/app",
    type: "assistant",
    message: { role: "assistant", content },
    timestamp: "2026-01-01T00:00:00.000Z",
  });
  const transcript = lines(
    { type: "user", message: { role: "user", content: "list it" } },
    said({ type: "text", text: "I will." }, use("Bash", { command: "ls -l", description: "List the folder" })),
    said(use("Read", { file_path: "/etc/hosts" }), use("Bash", { command: "cat a\ncat b" })),
    said(use("Bash", { command: "ls -l", description: "List it again" })),
  );

  test("Bash calls, named by what the agent said of them, once each, in their folder", () => {
    const imported = importOf(claudeCode, { "s.jsonl": transcript });
    expect(told(imported)).toEqual(["List the folder | ls -l | record", "cat a… | cat a\ncat b | record"]);
    expect(imported.cases[0]?.context).toEqual({ cwd: "/home/u/app" });
    expect([imported.repeated, [...imported.left]]).toEqual([1, [["a call of a tool other than Bash", 1]]]);
  });
  test("a line that is cut off", () =>
    expect(complaints(importOf(claudeCode, { "s.jsonl": `${transcript}{"type":"assi` }))).toEqual([
      "s.jsonl:5:1: not JSON: Unterminated string in JSON at position 13",
    ]));
});

describe("Codex", () => {
  const call = (name: string, args: unknown) => ({ type: "function_call", name, arguments: JSON.stringify(args), call_id: "c" });
  const item = (payload: object) => ({ timestamp: "2026-01-01T00:00:00.000Z", type: "response_item", payload });

  test("functions that run something, in the session's folder or their own", () => {
    const rollout = lines(
      { timestamp: "", type: "session_meta", payload: { id: "x", cwd: "/srv/app", cli_version: "0.1" } },
      item({ type: "message", role: "user", content: [] }),
      item(call("shell", { command: ["bash", "-lc", "ls | wc"], workdir: "/tmp" })),
      item(call("shell_command", { command: "git status" })),
      item(call("exec_command", { cmd: "make test", workdir: "/srv" })),
      item(call("update_plan", { plan: [] })),
      item({ type: "local_shell_call", status: "completed", action: { type: "exec", command: ["id"], user: "root" } }),
    );
    const { cases, left } = importOf(codex, { "rollout.jsonl": rollout });
    expect(cases.map(({ command, argv, context }) => [command ?? argv, context])).toEqual([
      [["bash", "-lc", "ls | wc"], { cwd: "/tmp" }],
      ["git status", { cwd: "/srv/app" }],
      ["make test", { cwd: "/srv" }],
      [["id"], { cwd: "/srv/app", user: "root" }],
    ]);
    expect([...left]).toEqual([["a call of a function that runs nothing", 1]]);
  });
  test("rollouts before items were wrapped", () =>
    expect(told(importOf(codex, { "rollout.jsonl": lines(call("container.exec", { command: ["ls"] })) }))).toEqual([
      'ls | ["ls"] | record',
    ]));
  test("arguments that are no JSON", () =>
    expect(
      complaints(importOf(codex, { "rollout.jsonl": lines({ type: "function_call", name: "shell", arguments: "{" }) })),
    ).toEqual(['rollout.jsonl:1:1: "arguments" of the call is not a JSON object']));
});
