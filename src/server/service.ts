import type { AuditRecord } from "../audit/record.ts";
import { canonical, sha256 } from "../gate/canonical.ts";
import type { Admission, Gate } from "../gate/gate.ts";
import { decisionId } from "../gate/ids.ts";
import type { Metrics } from "../gate/metrics.ts";
import { Recent } from "../gate/recent.ts";
import { parseStrict } from "../gate/strict-json.ts";
import type { Analyzer } from "../index.ts";
import type { Verdict } from "../model/finding.ts";
import type { Context, Input } from "../model/subject.ts";
import type { State } from "../state/state.ts";
import type { Received } from "./http.ts";
import type { Answered, Item } from "./schema.ts";

export interface Service {
  readonly gate: Gate;
  readonly state: State;
  readonly metrics: Metrics;
  readonly analyzer: Analyzer;
  readonly append: (record: AuditRecord) => Promise<void>;
}

/** Something a caller got wrong, and its status. */
export class BadRequest extends Error {
  readonly status: number;
  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** A tool call in whoever's shape, as the gate takes it. */
export interface ToolCall {
  readonly tool: string;
  readonly arguments: unknown;
  readonly server?: string | undefined;
  readonly schema?: unknown;
  readonly session: string;
  readonly principal?: string | undefined;
  readonly inexact?: readonly string[];
}

export function jsonOf({ body }: Received): { readonly value: unknown; readonly inexact: readonly string[] } {
  const parsed = parseStrict(body);
  if ("problem" in parsed) throw new BadRequest(body.length === 0 ? "the body is empty" : parsed.problem);
  return parsed;
}

/** The caller forwards what is allowed itself: what it takes of limits is taken now. */
export async function admit({ gate }: Service, call: ToolCall): Promise<Answered> {
  const { session, principal, inexact, server, schema, ...rest } = call;
  const admission = await gate.admit({
    call: { ...rest, ...(server === undefined ? {} : { server }), ...(schema === undefined ? {} : { schema }) },
    session,
    ...(principal === undefined ? {} : { principal }),
    ...(inexact === undefined ? {} : { inexact }),
  });
  if (admission.kind === "forward") await admission.settle(true);
  return answered(admission);
}

function answered({ answer }: Admission): Answered {
  const { id, decision, reason, risk, rules, findings, doubts, policy, approval, retry_after } = answer;
  return {
    decision,
    allow: decision === "allow",
    reason,
    risk,
    rules: [...rules],
    findings: [...findings],
    doubts: [...doubts],
    decision_id: id,
    policy,
    ...(approval === undefined ? {} : { approval }),
    ...(retry_after === undefined ? {} : { retry_after }),
  };
}

/** One question of `/v1/check`. A command is judged by itself; a call by the policy too. */
export async function check(service: Service, item: Item, fallback: string, inexact: readonly string[] = []): Promise<Answered> {
  const id = item.id === undefined ? {} : { id: item.id };
  if ("tool" in item) {
    const { tool, arguments: args, server, schema, session = fallback, principal } = item;
    return { ...id, ...(await admit(service, { tool, arguments: args, server, schema, session, principal, inexact })) };
  }
  const input: Input = "command" in item ? { command: item.command } : { argv: item.argv };
  return { ...id, ...(await judge(service, input, contextOf(item.context), item.session ?? fallback)) };
}

const contextOf = (given: Item["context"] = {}): Context =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

const kept = new WeakMap<Analyzer, Recent<Verdict>>();
function recentOf({ analyzer }: Service): Recent<Verdict> {
  const recent = kept.get(analyzer) ?? new Recent<Verdict>();
  kept.set(analyzer, recent);
  return recent;
}

async function judge(service: Service, input: Input, context: Context, session: string): Promise<Answered> {
  const began = process.hrtime.bigint();
  const asText = canonical([input, context]);
  const verdict = recentOf(service).get(asText, () => service.analyzer.analyze(input, context));
  const id = decisionId();
  const reason = reasonOf(verdict);
  const rules = [...new Set(verdict.findings.map(({ rule }) => rule))];
  const micros = Number((process.hrtime.bigint() - began) / 1000n);
  const { decision, risk, profile } = verdict;
  const tool = "command" in input ? "command" : "argv";
  await service.append({
    event: "decision",
    id,
    session,
    tool,
    digest: sha256(asText),
    decision,
    outcome: "answered",
    rules,
    reason: reason.slice(0, 8_000),
    risk,
    policy: profile,
    micros,
  });
  service.metrics.decided(decision, "answered", rules, micros / 1e6);
  return {
    decision,
    allow: decision === "allow",
    reason,
    risk,
    rules,
    findings: verdict.findings.map(({ rule, severity, certainty, message }) => ({ rule, severity, certainty, message })),
    doubts: verdict.doubts.map(({ kind, text }) => ({ kind, text })),
    decision_id: id,
    policy: profile,
  };
}

function reasonOf({ decision, reasons }: Verdict): string {
  if (decision === "allow") return "";
  const about = reasons.filter((reason) => reason.decision === decision).map((reason) => reason.about);
  return [...new Set(about)].slice(0, 3).join("; ");
}
