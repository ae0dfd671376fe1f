import { asObject, asText, type Gathering, type Importer, type JsonObject, objectsOf } from "./gathering.ts";

/** Transcripts of Claude Code, `~/.claude/projects/…/SESSION.jsonl`: the `Bash` calls among the assistant's messages. */
export const claudeCode: Importer = {
  format: "claude-code",
  about: "a transcript of Claude Code, or a folder of them (~/.claude/projects)",
  wants: (name) => name.endsWith(".jsonl"),
  repeats: true,
  typed: true,
  read(file, gathering) {
    for (const { value, number } of objectsOf(file, gathering)) {
      const content = asObject(value.get("message"))?.get("content");
      if (value.get("type") !== "assistant" || !Array.isArray(content)) continue;
      for (const part of content) {
        const use = asObject(part);
        if (use?.get("type") === "tool_use") add(use, value, `${file.name}:${number}`, gathering);
      }
    }
  },
};

function add(use: JsonObject, record: JsonObject, place: string, gathering: Gathering): void {
  const tool = asText(use.get("name")) ?? "a tool without a name";
  if (tool !== "Bash") {
    gathering.leaveOut("a call of a tool other than Bash");
    return;
  }
  const input = asObject(use.get("input"));
  const command = asText(input?.get("command"));
  if (command === undefined) {
    gathering.leaveOut("a Bash call without a command");
    return;
  }
  const name = asText(input?.get("description"));
  const cwd = asText(record.get("cwd"));
  gathering.add({
    suite: "Claude Code calls",
    ...(name === undefined ? {} : { name }),
    command,
    ...(cwd === undefined || cwd === "" ? {} : { context: { cwd } }),
    source: `Claude Code ${place}`,
  });
}
