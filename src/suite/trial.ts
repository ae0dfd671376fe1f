import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Verdict } from "../model/finding.ts";
import type { Context } from "../model/subject.ts";
import { clean } from "../report/clean.ts";
import { difference } from "../report/difference.ts";
import type { Look } from "../report/pretty.ts";
import type { Tested } from "../report/tests.ts";
import { type Case, over } from "./case.ts";
import { Exercised } from "./exercised.ts";
import { type Mutation, mutate } from "./mutate.ts";
import { PolicyRunner, type PolicySettings } from "./policy-runner.ts";
import { compare, Runner } from "./run.ts";

export interface TrialOptions {
  readonly knowledge: Knowledge;
  readonly look: Look;
  /** Instead of the cases' own. */
  readonly profile?: string;
  /** What cases know of the world unless they say otherwise. */
  readonly context: Context;
  /** Also rewrite each case. */
  readonly mutation?: Mutation;
  /** Keep count of what cases exercise. */
  readonly coverage?: boolean;
  /** Judge by this, instead of by profiles alone. */
  readonly policy?: PolicySettings;
}

/** Runs cases, and says of each what came and what made the difference. */
export class Trial {
  private readonly options: TrialOptions;
  private readonly runner: Pick<Runner, "verdict">;
  private readonly exercised: Exercised | undefined;

  constructor(options: TrialOptions) {
    this.options = options;
    this.runner = options.policy ? new PolicyRunner(options.policy) : new Runner(options.knowledge);
    this.exercised = options.coverage ? new Exercised(options.knowledge) : undefined;
  }

  run(written: Case): Tested {
    const { profile = written.profile, context } = this.options;
    const given = { ...written, profile, context: over(context, written.context) };
    const verdict = this.runner.verdict(given);
    this.exercised?.add(verdict);
    const { mutation, policy } = this.options;
    if (given.call?.idle && !policy)
      return this.tested(given, verdict, [`${given.call.tool} runs nothing: only a policy can judge it (--policy)`]);
    const tested = this.tested(given, verdict, compare(given, verdict));
    return mutation && tested.misses.length === 0 && !given.call ? this.mutated(given, verdict, tested, mutation) : tested;
  }

  /** Keys of what the cases so far have exercised. */
  get keys(): readonly string[] {
    return [...(this.exercised?.keys ?? [])];
  }

  /** The same, with what the smallest rewrite that is judged wrongly came to. */
  private mutated(given: Case, verdict: Verdict, tested: Tested, mutation: Mutation): Tested {
    const { knowledge, look } = this.options;
    const judge = (command: string): Verdict => this.runner.verdict({ ...given, input: { command } });
    const { tried, wrong, worst } = mutate(given, verdict, judge, mutation, knowledge);
    if (!worst) return { ...tested, rewrites: tried };
    const { text, names, verdict: came } = worst;
    const change = `${names.join(" > ")}: decision is ${came.decision}, not ${verdict.decision}`;
    const rules = verdict.decision === "allow" ? undefined : tested.rules;
    const wanted = { ...given.expect, decision: verdict.decision, orStricter: verdict.decision !== "allow", rules };
    return {
      ...tested,
      rewrites: tried,
      misses: [
        `${wrong} of ${tried} rewrites ${verdict.decision === "allow" ? "raise" : "weaken"} the verdict; the smallest, ${change}`,
      ],
      detail: [
        ...text.split("\n").map((line) => `${look.paint("rewritten", "dim")} ${clean(line)}`),
        ...difference({ command: text }, { ...wanted, attack: [], doubts: [] }, came, knowledge.rules, look),
      ],
    };
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
      rewrites: 0,
      detail: misses.length === 0 ? [] : difference(input, expect, verdict, knowledge.rules, look),
    };
  }
}
