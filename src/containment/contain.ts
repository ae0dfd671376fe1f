import type { Knowledge } from "../knowledge/knowledge.ts";
import type { SandboxKnowledge } from "../knowledge/sandbox.ts";
import type { Effect } from "../model/effect.ts";
import type { Containment, Facts, Finding, Severity } from "../model/finding.ts";
import type { Flow, Port } from "../model/flow.ts";
import { HERE } from "../model/place.ts";
import type { Reach, Sandbox } from "../model/sandbox.ts";
import type { Span } from "../model/span.ts";
import { exact, exactText, printValue } from "../model/value.ts";
import { type CompiledRules, compileRules } from "../rules/compile.ts";
import { match } from "../rules/match.ts";
import { closedFindings } from "./closed.ts";
import { isHeld, losses } from "./losses.ts";
import { ask } from "./question.ts";
import { type Around, reachOf } from "./reach.ts";

/** What judging containment needs besides the facts. */
export interface Judged {
  readonly facts: Facts;
  readonly findings: readonly Finding[];
  readonly rules: CompiledRules;
  readonly knowledge: Knowledge;
  readonly sandboxes: SandboxKnowledge;
  readonly textAt: (span: Span) => string;
}

/** What a sandbox makes of what a command does: where each effect ends up, which findings cost less, and which are new. */
export function contain(sandbox: Sandbox, judged: Judged): Containment {
  const { facts, findings, sandboxes } = judged;
  const around: Around = { sandbox, knowledge: sandboxes, remounts: facts.effects.some(({ kind }) => kind === "mount") };
  const reaches = facts.effects.map((effect) => reachOf(effect, around));
  return {
    sandbox: sandbox.name,
    reaches,
    lowered: loweredFindings(sandbox, judged, reaches, around),
    findings: [
      ...escapeFindings(sandbox, judged),
      ...closedFindings(facts, reaches, around, judged.textAt),
      ...seenFromOutside(judged, findings, reaches),
    ],
  };
}

const escapes = new WeakMap<Knowledge, CompiledRules>();

/** Ways out that the command tries: possible here, or said not to be. */
function escapeFindings(sandbox: Sandbox, { facts, knowledge, sandboxes, rules, textAt }: Judged): readonly Finding[] {
  let compiled = escapes.get(knowledge);
  if (!compiled) {
    compiled = compileRules(
      sandboxes.escapes.map(({ rule }) => rule),
      knowledge.sets,
    );
    escapes.set(knowledge, compiled);
  }
  return match(facts, compiled, textAt).flatMap((finding) => {
    const way = sandboxes.escapes.find(({ rule }) => rule.id === finding.rule);
    if (!way) return [];
    const { truth, items } = ask(way.needs, sandbox, rules.sets);
    const through = [...new Set(items.map(({ text }) => text))].join(", ");
    if (truth === "no")
      return [{ ...finding, severity: "medium" as const, message: `${finding.message}: not possible in this sandbox` }];
    const message =
      truth === "yes"
        ? `${finding.message}: possible here (${through})`
        : `${finding.message}: may be possible here (${through})`;
    return [{ ...finding, certainty: truth === "yes" ? finding.certainty : ("possible" as const), message }];
  });
}

/** A finding costs less if it would be the same had the command done only what stays inside, and is not there without that. */
function loweredFindings(
  sandbox: Sandbox,
  { facts, findings, rules, sandboxes, textAt }: Judged,
  reaches: readonly Reach[],
  around: Around,
): readonly Finding[] {
  const candidates = findings.filter(({ rule }) => sandboxes.lowers.includes(rule.split("/")[0] ?? ""));
  if (sandbox.lifetime !== "ephemeral" || candidates.length === 0) return [];
  const inside = facts.effects.filter((effect, i) => reaches[i]?.to === "contained" && isHeld(effect, sandbox));
  const { held, loose } = losses(facts.flows, sandbox, (port) => portReach(port, around));
  const within = match({ ...facts, effects: inside, flows: held }, rules, textAt);
  const without = match(
    { ...facts, effects: facts.effects.filter((effect) => !inside.includes(effect)), flows: loose },
    rules,
    textAt,
  );
  return candidates.filter(
    (finding) => within.some((other) => isSame(finding, other)) && !without.some(({ rule }) => rule === finding.rule),
  );
}

function isSame(a: Finding, b: Finding): boolean {
  return (
    a.rule === b.rule &&
    a.certainty === b.certainty &&
    a.evidence.length === b.evidence.length &&
    a.evidence.every(({ start, end, argument }, i) => {
      const other = b.evidence[i];
      return other?.start === start && other.end === end && other.argument === argument;
    })
  );
}

function portReach(port: Port, around: Around): Reach {
  if (port.kind !== "file") return { to: "unknown" };
  const effect: Effect = {
    kind: "write",
    on: port.on,
    attributes: {},
    place: port.place,
    programs: [],
    when: "now",
    span: { start: 0, end: 0 },
  };
  const [read, written] = [reachOf({ ...effect, kind: "read" }, around), reachOf(effect, around)];
  return read.to === "contained" ? written : read;
}

/** What the rules say of the host's own files that the command reaches through mounts, where they say nothing of the paths inside. */
function seenFromOutside(
  { facts, rules, textAt }: Judged,
  findings: readonly Finding[],
  reaches: readonly Reach[],
): readonly Finding[] {
  const mapped = new Map<string, string>();
  const effects = facts.effects.flatMap((effect, i): Effect[] => {
    const as = reaches[i]?.as;
    const inside = exactText(effect.on.value);
    if (effect.on.kind !== "path" || as === undefined || inside === undefined || as === inside) return [];
    mapped.set(inside, as);
    return [{ ...effect, on: { kind: "path", value: exact(as, effect.on.value.from) }, place: HERE }];
  });
  if (effects.length === 0) return [];
  const outside = (port: Port): Port => {
    const as = port.kind === "file" ? mapped.get(printValue(port.on.value)) : undefined;
    return port.kind === "file" && as !== undefined ? { ...port, on: { kind: "path", value: exact(as) }, place: HERE } : port;
  };
  const flows = facts.flows
    .map((flow): Flow => ({ ...flow, from: outside(flow.from), to: outside(flow.to) }))
    .filter((flow, i) => flow.from !== facts.flows[i]?.from || flow.to !== facts.flows[i]?.to);
  return (
    match({ effects, flows, invocations: [], doubts: [] }, rules, textAt)
      // A folder is mounted to be worked in; what is merely asked about elsewhere is meant here.
      .filter(({ rule, severity }) => isGrave(severity) && !findings.some((finding) => finding.rule === rule))
      .map((finding) => ({ ...finding, message: `${finding.message}, as the host names it` }))
  );
}

const isGrave = (severity: Severity): boolean => severity === "high" || severity === "critical";
