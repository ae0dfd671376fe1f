import type { Doubt } from "../model/doubt.ts";
import { DECISIONS, type Decision, type Finding, type Verdict } from "../model/finding.ts";
import type { Span } from "../model/span.ts";
import type { Input } from "../model/subject.ts";
import { clean } from "./clean.ts";
import { containmentLines } from "./containment.ts";
import { excerpts } from "./excerpt.ts";
import { DECISION_STYLE, type Paint, SEVERITY_STYLE } from "./paint.ts";
import { phrase } from "./phrase.ts";

/** How a report for people is drawn. */
export interface Look {
  readonly paint: Paint;
  /** Columns a line of the input is cut to. */
  readonly width: number;
}

/** Doubts and findings shown before the rest is only counted. */
const MOST = 20;

/** The verdict for people: decision, then each finding and doubt with the part of the input it is about. */
export function pretty(verdict: Verdict, input: Input, look: Look): string {
  const lines = [headline(verdict, look.paint)];
  for (const finding of verdict.findings.slice(0, MOST))
    lines.push(...findingLines(finding, input, look, verdict.containment?.lowered.includes(finding)));
  const doubts = alike(verdict);
  for (const group of doubts.slice(0, MOST)) lines.push(...doubtLines(group, input, look));
  const more = Math.max(0, verdict.findings.length - MOST) + Math.max(0, doubts.length - MOST);
  if (more > 0) lines.push(`  … and ${more} more; --format json has all`);
  lines.push(...containmentLines(verdict, look.paint));
  return `${lines.join("\n")}\n`;
}

/** `deny  risk 97`; a profile that only observes says what it would have decided. */
export function headline(verdict: Verdict, paint: Paint): string {
  const observed = verdict.would === verdict.decision ? "" : `  (${verdict.profile} only: would be ${verdict.would})`;
  return `${paint(verdict.decision, "bold", DECISION_STYLE[verdict.decision])}  risk ${verdict.risk}${observed}`;
}

function findingLines(finding: Finding, input: Input, look: Look, contained = false): string[] {
  const { paint } = look;
  return [
    `  ${paint(clean(finding.rule), "bold")}  ${paint(finding.severity, SEVERITY_STYLE[finding.severity])}, ${finding.certainty}${contained ? ", contained" : ""}`,
    `    ${clean(finding.message)}`,
    ...excerptLines(input, finding.evidence, look),
    ...(finding.remediation === "" ? [] : [`    ${clean(phrase(finding.remediation))}`]),
  ];
}

/** Those that cost nothing are told in one line. */
function doubtLines({ doubt, cost, spans }: Alike, input: Input, look: Look): string[] {
  const { paint } = look;
  const text = clean(doubt.text) + (spans.length > 1 ? ` (${spans.length} times)` : "");
  if (cost === "allow") return [`  ${paint(doubt.kind, "dim")}  reported: ${text}`];
  const head = `  ${paint(doubt.kind, "bold")}  doubt, ${paint(cost, DECISION_STYLE[cost])}`;
  return [head, `    ${text}`, ...excerptLines(input, spans, look)];
}

/** What the profile made of a doubt. */
export function costOf(doubt: Doubt, verdict: Verdict): Decision {
  const reason = verdict.reasons.find(({ row, about }) => about === doubt.text && row.startsWith(`doubt ${doubt.kind}`));
  return reason?.decision ?? "allow";
}

interface Alike {
  readonly doubt: Doubt;
  readonly cost: Decision;
  readonly spans: Span[];
}

/** Doubts that say the same are one; those that cost most come first. */
function alike(verdict: Verdict): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const doubt of verdict.doubts) {
    const key = `${doubt.kind} ${doubt.text}`;
    const group = groups.get(key);
    if (group) group.spans.push(doubt.span);
    else groups.set(key, { doubt, cost: costOf(doubt, verdict), spans: [doubt.span] });
  }
  return [...groups.values()].sort((a, b) => DECISIONS.indexOf(b.cost) - DECISIONS.indexOf(a.cost));
}

/** The input's lines that hold the spans, each with its carets. */
export function excerptLines(input: Input, spans: readonly Span[], look: Look): string[] {
  return excerpts(input, spans, look.width).flatMap(({ label, text, carets }) => [
    `    ${look.paint(label, "dim")}${text}`,
    `    ${" ".repeat(label.length)}${look.paint(carets, "cyan")}`,
  ]);
}
