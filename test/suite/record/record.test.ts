import { describe, expect, test } from "vitest";
import { builtin } from "../../../src/index.ts";
import { printProblem } from "../../../src/load/source.ts";
import { Gathering } from "../../../src/suite/import/gathering.ts";
import { Judge } from "../../../src/suite/judge.ts";
import { callsOf } from "../../../src/suite/record/calls.ts";
import { record } from "../../../src/suite/record/record.ts";
import { Secrets } from "../../../src/suite/record/secrets.ts";

const options = { judge: new Judge(builtin()), secrets: new Secrets(builtin()) };
const fileOf = (...lines: readonly unknown[]) => {
  const text = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  return { path: "x.jsonl", name: "x.jsonl", bytes: () => Buffer.from(text) };
};

describe("the ways in which calls are written", () => {
  const callIn = (line: unknown) => {
    const gathering = new Gathering();
    const calls = [...callsOf(fileOf(line), gathering)].map(({ input, context, decided }) => ({
      ...input,
      ...(context ? { context } : {}),
      ...(decided ? { decided } : {}),
    }));
    return calls.length > 0 ? calls : [...gathering.left.keys(), ...gathering.problems.map(printProblem)];
  };
  test.each([
    ["a command", { command: "ls", cwd: "/x" }, [{ command: "ls", context: { cwd: "/x" } }]],
    ["an argv array", { argv: ["ls", "-l"] }, [{ argv: ["ls", "-l"] }]],
    ["a tool", { tool: "bash", arguments: { command: "ls" } }, [{ command: "ls" }]],
    [
      "an MCP request",
      { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "run_command", arguments: { command: "ls" } } },
      [{ command: "ls" }],
    ],
    ["a hook", { hook_event_name: "PreToolUse", tool_name: "Bash", tool_input: { command: "ls" } }, [{ command: "ls" }]],
    [
      "a decision of the audit log",
      {
        seq: 2,
        event: "decision",
        tool: "docker_exec",
        arguments: { container: "web", command: ["id"] },
        decision: "deny",
        rules: [],
      },
      [{ argv: ["docker", "exec", "web", "id"], decided: "deny" }],
    ],
    [
      "a decision without its arguments",
      { event: "decision", tool: "bash", decision: "deny" },
      ["a call whose arguments were not kept"],
    ],
    ["a note of the audit log", { seq: 1, event: "start", text: "up" }, []],
    ["a tool that runs nothing", { tool: "read_file", arguments: { path: "/x" } }, ["a call of a tool that runs nothing"]],
    ["something else", { hello: 1 }, ['x.jsonl:1:1: expected "command", "argv" or a tool\'s "arguments"']],
    ["no JSON", "{", ["x.jsonl:1:1: not JSON: Expected property name or '}' in JSON at position 1"]],
  ])("%s", (_, line, calls) => expect(callIn(line)).toEqual(calls));
});

test("each call once, the strictest first, with today's verdict and what the log said otherwise", () => {
  const gathering = new Gathering();
  const file = fileOf(
    { command: "ls" },
    { event: "decision", tool: "bash", arguments: { command: "cat /etc/shadow" }, decision: "allow" },
    { command: "ls" },
    { command: "TOKEN=abc ls" },
    { command: "TOKEN=def ls" },
  );
  const { cases, calls, redacted } = record(callsOf(file, gathering), gathering, options);
  expect([calls, redacted]).toEqual([5, 2]);
  const [first, ...rest] = cases;
  expect(first).toMatchObject({
    name: "cat /etc/shadow",
    tags: ["logged-as-allow"],
    source: "x.jsonl:2",
    expect: { decision: "deny", rules: expect.arrayContaining(["credential-access/password-hashes-read"]) },
  });
  expect(rest).toEqual([
    { suite: "recorded: allow", name: "ls", command: "ls", source: "x.jsonl:1, 2 times", expect: { decision: "allow" } },
    {
      suite: "recorded: allow",
      name: "TOKEN=«token» ls",
      command: "TOKEN=«token» ls",
      source: "x.jsonl:4, 2 times",
      expect: { decision: "allow" },
    },
  ]);
});

test("verdicts may be left for later", () => {
  const { cases } = record(callsOf(fileOf({ command: "ls" }), new Gathering()), new Gathering(), {
    ...options,
    unjudged: true,
    profile: "strict",
  });
  expect(cases).toEqual([
    {
      suite: "recorded: allow",
      name: "ls",
      command: "ls",
      profile: "strict",
      source: "x.jsonl:1",
      expect: { decision: "record" },
    },
  ]);
});
