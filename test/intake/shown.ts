import { type Hints, readToolCall } from "../../src/intake/tool-call.ts";
import type { Context, Subject } from "../../src/model/subject.ts";

/** What a call runs, one line a subject: argv as JSON, a shell's text as it is, then what the context says more. */
export function reads(tool: string, args: unknown, hints: Hints = {}, context: Context = {}): readonly string[] {
  const reading = readToolCall(tool, args, hints, context);
  switch (reading.kind) {
    case "notExec":
      return ["not exec"];
    case "problem":
      return [`problem: ${reading.problem}`];
    case "mapped":
      return [reading.preset, ...reading.subjects.map(shown)];
    case "unmapped":
      return [
        `unmapped: ${reading.names.join(", ")}`,
        ...reading.subjects.map((subject) => shown(subject).replace(UNMAPPED, "")),
      ];
  }
}

/** Every subject of such a tool has it. */
const UNMAPPED = "  · unexplained-argument: no mapping says which argument holds the command";

function shown({ input, context }: Subject): string {
  const { doubts = [], ...rest } = context;
  const more = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const unsure = doubts.map(({ kind, text }) => `${kind}: ${text}`);
  return ["argv" in input ? JSON.stringify(input.argv).replaceAll('","', '", "') : input.command, ...more, ...unsure].join(
    "  · ",
  );
}
