import { type Effect, printEffect } from "../model/effect.ts";
import type { Finding, Verdict } from "../model/finding.ts";
import { type Flow, printFlow } from "../model/flow.ts";
import type { Reach } from "../model/sandbox.ts";
import type { Span } from "../model/span.ts";
import { printValue } from "../model/value.ts";
import type { VerdictJson } from "./schema.ts";

/** The verdict as documented by `schema/verdict.schema.json`. `id` is the caller's own name for the request. */
export function verdictJson(verdict: Verdict, id?: string | number): VerdictJson {
  return {
    version: 1,
    ...(id === undefined ? {} : { id }),
    decision: verdict.decision,
    ...(verdict.would === verdict.decision ? {} : { would: verdict.would }),
    risk: verdict.risk,
    profile: verdict.profile,
    ...(verdict.containment ? { sandbox: verdict.containment.sandbox } : {}),
    findings: verdict.findings.map((finding) => findingJson(finding, verdict.containment?.lowered.includes(finding) === true)),
    doubts: verdict.doubts.map(doubtJson),
    effects: verdict.effects.map((effect, i) => effectJson(effect, verdict.containment?.reaches[i])),
    flows: verdict.flows.map(flowJson),
    reasons: verdict.reasons.map(({ decision, row, about }) => ({ decision, row, about })),
  };
}

function findingJson(finding: Finding, contained: boolean): VerdictJson["findings"][number] {
  const { rule, severity, certainty, message, remediation, attack, cwe } = finding;
  const [first, ...rest] = finding.evidence;
  const piece = (evidence: Finding["evidence"][number]) => ({ ...spanJson(evidence), text: evidence.text });
  const evidence: VerdictJson["findings"][number]["evidence"] = [piece(first), ...rest.map(piece)];
  const said = { rule, severity, certainty, message, remediation, attack: [...attack], cwe: [...cwe], evidence };
  return contained ? { ...said, contained } : said;
}

const doubtJson = ({ kind, text, span, couldMeet }: Verdict["doubts"][number]): VerdictJson["doubts"][number] => ({
  kind,
  text,
  ...(couldMeet === undefined ? {} : { could_meet: [...couldMeet] }),
  ...spanJson(span),
});

function effectJson(effect: Effect, reach: Reach | undefined): VerdictJson["effects"][number] {
  const { kind, on, place, user, programs, span } = effect;
  return {
    kind,
    on: on.kind,
    value: printValue(on.value),
    text: printEffect(effect),
    place: place.kind,
    programs: [...programs],
    ...(user === undefined ? {} : { user: printValue(user) }),
    ...(effect.when === "now" ? {} : { later: true as const }),
    ...(reach ? { reach: { ...reach } } : {}),
    ...spanJson(span),
  };
}

const flowJson = (flow: Flow): VerdictJson["flows"][number] => ({
  from: flow.from.kind,
  to: flow.to.kind,
  text: printFlow(flow),
  steps: [...flow.steps],
  maybe: flow.maybe,
  source: spanJson(flow.source),
  sink: spanJson(flow.sink),
});

function spanJson({ start, end, argument }: Span): { start: number; end: number; argument?: number } {
  return argument === undefined ? { start, end } : { start, end, argument };
}
