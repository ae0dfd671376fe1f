import { present } from "../../load/present.ts";
import { asObject, asText, asTexts, type Gathering, type Importer, type JsonObject, objectsOf } from "./gathering.ts";

/** Functions of the model's that run something, by the argument that says what. */
const RUNNERS = new Map([
  ["shell", "command"],
  ["container.exec", "command"],
  ["shell_command", "command"],
  ["exec_command", "cmd"],
]);

/**
 * Rollouts of Codex, `~/.codex/sessions/YYYY/MM/DD/rollout-….jsonl`: `function_call` items whose `arguments` are JSON once more, and
 * `local_shell_call` items. Newer files wrap each item in `{ type: response_item, payload }`. (codex-rs/protocol/src/models.rs)
 */
export const codex: Importer = {
  format: "codex",
  about: "a rollout of Codex, or a folder of them (~/.codex/sessions)",
  wants: (name) => name.endsWith(".jsonl"),
  repeats: true,
  typed: true,
  read(file, gathering) {
    let cwd: string | undefined;
    for (const { value, number } of objectsOf(file, gathering)) {
      const kind = value.get("type");
      const payload = asObject(value.get("payload"));
      if (kind === "session_meta" || kind === "turn_context") cwd = asText(payload?.get("cwd")) ?? cwd;
      const item = kind === "response_item" ? payload : value;
      const asked = item && askedBy(item, gathering);
      if (typeof asked === "string") gathering.problem(file, number, 1, asked);
      else if (asked) add(asked, cwd, `Codex ${file.name}:${number}`, gathering);
    }
  },
};

/** What an item runs: its arguments, with the command under `run`. Undefined if it runs nothing, text if it can't be read. */
function askedBy(item: JsonObject, gathering: Gathering): JsonObject | string | undefined {
  if (item.get("type") === "local_shell_call") {
    const action = asObject(item.get("action")) ?? new Map<string, unknown>();
    return new Map([...action, ["run", action.get("command")], ["workdir", action.get("working_directory")]]);
  }
  if (item.get("type") !== "function_call") return undefined;
  const key = RUNNERS.get(asText(item.get("name")) ?? "");
  if (key === undefined) {
    gathering.leaveOut("a call of a function that runs nothing");
    return undefined;
  }
  const args = argumentsOf(item.get("arguments"));
  return args ? new Map([...args, ["run", args.get(key)]]) : `"arguments" of the call is not a JSON object`;
}

function argumentsOf(text: unknown): JsonObject | undefined {
  try {
    return typeof text === "string" ? asObject(JSON.parse(text)) : asObject(text);
  } catch {
    return undefined;
  }
}

function add(asked: JsonObject, session: string | undefined, source: string, gathering: Gathering): void {
  const run = asked.get("run");
  const argv = asTexts(run);
  const cwd = asText(asked.get("workdir")) ?? session;
  const context = present({ cwd: cwd === "" ? undefined : cwd, user: asText(asked.get("user")) });
  const shared = { suite: "Codex calls", ...(Object.keys(context).length > 0 ? { context } : {}), source };
  if (typeof run === "string") gathering.add({ ...shared, command: run });
  else if (argv) gathering.add({ ...shared, argv: [...argv] });
  else gathering.leaveOut("a call without a command");
}
