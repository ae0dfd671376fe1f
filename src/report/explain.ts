import { type Effect, printEffect, printPlace } from "../model/effect.ts";
import type { Verdict } from "../model/finding.ts";
import { printFlow } from "../model/flow.ts";
import type { Invocation } from "../model/invocation.ts";
import { printResource } from "../model/resource.ts";
import type { Span } from "../model/span.ts";
import type { Input } from "../model/subject.ts";
import { printValue } from "../model/value.ts";
import { clean } from "./clean.ts";
import { DECISION_STYLE, type Paint, SEVERITY_STYLE } from "./paint.ts";
import { phrase } from "./phrase.ts";
import { excerptLines, headline, type Look } from "./pretty.ts";

/** Lines of one section before the rest is only counted. */
const MOST = 100;
const LONGEST = 160;

/** The whole reasoning for people: what runs, what it does, what moves, what is not known, which rules and which row decided. */
export function explain(verdict: Verdict, input: Input, look: Look): string {
  const { paint } = look;
  const lines = [
    `${headline(verdict, paint)}  profile ${verdict.profile}`,
    ...section(
      "runs",
      verdict.invocations.map((invocation) => [printInvocation(invocation)]),
      paint,
    ),
    ...section(
      "effects",
      verdict.effects.map((effect) => [short(printEffect(effect)) + origin(effect, paint)]),
      paint,
    ),
    ...section(
      "flows",
      verdict.flows.map((flow) => [short(printFlow(flow)) + (flow.maybe ? "  maybe" : "")]),
      paint,
    ),
    ...section(
      "doubts",
      verdict.doubts.map((doubt) => [`${doubt.kind}: ${short(doubt.text)}`, ...within(input, [doubt.span], look)]),
      paint,
    ),
    ...section(
      "rules",
      verdict.findings.map((finding) => ruleLines(finding, input, look)),
      paint,
    ),
    ...section("decided by", decidedBy(verdict, paint), paint),
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, entries: readonly (readonly string[])[], paint: Paint): string[] {
  const shown = entries
    .slice(0, MOST)
    .flat()
    .map((line) => `  ${line}`);
  const more = entries.length > MOST ? [`  … and ${entries.length - MOST} more`] : [];
  return ["", paint(title, "bold"), ...(entries.length === 0 ? ["  none"] : shown), ...more];
}

function printInvocation({ program, args, through, user, place, when }: Invocation): string {
  const words = short([program, ...args.map((argument) => argument.value)].map(printValue).map(quoted).join(" "));
  const around = [
    through.length > 0 ? `through ${through.join(", ")}` : "",
    user ? `as ${printValue(user)}` : "",
    printPlace(place).trim(),
    when === "now" ? "" : `later by ${printResource(when.deferredBy)}`,
  ].filter((part) => part !== "");
  return words + (around.length > 0 ? clean(`  (${around.join("; ")})`) : "");
}

/** So that one argument with blanks is not taken for two. */
const quoted = (word: string): string => (word === "" || word.includes(" ") || word.includes("\n") ? `'${word}'` : word);
const short = (text: string): string => clean(text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

const origin = (effect: Effect, paint: Paint): string =>
  paint(effect.programs.length > 0 ? `  by ${clean(effect.programs.join(" > "))}` : "", "dim");

function ruleLines(finding: Verdict["findings"][number], input: Input, look: Look): string[] {
  const { paint } = look;
  const references = [...finding.attack, ...finding.cwe.map((id) => `CWE-${id}`)].join(", ");
  return [
    `${paint(clean(finding.rule), "bold")}  ${paint(finding.severity, SEVERITY_STYLE[finding.severity])}, ${finding.certainty}  ${references}`.trimEnd(),
    `  by: ${clean(finding.message)}`,
    ...within(input, finding.evidence, look),
    `  instead: ${clean(phrase(finding.remediation))}`,
  ];
}

const within = (input: Input, spans: readonly Span[], look: Look): string[] =>
  excerptLines(input, spans, look).map((line) => line.slice(2));

function decidedBy(verdict: Verdict, paint: Paint): string[][] {
  return verdict.reasons.map(({ decision, row, about }) => [
    `${paint(decision, DECISION_STYLE[decision])}  ${row}${about === "" ? "" : `: ${short(about)}`}`,
  ]);
}
