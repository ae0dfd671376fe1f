import type { Open } from "../../src/cli/analyzer.ts";
import type { Io } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";
import { openKnowledge } from "../../src/knowledge/knowledge.ts";
import { writeSpec } from "../../src/knowledge/stored.ts";
import type { Verdict } from "../../src/model/finding.ts";
import type { Context, Input } from "../../src/model/subject.ts";
import { findingAt, verdictOf } from "../report/verdict.ts";

/** An analyzer whose verdict is the first word: `deny …`, `ask …`, `boom …` throws. It notes what it was asked. */
export function fakeOpen(asked: { input: Input; context: Context | undefined }[] = []): Open {
  const analyze = (input: Input, context?: Context) => {
    asked.push({ input, context });
    return judge(input);
  };
  return async () => ({ analyze, knowledge: openKnowledge([KNOWLEDGE]) });
}

function judge(input: Input): Verdict {
  const text = "command" in input ? input.command : input.argv.join(" ");
  if (text.startsWith("boom")) throw new Error("boom\n  at somewhere");
  if (text.includes("deny"))
    return verdictOf({
      decision: "deny",
      risk: 90,
      findings: [findingAt(text, { start: text.indexOf("deny"), end: text.indexOf("deny") + 4 })],
    });
  return verdictOf({ decision: text.startsWith("ask") ? "require_approval" : "allow" });
}

const KNOWLEDGE = {
  commands: [["ls", 0]],
  specs: [
    writeSpec({
      id: "ls",
      mode: "interspersed",
      options: [{ names: ["-l"], args: [], inert: true }],
      operands: [],
      types: {},
      defaults: {},
      env: [],
      does: [],
    }),
  ],
  sets: [],
  rules: [
    {
      id: "exfiltration/credential-to-network",
      title: "A credential is sent over the network",
      status: "stable",
      severity: "critical",
      message: "{from} is sent to {to}",
      remediation: "Send only the value the server needs.",
      attack: ["T1048"],
      cwe: [200],
      when: { flow: { from: { file: ["credential"] }, to: { network: ["any"] } } },
    },
  ],
  profiles: [],
} as const;

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process. `stdin` in pieces; `closeAfter` writes the reader goes away. */
export async function cli(
  argv: readonly string[],
  given: { stdin?: readonly (string | Uint8Array)[]; open?: Open; closeAfter?: number; io?: Partial<Io> } = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  let writes = 0;
  const io: Io = {
    stdin: pieces(given.stdin ?? []),
    write: async (text) => {
      out += text;
      return ++writes < (given.closeAfter ?? Number.POSITIVE_INFINITY);
    },
    complain: (line) => {
      err += `${line}\n`;
    },
    terminal: false,
    columns: undefined,
    colourless: false,
    cwd: "/start",
    ...given.io,
  };
  const code = await run(argv, io, given.open ?? fakeOpen());
  return { code, out, err };
}

async function* pieces(stdin: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of stdin) yield typeof piece === "string" ? Buffer.from(piece) : piece;
}
