import { type Facts, type Finding, SEVERITIES } from "../model/finding.ts";
import type { Span } from "../model/span.ts";
import { and, not, or, type Truth } from "../model/truth.ts";
import type { CompiledRule, CompiledRules } from "./compile.ts";
import type { AnyLeaf, Condition } from "./conditions.ts";
import { evidenceOf, inOrder, SHOWN, spansOf } from "./evidence.ts";
import { anyEffectKey, anyFlowKey, effectKey, flowKey } from "./leaf-index.ts";
import { doubtHolds, effectHolds, flowHolds, hitsOfPort, hitsOfProgram, invocationHolds } from "./leaves.ts";
import { type Fact, fill } from "./message.ts";

/** A leaf is or may be true of a fact. */
interface Match {
  readonly truth: "yes" | "maybe";
  readonly fact: Fact;
}

type Matches = ReadonlyMap<number, readonly Match[]>;

/**
 * What the rules say of the facts: at most one finding a rule, the most severe first. A rule without `not` that fires on some facts
 * fires on more of them.
 */
export function match(facts: Facts, rules: CompiledRules, textAt: (span: Span) => string): readonly Finding[] {
  const matches = matchLeaves(facts, rules);
  if (matches.size === 0) return [];
  const touched = new Set<number>();
  for (const leaf of matches.keys()) touched.add(rules.ruleOf[leaf] ?? -1);
  const findings: Finding[] = [];
  for (const number of [...touched].sort((a, b) => a - b)) {
    const rule = rules.rules[number];
    const finding = rule && find(rule, matches, textAt);
    if (finding) findings.push(finding);
  }
  return findings.sort(bySeverity);
}

/** The most severe first, of those the certain ones. */
export function bySeverity(a: Finding, b: Finding): number {
  const severity = SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
  return severity !== 0 || a.certainty === b.certainty ? severity : a.certainty === "certain" ? -1 : 1;
}

function matchLeaves(facts: Facts, { sets, index }: CompiledRules): Matches {
  const matches = new Map<number, Match[]>();
  for (const effect of facts.effects) {
    const hits = sets.of(effect.on);
    const fact: Fact = { of: "effect", effect };
    for (const leaf of index.effects.get(anyEffectKey(effect.kind, effect.on.kind)) ?? NO_LEAVES)
      note(matches, fact, leaf, effectHolds(sets, leaf, effect, hits));
    for (const hit of hits) {
      for (const leaf of index.effectsBySet.get(effectKey(effect.kind, hit.set)) ?? NO_LEAVES)
        note(matches, fact, leaf, effectHolds(sets, leaf, effect, hits));
    }
  }
  for (const flow of facts.flows) {
    const from = hitsOfPort(sets, flow.from);
    const to = hitsOfPort(sets, flow.to);
    const fact: Fact = { of: "flow", flow };
    for (const leaf of index.flows.get(anyFlowKey(flow.from.kind, flow.to.kind)) ?? NO_LEAVES)
      note(matches, fact, leaf, flowHolds(sets, leaf, flow, from, to));
    for (const hit of from) {
      for (const leaf of index.flowsBySource.get(flowKey(hit.set, flow.to.kind)) ?? NO_LEAVES)
        note(matches, fact, leaf, flowHolds(sets, leaf, flow, from, to));
    }
    for (const hit of to) {
      for (const leaf of index.flowsByTarget.get(flowKey(hit.set, flow.from.kind)) ?? NO_LEAVES)
        note(matches, fact, leaf, flowHolds(sets, leaf, flow, from, to));
    }
  }
  for (const invocation of facts.invocations) {
    const hits = hitsOfProgram(sets, invocation);
    const fact: Fact = { of: "invocation", invocation };
    for (const leaf of index.invocations) note(matches, fact, leaf, invocationHolds(sets, leaf, invocation, hits));
    for (const hit of hits) {
      for (const leaf of index.invocationsBySet.get(hit.set) ?? NO_LEAVES)
        note(matches, fact, leaf, invocationHolds(sets, leaf, invocation, hits));
    }
  }
  for (const doubt of facts.doubts) {
    const fact: Fact = { of: "doubt", doubt };
    for (const leaf of index.doubts.get(doubt.kind) ?? NO_LEAVES) note(matches, fact, leaf, doubtHolds(leaf, doubt));
  }
  return matches;
}

