import type { Decision } from "../model/finding.ts";

/** What an agent is about to run. */
export interface Asked {
  readonly command: string;
  readonly cwd?: string;
}

/** What the agent is told: text for its stdout, text for its stderr, and the exit code. */
export interface Answer {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

export interface Agent {
  /** Null: the call is none of a shell. Throws an Error if a shell's call has no command. */
  readonly ask: (payload: Payload) => Asked | null;
  readonly answer: (decision: Decision, reason: string) => Answer;
}

export type Payload = Readonly<Record<string, unknown>>;

const SILENT: Answer = { out: "", err: "", code: 0 };
const json = (value: unknown): Answer => ({ ...SILENT, out: `${JSON.stringify(value)}\n` });
/** Agents take exit code 2 for a refusal, and hand stderr to the model. */
const refused = (reason: string): Answer => ({ out: "", err: `${reason}\n`, code: 2 });

/** `permissionDecision` of Claude Code's hooks. `allow` is never said: it would skip the agent's own question. */
const nested = (permissionDecision: "ask" | "deny", permissionDecisionReason: string): Answer =>
  json({ hookSpecificOutput: { hookEventName: "PreToolUse", permissionDecision, permissionDecisionReason } });

const word = (decision: Exclude<Decision, "allow">): "ask" | "deny" => (decision === "deny" ? "deny" : "ask");

/** Hook contracts as of 2026-11: what each agent sends, and what it understands. */
export const AGENTS: ReadonlyMap<string, Agent> = new Map<string, Agent>([
  [
    "claude",
    {
      ask: (payload) => toolCall(payload, ["Bash", "Shell"], "tool_input"),
      answer: (decision, reason) => (decision === "allow" ? SILENT : nested(word(decision), reason)),
    },
  ],
  [
    "codex",
    {
      ask: (payload) => toolCall(payload, ["Bash", "shell", "local_shell", "exec_command"], "tool_input"),
      // Codex takes "ask" for a failed hook, and runs the command.
      answer: (decision, reason) => (decision === "allow" ? SILENT : nested("deny", reason)),
    },
  ],
  [
    "gemini",
    {
      ask: (payload) => toolCall(payload, ["run_shell_command"], "tool_input"),
      answer: (decision, reason) => (decision === "allow" ? SILENT : json({ decision: word(decision), reason })),
    },
  ],
  [
    "cursor",
    {
      ask: (payload) =>
        "command" in payload ? asked(payload.command, payload.cwd) : toolCall(payload, ["Shell", "Bash"], "tool_input"),
      answer: (decision, reason) =>
        decision === "allow"
          ? json({ permission: "allow" })
          : json({ permission: word(decision), user_message: reason, agent_message: reason }),
    },
  ],
  [
    "copilot",
    {
      ask: (payload) =>
        "toolName" in payload
          ? toolCall(
              { ...payload, tool_name: payload.toolName, tool_input: parsed(payload.toolArgs) },
              ["bash", "Bash"],
              "tool_input",
            )
          : toolCall(payload, ["bash", "Bash"], "tool_input"),
      answer: (decision, reason) =>
        decision === "allow" ? SILENT : json({ permissionDecision: word(decision), permissionDecisionReason: reason }),
    },
  ],
  [
    "windsurf",
    {
      ask: ({ agent_action_name, tool_info }) => {
        if (agent_action_name !== "pre_run_command") return null;
        const info = record(tool_info);
        return asked(info.command_line, info.cwd);
      },
      answer: (decision, reason) => (decision === "allow" ? SILENT : refused(reason)),
    },
  ],
  [
    "kiro",
    {
      ask: (payload) => toolCall(payload, ["execute_bash", "shell"], "tool_input"),
      answer: (decision, reason) => (decision === "allow" ? SILENT : refused(reason)),
    },
  ],
  [
    "goose",
    {
      ask: (payload) => toolCall({ ...payload, cwd: payload.working_dir }, ["developer__shell"], "tool_input"),
      answer: (decision, reason) => (decision === "allow" ? SILENT : refused(reason)),
    },
  ],
  [
    "cline",
    {
      ask: ({ preToolUse }) => {
        const { toolName, parameters } = record(preToolUse);
        return toolName === "execute_command" ? asked(record(parameters).command, undefined) : null;
      },
      answer: (decision, reason) => (decision === "allow" ? SILENT : json({ cancel: true, errorMessage: reason })),
    },
  ],
]);

function toolCall(payload: Payload, tools: readonly string[], field: string): Asked | null {
  if (typeof payload.tool_name !== "string") throw new Error("the call names no tool");
  return tools.includes(payload.tool_name) ? asked(record(payload[field]).command, payload.cwd) : null;
}

function asked(command: unknown, cwd: unknown): Asked {
  if (typeof command !== "string") throw new Error("the call of a shell has no command");
  return typeof cwd === "string" && cwd.startsWith("/") ? { command, cwd } : { command };
}

function record(value: unknown): Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Copilot hands arguments over as an object, or as its text. */
const parsed = (value: unknown): unknown => (typeof value === "string" ? JSON.parse(value) : value);
