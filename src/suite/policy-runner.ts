import type { Knowledge } from "../knowledge/knowledge.ts";
import { DECISIONS, type Reason, type Verdict } from "../model/finding.ts";
import { decide } from "../policy/decide.ts";
import { createJudge, type Judge, type Judged, type Sandboxes } from "../policy/judge.ts";
import type { Call, Policy } from "../policy/policy.ts";
import type { Case } from "./case.ts";

/** A policy, and what belongs to it. */
export interface PolicySettings {
  readonly policy: Policy;
  readonly knowledge: Knowledge;
  readonly sandboxes: Sandboxes;
  /** The tool that cases are calls of which only say what runs. */
  readonly tool: { readonly tool: string; readonly server?: string };
}

/** Judges cases as a policy would: its own rules, and what it has analysed. */
export class PolicyRunner {
  private readonly settings: PolicySettings;
  private readonly judge: Judge;

  /** @throws RangeError for a profile, a pack or a sandbox that the policy names and nobody has. */
  constructor(settings: PolicySettings) {
    this.settings = settings;
    this.judge = createJudge(settings.policy, settings.knowledge, settings.sandboxes);
  }

  /** The policy's decision, with the findings and doubts of all that was analysed; every part of the policy that spoke is a reason. */
  verdict(given: Case): Verdict {
    const call = callOf(given, this.settings.tool);
    const judged = this.judge.judge(call, given.context);
    const outcome = decide(this.settings.policy, call, judged);
    const spoken = outcome.matched.map(
      ({ rule, action, reason }): Reason => ({ decision: action, row: `policy ${rule}`, about: reason }),
    );
    const { decision: would, reasons, ...verdict } = strictest(judged);
    return {
      ...verdict,
      decision: outcome.action,
      would: outcome.action,
      reasons: [...spoken, ...(would === "allow" ? [] : reasons)],
    };
  }
}

function callOf({ input, call }: Case, { tool, server }: PolicySettings["tool"]): Call {
  if (call) return { tool: call.tool, ...(call.server === undefined ? {} : { server: call.server }), arguments: call.arguments };
  const command = "command" in input ? input.command : input.argv;
  return { tool, ...(server === undefined ? {} : { server }), arguments: { command } };
}

/** The strictest verdict, with the findings and doubts of the others. */
function strictest({ verdicts }: Judged): Verdict {
  const all = verdicts
    .map(({ verdict }) => verdict)
    .sort((a, b) => DECISIONS.indexOf(b.would) - DECISIONS.indexOf(a.would) || b.risk - a.risk);
  const [first, ...others] = all;
  if (!first) return NOTHING;
  return {
    ...first,
    findings: [...first.findings, ...others.flatMap(({ findings }) => findings)],
    doubts: [...first.doubts, ...others.flatMap(({ doubts }) => doubts)],
  };
}

const NOTHING: Verdict = {
  decision: "allow",
  would: "allow",
  risk: 0,
  findings: [],
  doubts: [],
  effects: [],
  flows: [],
  invocations: [],
  reasons: [],
  profile: "policy",
};
