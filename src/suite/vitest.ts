import { describe, expect, test } from "vitest";
import { type Analyzer, createAnalyzer } from "../index.ts";
import type { Decision, Verdict } from "../model/finding.ts";
import type { Context, Input } from "../model/subject.ts";
import { knowledgeOf, printInput, type SuiteDefinition, type SuiteOptions, suiteTests } from "./in-runners.ts";

export type { SuiteDefinition, SuiteOptions } from "./in-runners.ts";

/** What a matcher takes as its subject: a shell string, an argv array, either with its context, or a verdict. */
export type Judged = string | readonly string[] | (Input & { readonly context?: Context }) | Verdict;

export interface MatcherOptions extends SuiteOptions {
  readonly context?: Context;
}

/** One test for each case of some suites, under the names of their suites. */
export function defineSuite(source: string | readonly string[] | SuiteDefinition, options: SuiteOptions = {}): void {
  const tests = suiteTests(source, options);
  for (const suite of new Set(tests.map((one) => one.suite)))
    describe(suite, () => {
      for (const one of tests) if (one.suite === suite) test(one.name, one.check);
    });
}

/** What vitest tells a matcher. */
interface Asked {
  readonly isNot: boolean;
}

const decided = (decision: Decision, words: string) =>
  function decide(this: Asked, judged: Judged, options: MatcherOptions = {}) {
    return answer(this, judged, words, verdictOf(judged, options), (verdict) => verdict.decision === decision);
  };

expect.extend({
  toBeDenied: decided("deny", "be denied"),
  toRequireApproval: decided("require_approval", "require approval"),
  toBeAllowed: decided("allow", "be allowed"),
  toTriggerRule(this: Asked, judged: Judged, rule: string, options: MatcherOptions = {}) {
    const fires = ({ findings }: Verdict): boolean => findings.some((finding) => finding.rule === rule);
    return answer(this, judged, `trigger ${rule}`, verdictOf(judged, options), fires);
  },
});

function answer({ isNot }: Asked, judged: Judged, words: string, verdict: Verdict, holds: (verdict: Verdict) => boolean) {
  const message = (): string => `expected ${printed(judged)} ${isNot ? "not " : ""}to ${words}; it is ${because(verdict)}`;
  return { pass: holds(verdict), message };
}

const analyzers = new Map<string, Analyzer>();

/** Opened once for each choice of packs and profile. */
function analyzerFor({ packs = [], profile }: MatcherOptions): Analyzer {
  const key = JSON.stringify([packs, profile]);
  const open = analyzers.get(key);
  if (open) return open;
  const analyzer = createAnalyzer({ knowledge: knowledgeOf(packs), ...(profile === undefined ? {} : { profile }) });
  analyzers.set(key, analyzer);
  return analyzer;
}

function verdictOf(judged: Judged, options: MatcherOptions): Verdict {
  if (isVerdict(judged)) return judged;
  const analyzer = analyzerFor(options);
  if (typeof judged === "string") return analyzer.analyze({ command: judged }, options.context);
  if (isWords(judged)) return analyzer.analyze({ argv: judged }, options.context);
  return analyzer.analyze(judged, { ...judged.context, ...options.context });
}

const isWords = (judged: Judged): judged is readonly string[] => Array.isArray(judged);
const isVerdict = (judged: Judged): judged is Verdict => typeof judged === "object" && "decision" in judged;

function printed(judged: Judged): string {
  if (typeof judged === "string") return judged;
  if (isVerdict(judged)) return "the verdict";
  return printInput(isWords(judged) ? { argv: judged } : judged);
}

/** `deny (destruction/system-deleted)` */
function because({ decision, findings, doubts }: Verdict): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const why = rules.length > 0 ? rules : [...new Set(doubts.map(({ kind }) => kind))];
  return `${decision}${why.length > 0 ? ` (${why.join(", ")})` : ", nothing found"}`;
}

interface CommandMatchers<R> {
  /** The decision is deny. */
  toBeDenied(options?: MatcherOptions): R;
  /** The decision is require_approval. */
  toRequireApproval(options?: MatcherOptions): R;
  /** The decision is allow. */
  toBeAllowed(options?: MatcherOptions): R;
  /** This rule fires: `destruction/system-deleted`. */
  toTriggerRule(rule: string, options?: MatcherOptions): R;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: the library's own parameters, which must be the same
  interface Matchers<T = any> extends CommandMatchers<T> {}
}