const NO_LEAVES: readonly never[] = [];

/** Keeps what holds; a leaf found by several sets of one fact is kept once. */
function note(matches: Map<number, Match[]>, fact: Fact, leaf: AnyLeaf, truth: Truth): void {
  if (truth === "no") return;
  const known = matches.get(leaf.id);
  if (!known) matches.set(leaf.id, [{ truth, fact }]);
  else if (known.at(-1)?.fact !== fact) known.push({ truth, fact });
}

interface Outcome {
  readonly truth: Truth;
  readonly facts: readonly Fact[];
}

function evaluate(condition: Condition, matches: Matches): Outcome {
  switch (condition.of) {
    case "all":
      return allOf(condition.parts, matches);
    case "any":
      return anyOf(condition.parts, matches);
    case "not":
      return { truth: not(evaluate(condition.part, matches).truth), facts: [] };
    case "effect":
    case "flow":
    case "invocation":
    case "doubt":
      return leafOutcome(matches.get(condition.id));
  }
}

const NOTHING: Outcome = { truth: "no", facts: [] };

function allOf(parts: readonly Condition[], matches: Matches): Outcome {
  let truth: Truth = "yes";
  const facts: (readonly Fact[])[] = [];
  for (const part of parts) {
    const one = evaluate(part, matches);
    truth = and(truth, one.truth);
    if (truth === "no") return NOTHING;
    facts.push(one.facts);
  }
  return { truth, facts: inTurn(facts) };
}

/** Certain parts speak alone where there are any. */
function anyOf(parts: readonly Condition[], matches: Matches): Outcome {
  let truth: Truth = "no";
  const found: Outcome[] = [];
  for (const part of parts) {
    const one = evaluate(part, matches);
    if (one.truth === "no") continue;
    truth = or(truth, one.truth);
    found.push(one);
  }
  if (truth === "no") return NOTHING;
  return { truth, facts: inTurn(found.filter((one) => one.truth === truth).map((one) => one.facts)) };
}

/** Certain facts speak alone where there are any. */
function leafOutcome(found: readonly Match[] | undefined): Outcome {
  const only = found?.[0];
  if (!found || !only) return NOTHING;
  if (found.length === 1) return { truth: only.truth, facts: [only.fact] };
  const certain = found.filter((match) => match.truth === "yes");
  const kept = (certain.length > 0 ? certain : found).map((match) => match.fact);
  const truth = certain.length > 0 ? "yes" : "maybe";
  return { truth, facts: kept.length > 1 ? kept.sort((a, b) => inOrder(spansOf(a)[0], spansOf(b)[0])).slice(0, SHOWN) : kept };
}

/** The first of each part, then the second of each: no part goes without evidence when only a few are shown. */
function inTurn(parts: readonly (readonly Fact[])[]): readonly Fact[] {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const longest = Math.max(0, ...parts.map((part) => part.length));
  return Array.from({ length: longest }, (_, i) => parts.map((part) => part[i]))
    .flat()
    .filter((fact) => fact !== undefined);
}

function find({ rule, when, message }: CompiledRule, matches: Matches, textAt: (span: Span) => string): Finding | undefined {
  const { truth, facts } = evaluate(when, matches);
  const [first] = facts;
  if (truth === "no" || !first) return undefined;
  return {
    rule: rule.id,
    severity: rule.severity,
    certainty: truth === "yes" ? "certain" : "possible",
    message: fill(message, facts),
    remediation: rule.remediation,
    attack: rule.attack,
    cwe: rule.cwe,
    evidence: evidenceOf(first, facts, textAt),
  };
}
