import { describe, expect, test } from "vitest";
import { AGENTS } from "../../src/hooks/agents.ts";
import { judgeHook } from "../../src/hooks/judge.ts";
import { createAnalyzer } from "../../src/index.ts";

const analyzer = createAnalyzer();
const hook = (agent: string, payload: unknown) => {
  const known = AGENTS.get(agent);
  if (!known) throw new Error(agent);
  return judgeHook(typeof payload === "string" ? payload : JSON.stringify(payload), known, analyzer, {});
};
const bash = (command: string) => ({ hook_event_name: "PreToolUse", cwd: "/p", tool_name: "Bash", tool_input: { command } });
const DENY = "cat /etc/shadow";
const ASK = "crontab jobs";
const allowed = { out: "", err: "", code: 0 };

describe("plain work is let through without a word, so that the agent's own rules still count", () => {
  test.each<[string, unknown]>([
    ["claude", bash("ls")],
    ["codex", bash("ls")],
    ["gemini", { tool_name: "run_shell_command", tool_input: { command: "ls" } }],
    ["copilot", { toolName: "bash", toolArgs: '{"command":"ls"}' }],
    ["windsurf", { agent_action_name: "pre_run_command", tool_info: { command_line: "ls", cwd: "/p" } }],
    ["kiro", { tool_name: "execute_bash", tool_input: { command: "ls" } }],
    ["goose", { tool_name: "developer__shell", tool_input: { command: "ls" } }],
    ["cline", { preToolUse: { toolName: "execute_command", parameters: { command: "ls" } } }],
    ["claude", { tool_name: "Read", tool_input: { file_path: "/etc/shadow" } }],
  ])("%s %j", (agent, payload) => expect(hook(agent, payload)).toEqual(allowed));
});

describe("a refusal is said as the agent understands it", () => {
  const decided = (agent: string, payload: unknown) => {
    const { out, code } = hook(agent, payload);
    return [out === "" ? "" : JSON.parse(out), code];
  };
  const nested = (permissionDecision: string) => [{ hookSpecificOutput: { permissionDecision } }, 0];
  test("claude denies", () => expect(decided("claude", bash(DENY))).toMatchObject(nested("deny")));
  test("claude asks", () => expect(decided("claude", bash(ASK))).toMatchObject(nested("ask")));
  test("codex can't ask: it would run the command", () => expect(decided("codex", bash(ASK))).toMatchObject(nested("deny")));
  test("gemini", () =>
    expect(decided("gemini", { tool_name: "run_shell_command", tool_input: { command: ASK } })).toMatchObject([
      { decision: "ask" },
      0,
    ]));
  test("cursor always answers", () => {
    expect(decided("cursor", { command: "ls", cwd: "" })).toEqual([{ permission: "allow" }, 0]);
    expect(decided("cursor", { command: DENY, cwd: "/p" })).toMatchObject([{ permission: "deny" }, 0]);
  });
  test("cursor's byte order mark", () => expect(hook("cursor", `\ufeff${JSON.stringify({ command: "ls" })}`).code).toBe(0));
  test("copilot", () =>
    expect(decided("copilot", { toolName: "bash", toolArgs: { command: DENY } })).toMatchObject([
      { permissionDecision: "deny" },
      0,
    ]));
  test.each(["windsurf", "kiro", "goose"])("%s: exit code 2, and the reason on stderr", (agent) => {
    const call = { tool_name: agent === "kiro" ? "shell" : "developer__shell", tool_input: { command: DENY } };
    const payload = agent === "windsurf" ? { agent_action_name: "pre_run_command", tool_info: { command_line: DENY } } : call;
    expect(hook(agent, payload)).toMatchObject({ out: "", code: 2, err: expect.stringContaining("/etc/shadow is read") });
  });
  test("cline", () =>
    expect(decided("cline", { preToolUse: { toolName: "execute_command", parameters: { command: DENY } } })).toMatchObject([
      { cancel: true },
      0,
    ]));
  test("the reason names what to do instead", () =>
    expect(hook("claude", bash(DENY)).out).toContain("argvet denies this: /etc/shadow is read"));
});

describe("calls are read as they are made", () => {
  test("a list is an argv", () =>
    expect(hook("codex", { tool_name: "shell", tool_input: { command: ["bash", "-lc", DENY] } }).out).toContain(
      "/etc/shadow is read",
    ));
  test("tools of servers that run something are judged", () =>
    expect(
      hook("claude", { tool_name: "mcp__docker__exec", tool_input: { container: "web", command: ["sh", "-c", DENY] } }).out,
    ).toContain("/etc/shadow @container web is printed"));
  test("others are not", () =>
    expect(hook("claude", { tool_name: "mcp__search__query", tool_input: { text: DENY } })).toEqual(allowed));
  test("cursor's call of a server, whose arguments are a text", () =>
    expect(
      hook("cursor", {
        hook_event_name: "beforeMCPExecution",
        command: "node server.js",
        tool_name: "run_command",
        tool_input: JSON.stringify({ command: DENY }),
      }).out,
    ).toContain('"permission":"deny"'));
});

describe("what can't be read is refused", () => {
  test.each<[string, unknown]>([
    ["no JSON", "{"],
    ["a list", []],
    ["no tool", { tool_input: { command: "ls" } }],
    ["no command", { tool_name: "Bash", tool_input: {} }],
    ["a command that is a table", { tool_name: "Bash", tool_input: { command: { a: "ls" } } }],
    ["arguments that are none", { tool_name: "Bash", tool_input: "ls" }],
  ])("%s", (_, payload) =>
    expect(hook("claude", payload)).toMatchObject({
      out: expect.stringContaining('"permissionDecision":"deny"'),
      code: 2,
      err: expect.stringMatching(/^argvet: not judged: /),
    }),
  );
});
