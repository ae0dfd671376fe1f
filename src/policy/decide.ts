import type { Decision } from "../model/finding.ts";
import { factsOf } from "./call-facts.ts";
import { holds } from "./condition.ts";
import { matchesTool } from "./glob.ts";
import type { Judged } from "./judge.ts";
import { amountOf } from "./limits.ts";
import type {
  Annotations,
  AnnotationWord,
  ApprovalTerms,
  Call,
  Entry,
  Limit,
  Matched,
  Outcome,
  Policy,
  Requirement,
  Rule,
} from "./policy.ts";
import { ANNOTATION_WORDS, CHANNELS } from "./policy.ts";
import { joined, rank, strictest, verdictReason } from "./reason.ts";

/** Is the tool hidden from whoever lists tools? Calls of it are denied too. */
export const isHidden = (policy: Policy, tool: string, server?: string): boolean =>
  policy.hide.some((pattern) => matchesTool(pattern, tool, server) !== "no");

/** The strictest of everything that matches; the order of rules and entries never matters. Pure; never throws. */
export function decide(policy: Policy, call: Call, judged: Judged): Outcome {
  const hidden = isHidden(policy, call.tool, call.server);
  const found = hidden
    ? [hiding(call)]
    : [...listed(policy, call), ...applied(policy, call, judged), ...validated(judged), ...hinted(policy, call)];
  const spoken = found.flatMap(({ spoke }) => spoke).sort((a, b) => rank(b.action) - rank(a.action));
  const action = strictest(spoken.map((matched) => matched.action));
  const reason = reasonFor(action, spoken);
  const limits = action === "deny" ? [] : found.flatMap((one) => one.limits ?? []);
  const outcome = { action, reason, hidden, matched: spoken, limits };
  return action === "require_approval" ? { ...outcome, approval: { ...termsOf(policy, found), reason } } : outcome;
}

/** What one part of the policy says about the call. */
interface Said {
  readonly spoke: readonly Matched[];
  readonly limits?: readonly Requirement[];
  readonly approval?: Partial<ApprovalTerms>;
}

const reasonFor = (action: Decision, spoken: readonly Matched[]): string =>
  action === "allow" ? "" : joined(spoken.filter((matched) => matched.action === action).map((matched) => matched.reason));

const hiding = ({ tool }: Call): Said => ({
  spoke: [{ rule: "hide", action: "deny", reason: `${tool} is hidden by the policy` }],
});

/** `*` is about every tool, and lists none. A tool whose server is not known is not listed by that server's name. */
function listed(policy: Policy, { tool, server }: Call): readonly Said[] {
  const lists = (entry: Entry): boolean => entry.pattern !== "*" && matchesTool(entry.pattern, tool, server) === "yes";
  if (policy.default === "allow" || policy.entries.some(lists)) return [];
  return [{ spoke: [{ rule: "default", action: "deny", reason: `${tool} is not permitted by the policy` }] }];
}

function applied(policy: Policy, call: Call, judged: Judged): readonly Said[] {
  const subject = factsOf(call, judged);
  return policy.entries
    .filter((entry) => matchesTool(entry.pattern, call.tool, call.server) !== "no")
    .flatMap((entry) =>
      entry.rules
        .filter((rule) => rule.when === undefined || holds(rule.when, subject))
        .map((rule) => said(entry, rule, call, subject)),
    );
}

function said(entry: Entry, rule: Rule, call: Call, subject: unknown): Said {
  const name = `${entry.pattern}/${rule.name}`;
  const matched: Matched = { rule: name, action: rule.action, reason: rule.reason, line: rule.line };
  const approval = rule.action === "require_approval" && rule.approval ? { approval: rule.approval } : {};
  const amounts = rule.limits.map((limit) => ({ limit, cost: amountOf(limit, subject) }));
  const wrong = amounts.flatMap(({ cost }) =>
    typeof cost === "number" ? [] : [{ ...matched, action: "deny" as const, reason: cost.problem }],
  );
  const limits = amounts.flatMap(({ limit, cost }) => (typeof cost === "number" ? [requirement(entry, limit, call, cost)] : []));
  return { spoke: [matched, ...wrong], limits, ...approval };
}

/** A tool's own counter has its name: an entry may be about several. */
function requirement({ pattern }: Entry, limit: Limit, { tool, server }: Call, cost: number): Requirement {
  const { counter, shared, max, window, align, scope, reason } = limit;
  const whose = scope === "tool" ? (server === undefined ? tool : `${server}/${tool}`) : shared ? "" : pattern;
  return { key: JSON.stringify([whose, counter, window]), scope, max, window, align, cost, reason };
}

function validated({ reading, verdicts, validations }: Judged): readonly Said[] {
  return validations.map((by): Said => {
    const rule = `${by.entry?.pattern ?? "policy"}/validate`;
    const line = by.entry === undefined ? {} : { line: by.entry.line };
    const { on, profile } = by.validation;
    // A profile that only observes lets pass what cannot be read, too.
    const cost = (action: Decision): Decision => (profile === "observe" ? "allow" : action);
    if (reading.kind === "problem") return { spoke: [{ rule, action: cost(on.deny), reason: reading.problem, ...line }] };
    const own = verdicts.filter((one) => one.by === by);
    const spoke = own.map(({ verdict }): Matched => {
      const action = verdict.decision === "allow" ? "allow" : on[verdict.decision];
      return { rule, action, reason: verdictReason(verdict), ...line };
    });
    if (reading.kind !== "unmapped") return { spoke };
    const reason = `looks like it runs something, but no mapping says which argument holds it; judged: ${reading.names.join(", ") || "nothing"}`;
    return { spoke: [...spoke, { rule: `${rule}/unmapped`, action: cost(on.unmapped), reason, ...line }] };
  });
}

/** Only what a tool says against itself counts. */
function hinted(policy: Policy, { tool, annotations }: Call): readonly Said[] {
  return ANNOTATION_WORDS.flatMap((word) => {
    const action = policy.annotations[word];
    if (action === undefined || !admits(word, annotations)) return [];
    return [{ spoke: [{ rule: `annotations/${word}`, action, reason: `${tool} calls itself ${ADMITTED[word]}` }] }];
  });
}

const ADMITTED: Readonly<Record<AnnotationWord, string>> = {
  destructive: "destructive",
  open_world: "open to the world",
  writes: "more than read-only",
};

function admits(word: AnnotationWord, annotations: Annotations = {}): boolean {
  switch (word) {
    case "destructive":
      return annotations.destructiveHint === true;
    case "open_world":
      return annotations.openWorldHint === true;
    case "writes":
      return annotations.readOnlyHint === false;
  }
}

/** The shortest time, the refusal, the channel that least can speak for itself. What a rule leaves open the policy says. */
function termsOf({ approval }: Policy, found: readonly Said[]): ApprovalTerms {
  const asked = found
    .filter(({ spoke }) => spoke.some((matched) => matched.action === "require_approval"))
    .map((one): ApprovalTerms => ({ ...approval, ...one.approval }));
  return {
    timeout: Math.min(...asked.map((terms) => terms.timeout)),
    onTimeout: asked.every((terms) => terms.onTimeout === "allow") ? "allow" : "deny",
    channel: CHANNELS.findLast((channel) => asked.some((terms) => terms.channel === channel)) ?? "any",
  };
}
