import { printProblem } from "../../src/load/source.ts";
import { decide } from "../../src/policy/decide.ts";
import { createJudge } from "../../src/policy/judge.ts";
import type { Call, Outcome, Policy, Requirement } from "../../src/policy/policy.ts";
import { readPolicy } from "../../src/policy/read.ts";

/** The policy of a text; throws what is wrong with it. */
export function policyOf(text: string): Policy {
  const read = readPolicy(text, "p.yaml");
  if ("policy" in read) return read.policy;
  throw new Error(read.problems.map(printProblem).join("\n"));
}

/** Everything wrong with a text, one line each, without the file's name. */
export function problemsOf(text: string): readonly string[] {
  const read = readPolicy(text, "p.yaml");
  return "policy" in read ? [] : read.problems.map((problem) => printProblem(problem).slice("p.yaml:".length));
}

export function outcomeOf(text: string, call: Partial<Call> & { readonly tool: string }): Outcome {
  const policy = policyOf(text);
  const whole: Call = { arguments: {}, ...call };
  return decide(policy, whole, createJudge(policy).judge(whole));
}

/** `deny: reason`, `allow, 10/60 session`. */
export function says(text: string, call: Partial<Call> & { readonly tool: string }): string {
  const { action, reason, limits, approval } = outcomeOf(text, call);
  const terms = approval ? ` (${approval.timeout} s, then ${approval.onTimeout}, ${approval.channel})` : "";
  return [`${action}${terms}${reason === "" ? "" : `: ${reason}`}`, ...limits.map(limitText)].join(", ");
}

export function limitText({ key, scope, max, window, align, cost }: Requirement): string {
  return `${cost} of ${max}/${window} ${scope} ${align} ${key}`;
}
