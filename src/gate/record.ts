import type { DecisionRecord } from "../audit/record.ts";
import type { Requirement } from "../policy/policy.ts";
import type { Use } from "../state/state.ts";
import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { redact } from "./redact.ts";

/** A decision as the log has it. */
export function record(
  asked: Asked,
  digest: string,
  answer: Answer,
  outcome: DecisionRecord["outcome"],
  micros: number,
  keep: "digest" | "redacted" | "full",
): DecisionRecord {
  const { call, session, principal } = asked;
  return {
    event: "decision",
    id: answer.id,
    session,
    ...(principal === undefined ? {} : { principal }),
    ...(call.server === undefined ? {} : { server: call.server }),
    tool: call.tool.slice(0, 256),
    digest,
    ...(keep === "digest" ? {} : { arguments: keep === "full" ? call.arguments : redact(call.arguments) }),
    decision: answer.decision,
    outcome,
    rules: [...answer.rules],
    reason: answer.reason.slice(0, 8_000),
    risk: answer.risk,
    policy: answer.policy,
    ...(answer.approval === undefined ? {} : { approval: answer.approval }),
    micros,
  };
}

/** The counter of a limit for whom it counts. */
export function useOf({ key, scope, max, window, align, cost }: Requirement, asked: Asked): Use {
  const whose = scope === "session" ? asked.session : scope === "principal" ? (asked.principal ?? asked.session) : "";
  return { key: `${key}/${scope}/${whose}`, max, window: window * 1000, align, cost };
}
