import { present } from "../load/present.ts";
import type { Path, Source } from "../load/source.ts";
import type { Decision } from "../model/finding.ts";
import { compileCall } from "./compile-call.ts";
import { compileCondition, compileConditions } from "./compile-condition.ts";
import { compileRates } from "./compile-rate.ts";
import type { Condition } from "./condition.ts";
import type { EntryFacts, PolicyFacts, RuleFacts, TermFacts, ValidationFacts } from "./file-schema.ts";
import type { ApprovalTerms, Entry, Policy, Rule, Validation } from "./policy.ts";
import { secondsOf } from "./words.ts";

const TERMS: ApprovalTerms = { timeout: 300, onTimeout: "deny", channel: "any" };
const ON = { require_approval: "require_approval", deny: "deny", unmapped: "allow" } as const;

/** The file's facts as a policy. What the schema cannot see is a problem of `source`. */
export function compilePolicy(facts: PolicyFacts, source: Source): Policy {
  const profile = facts.profile ?? "standard";
  return {
    ...present({ description: facts.description }),
    default: facts.default ?? "allow",
    hide: facts.hide ?? [],
    validate: validationOf(facts.validate ?? {}, profile),
    annotations: present(facts.annotations ?? {}),
    approval: { ...TERMS, ...termsOf(facts.approval ?? {}) },
    context: present(facts.context ?? {}),
    sandbox: sandboxOf(facts.sandbox),
    packFiles: facts.packs ?? [],
    entries: Object.entries(facts.tools ?? {}).map(([pattern, entry]) => compileEntry(pattern, entry ?? {}, profile, source)),
  };
}

function validationOf(facts: ValidationFacts, profile: string): Validation | "off" {
  if (facts === "off") return "off";
  return { packs: facts.packs ?? ["all"], profile: facts.profile ?? profile, on: { ...ON, ...present(facts.on ?? {}) } };
}

const sandboxOf = (facts: PolicyFacts["sandbox"]): Policy["sandbox"] =>
  Object.entries(typeof facts === "string" ? { "*": facts } : (facts ?? {})).map(([container, file]) => ({ container, file }));

function compileEntry(pattern: string, facts: EntryFacts, profile: string, source: Source): Entry {
  const at: Path = ["tools", pattern];
  if (pattern === "") source.problem(at, "a tool has no name", "key");
  return {
    pattern,
    line: source.line(at),
    ...present({ mapping: facts.call && compileCall(facts.call, [...at, "call"], source) }),
    ...(facts.validate === undefined ? {} : { validate: validationOf(facts.validate, profile) }),
    rules: [
      ...ownRules(pattern, facts, at, source),
      ...(facts.rules ?? []).map((rule, i) => compileRule(rule, pattern, [...at, "rules", i], source)),
      ...sameNames(facts.rules ?? [], at, source),
    ],
  };
}

/** Two rules of one name would be told apart by nothing, and count together. */
function sameNames(rules: readonly RuleFacts[], at: Path, source: Source): readonly [] {
  const names = new Set<string>();
  for (const [i, { name }] of rules.entries()) {
    if (names.has(name)) source.problem([...at, "rules", i, "name"], `"${name}" is the name of another rule of this tool too`);
    names.add(name);
  }
  return [];
}

/** What an entry says directly: its action, its conditions, its rates. */
function ownRules(pattern: string, facts: EntryFacts, at: Path, source: Source): readonly Rule[] {
  const rules: Rule[] = [];
  const { action, conditions } = facts;
  if (action !== undefined)
    rules.push(ruleOf("action", action, facts.reason ?? reasonFor(action, pattern), facts, source.line([...at, "action"])));
  else checkTerms(facts, at, source);
  if (conditions !== undefined) {
    const when: Condition = { not: { all: conditions.map((one, i) => compileCondition(one, [...at, "conditions", i], source)) } };
    const reason = facts.on_deny ?? `the arguments of ${pattern} are not as the policy wants them`;
    rules.push({ name: "conditions", line: source.line([...at, "conditions"]), when, action: "deny", reason, limits: [] });
  } else if (facts.on_deny !== undefined)
    source.problem([...at, "on_deny"], '"on_deny" is for "conditions", which are missing', "key");
  const limits = compileRates(facts.rate_limit, "rate_limit", [...at, "rate_limit"], source);
  if (limits.length > 0)
    rules.push({ name: "rate_limit", line: source.line([...at, "rate_limit"]), action: "allow", reason: "", limits });
  return rules;
}

function compileRule(facts: RuleFacts, pattern: string, at: Path, source: Source): Rule {
  const { name, when, reason } = facts;
  const limits = compileRates(facts.rate_limit, name, [...at, "rate_limit"], source);
  if (facts.action === undefined && limits.length === 0)
    source.problem(at, `"action" is missing: allow, require_approval or deny`, "key");
  const action = facts.action ?? "allow";
  if (action === "deny" && limits.length > 0)
    source.problem([...at, "rate_limit"], "a call that is denied counts for nothing", "key");
  if (action !== "require_approval") checkTerms(facts, at, source);
  return {
    ...ruleOf(name, action, reason ?? reasonFor(action, `${pattern}: ${name}`), facts, source.line(at)),
    ...present({ when: when && compileConditions(when, [...at, "when"], source) }),
    limits,
  };
}

const ruleOf = (name: string, action: Decision, reason: string, facts: TermFacts, line: number): Rule => ({
  name,
  line,
  action,
  reason,
  ...(action === "require_approval" ? { approval: termsOf(facts) } : {}),
  limits: [],
});

function reasonFor(action: Decision, what: string): string {
  if (action === "allow") return "";
  return action === "deny" ? `the policy denies ${what}` : `the policy wants approval for ${what}`;
}

function termsOf({ timeout, on_timeout, channel }: TermFacts): Partial<ApprovalTerms> {
  return present({ timeout: timeout === undefined ? undefined : secondsOf(timeout), onTimeout: on_timeout, channel });
}

function checkTerms(facts: TermFacts, at: Path, source: Source): void {
  for (const key of ["timeout", "on_timeout", "channel"] as const)
    if (facts[key] !== undefined) source.problem([...at, key], `"${key}" is for require_approval`, "key");
}
