import type { Doubt } from "./doubt.ts";
import type { Effect } from "./effect.ts";
import type { Flow } from "./flow.ts";
import type { Invocation } from "./invocation.ts";
import type { Reach } from "./sandbox.ts";
import type { Span } from "./span.ts";

export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Certainty = "certain" | "possible";
export const DECISIONS = ["allow", "require_approval", "deny"] as const;
export type Decision = (typeof DECISIONS)[number];
/** `pack/rule`, e.g. `exfiltration/credential-to-network`. */
export type RuleId = string;

export interface Evidence extends Span {
  readonly text: string;
}

/** A rule that fired. It cannot be built without evidence. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly message: string;
  readonly remediation: string;
  readonly attack: readonly string[];
  readonly cwe: readonly number[];
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** Everything the trace found out; what rules judge. */
export interface Facts {
  readonly invocations: readonly Invocation[];
  readonly effects: readonly Effect[];
  readonly flows: readonly Flow[];
  readonly doubts: readonly Doubt[];
}

/** Which row of the profile decided, and for what. */
export interface Reason {
  readonly decision: Decision;
  /** Row as documented: `finding critical certain`, `doubt syntax`. */
  readonly row: string;
  readonly about: string;
}

/** What a sandbox makes of a command. */
export interface Containment {
  readonly sandbox: string;
  /** One for each effect of the verdict, in their order. */
  readonly reaches: readonly Reach[];
  /** Findings that cost less, since all they are about stays inside. */
  readonly lowered: readonly Finding[];
  readonly findings: readonly Finding[];
}

export interface Verdict {
  readonly decision: Decision;
  /** What the profile would decide; differs from `decision` only when it merely observes. */
  readonly would: Decision;
  /** 0–100. */
  readonly risk: number;
  readonly findings: readonly Finding[];
  readonly doubts: readonly (Doubt & { readonly couldMeet?: readonly RuleId[] })[];
  readonly effects: readonly Effect[];
  readonly flows: readonly Flow[];
  readonly invocations: readonly Invocation[];
  readonly reasons: readonly Reason[];
  readonly profile: string;
  /** What the sandbox makes of it, if there is one. */
  readonly containment?: Containment;
}
