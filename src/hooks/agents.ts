import type { Decision } from "../model/finding.ts";

/** The call that an agent is about to make. */
export interface Asked {
  readonly tool: string;
  readonly arguments: unknown;
  readonly cwd?: string;
  /** The agent's own shell: it must hold a command. Other tools are judged if they are known to run something. */
  readonly shell: boolean;
}

/** What the agent is told: text for its stdout, text for its stderr, and the exit code. */
export interface Answer {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

export interface Agent {
  /** Null: the call runs nothing. Throws an Error if the payload makes no sense. */
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
      // Before a call of an MCP server `command` is what started the server.
      ask: (payload) =>
        "command" in payload && payload.hook_event_name !== "beforeMCPExecution"
          ? shellCall({ command: payload.command }, payload.cwd)
          : toolCall({ ...payload, tool_input: parsed(payload.tool_input) }, ["Shell", "Bash"], "tool_input"),
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
        return shellCall({ command: info.command_line }, info.cwd);
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
        return toolName === "execute_command" ? shellCall(parameters, undefined) : null;
      },
      answer: (decision, reason) => (decision === "allow" ? SILENT : json({ cancel: true, errorMessage: reason })),
    },
  ],
]);

/** The agent's own tools are its shells, or none of our business; those of MCP servers may be anything. */
function toolCall(payload: Payload, shells: readonly string[], field: string): Asked | null {
  const { tool_name: tool, cwd } = payload;
  if (typeof tool !== "string") throw new Error("the call names no tool");
  if (shells.includes(tool)) return { ...shellCall(payload[field], cwd), tool };
  const ofServer = tool.startsWith("mcp_") || "mcp_context" in payload || payload.hook_event_name === "beforeMCPExecution";
  return ofServer ? { ...shellCall(payload[field], cwd), tool, shell: false } : null;
}

function shellCall(args: unknown, cwd: unknown): Asked {
  const asked = { tool: "shell", arguments: args, shell: true };
  return typeof cwd === "string" && cwd.startsWith("/") ? { ...asked, cwd } : asked;
}

function record(value: unknown): Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Copilot hands arguments over as an object, or as its text. */
const parsed = (value: unknown): unknown => (typeof value === "string" ? JSON.parse(value) : value);
