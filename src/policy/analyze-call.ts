import type { Analyzer } from "../index.ts";
import { type Hints, readToolCall } from "../intake/tool-call.ts";
import type { Verdict } from "../model/finding.ts";
import type { Context, Subject } from "../model/subject.ts";
import { rank } from "./reason.ts";

/** A verdict, and what it is about. */
export interface AnalyzedCall {
  readonly subject: Subject;
  readonly verdict: Verdict;
}

/**
 * Judges a tool call without a policy. Where it runs several things, the strictest verdict; where it runs none, that nothing was
 * found. Arguments that cannot be read are a doubt like a syntax error. Never throws.
 */
export function analyzeCall(
  analyzer: Analyzer,
  tool: string,
  args: unknown,
  hints: Hints = {},
  context: Context = {},
): AnalyzedCall {
  const reading = readToolCall(tool, args, hints, context);
  const subjects =
    "subjects" in reading ? reading.subjects : [nothing(context, "problem" in reading ? reading.problem : undefined)];
  const judged = subjects.map((subject) => ({ subject, verdict: analyzer.analyze(subject.input, subject.context) }));
  const [first, ...others] = judged;
  if (first === undefined) return analyzeCall(analyzer, "", {}, {}, context);
  return others.reduce((worst, one) => (isWorse(one.verdict, worst.verdict) ? one : worst), first);
}

function nothing(context: Context, problem: string | undefined): Subject {
  if (problem === undefined) return { input: { command: "" }, context };
  const span = { start: 0, end: 0 };
  return {
    input: { command: "" },
    context: { ...context, doubts: [{ kind: "syntax", text: problem, span, role: "code", about: [] }] },
  };
}

function isWorse(a: Verdict, b: Verdict): boolean {
  const by = rank(a.decision) - rank(b.decision) || rank(a.would) - rank(b.would) || a.risk - b.risk;
  return by > 0;
}
