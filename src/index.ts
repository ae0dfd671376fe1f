import { analyzeWith } from "./analyze.ts";
import { BUILTIN } from "./knowledge/builtin.generated.ts";
import { type Knowledge, openKnowledge } from "./knowledge/knowledge.ts";
import { SANDBOXES } from "./knowledge/sandbox.generated.ts";
import type { Verdict } from "./model/finding.ts";
import type { Context, Input } from "./model/subject.ts";
import { compileRules } from "./rules/compile.ts";

export { type Knowledge, type KnowledgeData, openKnowledge } from "./knowledge/knowledge.ts";
export type { Doubt, DoubtKind } from "./model/doubt.ts";
export { type Effect, printEffect } from "./model/effect.ts";
export type { Containment, Decision, Evidence, Finding, Reason, RuleId, Severity, Verdict } from "./model/finding.ts";
export { type Flow, printFlow } from "./model/flow.ts";
export type { Invocation } from "./model/invocation.ts";
export type { Reach, Sandbox } from "./model/sandbox.ts";
export type { Span } from "./model/span.ts";
export type { Context, Input } from "./model/subject.ts";
export { BUILTIN };

export interface AnalyzerOptions {
  /** Built-in knowledge, or that with a user's packs before it (see `openKnowledge`). */
  readonly knowledge?: Knowledge;
  /** `observe`, `standard` (default) or `strict`, or a profile of the knowledge's own. */
  readonly profile?: string;
}

export interface Analyzer {
  /** Synchronous and pure: the same input and context give the same verdict. Never throws. */
  analyze(input: Input, context?: Context): Verdict;
  readonly knowledge: Knowledge;
}

/** @throws RangeError when the profile is not known. */
export function createAnalyzer(options: AnalyzerOptions = {}): Analyzer {
  const knowledge = options.knowledge ?? builtin();
  const name = options.profile ?? "standard";
  const profile = knowledge.profile(name);
  if (!profile) throw new RangeError(`no profile is called ${name}`);
  const equipment = { knowledge, rules: compileRules(knowledge.rules, knowledge.sets), profile, sandboxes: SANDBOXES };
  return { knowledge, analyze: (input, context = {}) => analyzeWith(equipment, input, context) };
}

let opened: Knowledge | undefined;
/** The built-in knowledge, opened once. */
export function builtin(): Knowledge {
  opened ??= openKnowledge([BUILTIN]);
  return opened;
}

let standard: Analyzer | undefined;
/** Judges one command with the built-in knowledge and the standard profile. */
export function analyze(input: Input, context: Context = {}): Verdict {
  standard ??= createAnalyzer();
  return standard.analyze(input, context);
}

/** Ids of the findings that a sandbox adds to those of the rules. */
export const sandboxRuleIds = (): readonly string[] => [
  ...SANDBOXES.escapes.map(({ rule }) => rule.id),
  ...SANDBOXES.containment.map(({ id }) => id),
];
