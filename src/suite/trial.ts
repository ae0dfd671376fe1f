import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Verdict } from "../model/finding.ts";
import type { Context } from "../model/subject.ts";
import { difference } from "../report/difference.ts";
import type { Look } from "../report/pretty.ts";
import type { Tested } from "../report/tests.ts";
import { type Case, over } from "./case.ts";
import { compare, Runner } from "./run.ts";

export interface TrialOptions {
  readonly knowledge: Knowledge;
  readonly look: Look;
  /** Instead of the cases' own. */
  readonly profile?: string;
  /** What cases know of the world unless they say otherwise. */
  readonly context: Context;
}

/** Runs cases, and says of each what came and what made the difference. */
export class Trial {
  private readonly options: TrialOptions;
  private readonly runner: Runner;

  constructor(options: TrialOptions) {
    this.options = options;
    this.runner = new Runner(options.knowledge);
  }

  run(written: Case): Tested {
    const { profile = written.profile, context } = this.options;
    const given = { ...written, profile, context: over(context, written.context) };
    const verdict = this.runner.verdict(given);
    const misses = compare(given, verdict);
    return this.tested(given, verdict, misses);
  }

  private tested(given: Case, verdict: Verdict, misses: readonly string[]): Tested {
    const { file, line, suite, name, input, expect } = given;
    const { knowledge, look } = this.options;
    return {
      file,
      line,
      suite,
      name,
      decision: verdict.decision,
      risk: verdict.risk,
      rules: [...new Set(verdict.findings.map(({ rule }) => rule))],
      misses,
      knownMiss: expect.knownMiss,
      toRecord: expect.decision === "record",
      detail: misses.length === 0 ? [] : difference(input, expect, verdict, knowledge.rules, look),
    };
  }
}
