import type { Analyzer } from "../index.ts";
import { SHELL } from "../intake/presets.ts";
import { type Hints, readToolCall } from "../intake/tool-call.ts";
import type { Verdict } from "../model/finding.ts";
import type { Context } from "../model/subject.ts";
import { analyzeCall } from "../policy/analyze-call.ts";
import type { Agent, Answer, Asked, Payload } from "./agents.ts";

/** Judges what an agent's hook was sent. Whatever goes wrong is a refusal: an agent takes a crash for consent. */
export function judgeHook(text: string, agent: Agent, analyzer: Analyzer, context: Context): Answer {
  try {
    const asked = agent.ask(payloadOf(text));
    if (asked === null) return agent.answer("allow", "");
    const around = { ...(asked.cwd === undefined ? {} : { cwd: asked.cwd, project: [asked.cwd] }), ...context };
    if (asked.shell) checkShell(asked, around);
    const { verdict } = analyzeCall(analyzer, asked.tool, asked.arguments, hintsOf(asked), around);
    return agent.answer(verdict.decision, reasonOf(verdict));
  } catch (error) {
    const reason = `argvet: not judged: ${error instanceof Error ? error.message : String(error)}`;
    // Each way of refusing at once: some agents look at the exit code alone, some at stdout alone.
    return { out: agent.answer("deny", reason).out, err: `${reason}\n`, code: 2 };
  }
}

const hintsOf = ({ shell }: Asked): Hints => (shell ? { mapping: SHELL } : {});

/** Throws an Error for a shell's call that nothing can be read from: it is refused, whatever the profile is. */
function checkShell(asked: Asked, context: Context): void {
  const reading = readToolCall(asked.tool, asked.arguments, hintsOf(asked), context);
  if (reading.kind === "problem") throw new Error(`the call of a shell makes no sense: ${reading.problem}`);
}

/** Some editors begin with a byte order mark. */
function payloadOf(text: string): Payload {
  const value: unknown = JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("expected a JSON object");
  return { ...value };
}

/** What decided, and what to do instead: the model reads it. */
function reasonOf({ decision, reasons, findings }: Verdict): string {
  const because = reasons.filter((reason) => reason.decision === decision).map(({ about }) => about);
  const instead = findings.find(({ remediation }) => remediation !== "")?.remediation ?? "";
  const head = decision === "deny" ? "argvet denies this" : "argvet asks for approval";
  return [`${head}: ${[...new Set(because)].slice(0, 3).join("; ")}.`, instead].filter((part) => part !== "").join(" ");
}
