import { contain, type Judged } from "./containment/contain.ts";
import { intake } from "./intake/intake.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import type { Profile } from "./knowledge/profile.ts";
import type { SandboxKnowledge } from "./knowledge/sandbox.ts";
import type { Doubt } from "./model/doubt.ts";
import type { Containment, Facts, Verdict } from "./model/finding.ts";
import type { Sandbox } from "./model/sandbox.ts";
import type { Span } from "./model/span.ts";
import type { Context, Input } from "./model/subject.ts";
import type { CompiledRules } from "./rules/compile.ts";
import { judgeDoubts } from "./rules/doubts.ts";
import { bySeverity, match } from "./rules/match.ts";
import { trace } from "./trace/trace.ts";
import { decide } from "./verdict/decide.ts";

/** What analysis needs besides the command: all of it data, compiled once. */
export interface Equipment {
  readonly knowledge: Knowledge;
  readonly rules: CompiledRules;
  readonly profile: Profile;
  readonly sandboxes: SandboxKnowledge;
}

/** A command in, a verdict out. Pure; never throws: what goes wrong inside is a doubt that asks. */
export function analyzeWith(equipment: Equipment, input: Input, context: Context): Verdict {
  const facts = factsOf(equipment, input, inside(context));
  const textAt = (span: Span): string => textIn(input, span);
  const found = match(facts, equipment.rules, textAt);
  const { containment, failed } = containedIn(context.sandbox, { ...equipment, facts, findings: found, textAt });
  const findings = containment ? [...found, ...containment.findings].sort(bySeverity) : found;
  const doubts = judgeDoubts([...failed, ...facts.doubts], equipment.rules);
  const judged = doubts.map(({ doubt, couldMeet }) => ({ ...doubt, couldMeet }));
  const { decision, would, risk, reasons } = decide(findings, doubts, equipment.profile, containment?.lowered);
  const { invocations, effects, flows } = facts;
  const profile = equipment.profile.name;
  const verdict = { decision, would, risk, findings, doubts: judged, effects, flows, invocations, reasons, profile };
  return containment ? { ...verdict, containment } : verdict;
}

/** What goes wrong with the sandbox is a doubt too: without it nothing is lowered. */
function containedIn(
  sandbox: Sandbox | undefined,
  judged: Judged,
): { readonly containment?: Containment; readonly failed: readonly Doubt[] } {
  if (!sandbox) return { failed: [] };
  try {
    return { containment: contain(sandbox, judged), failed: [] };
  } catch (error) {
    return { failed: unreadable(`internal error: ${error instanceof Error ? error.message : "unknown"}`).doubts };
  }
}

/** The sandbox says who the caller is, where the context does not. */
function inside(context: Context): Context {
  const { home, name } = context.sandbox?.user ?? {};
  return { ...(home === undefined ? {} : { home }), ...(name === undefined ? {} : { user: name }), ...context };
}

function factsOf({ knowledge }: Equipment, input: Input, context: Context): Facts {
  const taken = intake(input, context);
  if ("problem" in taken) return unreadable(taken.problem);
  try {
    const facts = trace(taken.subject, knowledge);
    return context.doubts ? { ...facts, doubts: [...context.doubts, ...facts.doubts] } : facts;
  } catch (error) {
    return unreadable(`internal error: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

function unreadable(text: string): Facts {
  return {
    invocations: [],
    effects: [],
    flows: [],
    doubts: [{ kind: "syntax", text, span: { start: 0, end: 0 }, role: "code", about: [] }],
  };
}

function textIn(input: Input, span: Span): string {
  const text = "argv" in input ? (input.argv[span.argument ?? 0] ?? "") : input.command;
  return text.slice(span.start, span.end);
}
