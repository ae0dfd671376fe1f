import type { Profile, Row } from "../knowledge/profile.ts";
import { DECISIONS, type Decision, type Finding, type Reason } from "../model/finding.ts";
import type { JudgedDoubt } from "../rules/doubts.ts";
import { riskOf } from "./risk.ts";
import { rowOfDoubt, rowOfFinding } from "./rows.ts";

export interface Judgement {
  /** The strictest of the reasons' decisions; `allow` when the profile only observes. */
  readonly decision: Decision;
  /** What the profile would decide; differs from `decision` only when it observes. */
  readonly would: Decision;
  readonly risk: number;
  /** Every finding and doubt with the row it fell under, the strictest first; one of row `nothing` when there are none. */
  readonly reasons: readonly Reason[];
}

/** What the profile makes of findings and doubts. Rules know nothing of decisions, and profiles nothing of rules. */
export function decide(
  findings: readonly Finding[],
  doubts: readonly JudgedDoubt[],
  profile: Profile,
  lowered: readonly Finding[] = [],
): Judgement {
  const causes: readonly Cause[] = [
    ...findings.map((finding) => ({
      row: rowOfFinding(finding),
      about: `${finding.message} [${finding.rule}]`,
      own: ownDecision(profile, finding.rule),
      less: lowered.includes(finding) ? profile.contained?.[rowOfFinding(finding)] : undefined,
    })),
    ...doubts.map((judged) => ({ row: rowOfDoubt(judged), about: judged.doubt.text })),
  ];
  const seen: typeof causes = causes.length > 0 ? causes : [{ row: "nothing" as const, about: "nothing found" }];
  const reasons = seen
    .map(({ row, about, own, less }): Reason => {
      if (own === undefined && less !== undefined) return { decision: less, row: `${row} contained`, about };
      return { decision: own ?? profile.rows[row], row, about };
    })
    .sort((a, b) => strictness(b.decision) - strictness(a.decision));
  const would = reasons[0]?.decision ?? profile.rows.nothing;
  return { decision: profile.observe ? "allow" : would, would, risk: riskOf(causes.map(weighed)), reasons };
}

interface Cause {
  readonly row: Row;
  readonly about: string;
  readonly own?: Decision | undefined;
  /** What it costs, since all of it stays inside an ephemeral sandbox. */
  readonly less?: Decision | undefined;
}

/** What stays inside weighs no more than what is merely reported. */
const weighed = ({ row, less }: Cause): Row =>
  less === undefined ? row : row.endsWith("possible") ? "finding low possible" : "finding low certain";

const ownDecision = ({ rules }: Profile, rule: string): Decision | undefined =>
  rules !== undefined && Object.hasOwn(rules, rule) ? rules[rule] : undefined;

const strictness = (decision: Decision): number => DECISIONS.indexOf(decision);
