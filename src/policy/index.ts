/** What a proxy of its own needs: a policy is read, a call is judged, and the policy decides. */
export { type Hints, type Reading, readToolCall } from "../intake/tool-call.ts";
export { type AnalyzedCall, analyzeCall } from "./analyze-call.ts";
export { decide, isHidden } from "./decide.ts";
export { createJudge, type Judge, type Judged, type Sandboxes } from "./judge.ts";
export type { ApprovalTerms, Call, Matched, Outcome, Policy, Requirement } from "./policy.ts";
export { type PolicyRead, readPolicy } from "./read.ts";
