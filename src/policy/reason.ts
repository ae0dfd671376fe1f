import type { Decision, Verdict } from "../model/finding.ts";

const RANK: Readonly<Record<Decision, number>> = { allow: 0, require_approval: 1, deny: 2 };

export const rank = (action: Decision): number => RANK[action];

export function strictest(actions: Iterable<Decision>): Decision {
  let worst: Decision = "allow";
  for (const action of actions) if (RANK[action] > RANK[worst]) worst = action;
  return worst;
}

const MOST_REASONS = 3;

/** Different reasons, the first few of them. */
export const joined = (reasons: readonly string[]): string =>
  [...new Set(reasons.filter((reason) => reason !== ""))].slice(0, MOST_REASONS).join("; ");

/** What decided a verdict, and what to do instead; nothing if it allows. */
export function verdictReason({ would, reasons, findings }: Verdict): string {
  if (would === "allow") return "";
  const decisive = reasons.filter((reason) => reason.decision === would).map(({ about }) => about);
  const instead = findings.find(
    ({ rule, remediation }) => remediation !== "" && decisive.some((about) => about.includes(`[${rule}]`)),
  );
  return instead === undefined ? joined(decisive) : `${joined(decisive)} (instead: ${instead.remediation})`;
}
