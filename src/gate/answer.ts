import type { Decision, Verdict } from "../model/finding.ts";
import type { Judged } from "../policy/judge.ts";
import type { Matched } from "../policy/policy.ts";

/** Key of the verdict in a result's `_meta`. */
export const VERDICT_KEY = "dev.argvet/verdict";

/** A decision as machines read it. */
export interface Answer {
  readonly id: string;
  readonly decision: Decision;
  /** What decided, strictest first: `exec/no root`, `exec/validate`, `exfiltration/credential-to-network`. */
  readonly rules: readonly string[];
  readonly reason: string;
  readonly risk: number;
  readonly policy: string;
  readonly findings: readonly Finding[];
  readonly doubts: readonly { readonly kind: string; readonly text: string }[];
  /** Id of the approval that is asked for, or was given. */
  readonly approval?: string;
  /** Milliseconds after which a limit is free again. */
  readonly retry_after?: number;
  /** The earlier call of the session that this one would complete. */
  readonly earlier?: { readonly tool: string; readonly command: string };
}

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly certainty: string;
  readonly message: string;
}

const MOST = 20;

export function answerOf(
  id: string,
  policy: string,
  decision: Decision,
  reason: string,
  judged: Judged,
  matched: readonly Matched[],
): Answer {
  const verdicts = judged.verdicts.map(({ verdict }) => verdict);
  return {
    id,
    decision,
    rules: rulesOf(decision, verdicts, matched),
    reason,
    risk: verdicts.reduce((most, { risk }) => Math.max(most, risk), 0),
    policy,
    findings: verdicts
      .flatMap(({ findings }) => findings)
      .slice(0, MOST)
      .map(({ rule, severity, certainty, message }) => ({ rule, severity, certainty, message })),
    doubts: verdicts
      .flatMap(({ doubts }) => doubts)
      .slice(0, MOST)
      .map(({ kind, text }) => ({ kind, text: text.slice(0, 500) })),
  };
}

/** Rules of the policy that came to the decision, then those of the analysis. */
function rulesOf(decision: Decision, verdicts: readonly Verdict[], matched: readonly Matched[]): readonly string[] {
  const policy = matched.filter(({ action }) => action === decision && action !== "allow").map(({ rule }) => rule);
  const found = verdicts.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  return [...new Set([...policy, ...found])].slice(0, MOST);
}

type Shown = Pick<Answer, "id" | "decision" | "reason"> & {
  readonly approval?: string | undefined;
  readonly retry_after?: number | undefined;
};

/** What the model reads. */
export function refusalText(answer: Shown, ending = ""): string {
  const { decision, reason, id, approval, retry_after } = answer;
  const head = decision === "require_approval" ? "[APPROVAL REQUIRED]" : "[POLICY DENIED]";
  const wait = retry_after === undefined ? "" : ` Try again in ${Math.ceil(retry_after / 1000)} s.`;
  const ask = approval === undefined ? "" : ` (approval ${approval})`;
  return `${head} ${reason}${ask}.${wait}${ending === "" ? "" : ` ${ending}`} Do not work around this; ask the user. (decision ${id})`;
}
