import type { Certainty, Decision, Severity, Verdict } from "../model/finding.ts";
import { clean } from "./clean.ts";
import { Lines } from "./lines.ts";
import { DECISION_STYLE, SEVERITY_STYLE } from "./paint.ts";
import { costOf, excerptLines, type Look } from "./pretty.ts";
import { verdictJson } from "./verdict-json.ts";

/** One script and what was found out about it. */
export interface Linted {
  readonly file: string;
  readonly text: string;
  readonly shell: string;
  readonly verdict: Verdict;
}

/** Findings and doubts of one script in the order in which they stand, for people. Doubts that cost nothing are left to `explain` and JSON. */
export function lintPretty(linted: Linted, look: Look): string {
  const { file, text, verdict } = linted;
  const lines = new Lines(text);
  const found = [
    ...verdict.findings.map((finding) => ({
      span: finding.evidence[0],
      spans: finding.evidence,
      head: findingHead(finding, look),
      message: finding.message,
    })),
    ...verdict.doubts
      .filter((doubt) => costOf(doubt, verdict) !== "allow")
      .map((doubt) => ({
        span: doubt.span,
        spans: [doubt.span],
        head: `doubt ${doubt.kind}`,
        message: doubt.text,
      })),
  ];
  return found
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span, spans, head, message }) => {
      const { line, column } = lines.position(span.start);
      return [
        `${clean(file)}:${line}:${column}: ${head}: ${clean(message)}`,
        ...excerptLines({ command: text }, spans, look),
        "",
      ].join("\n");
    })
    .join("");
}

const findingHead = (finding: { rule: string; severity: Severity; certainty: Certainty }, { paint }: Look): string =>
  `${paint(finding.severity, SEVERITY_STYLE[finding.severity])}, ${finding.certainty} ${paint(clean(finding.rule), "bold")}`;

/** `3 files: 1 deny, 2 allow`. */
export function lintSummary(decisions: readonly Decision[], { paint }: Look): string {
  const counts = (["deny", "require_approval", "allow"] as const)
    .map((decision) => ({ decision, count: decisions.filter((other) => other === decision).length }))
    .filter(({ count }) => count > 0)
    .map(({ decision, count }) => `${count} ${paint(decision, DECISION_STYLE[decision])}`);
  return `${decisions.length} ${decisions.length === 1 ? "file" : "files"}: ${counts.join(", ")}\n`;
}

/** A verdict whose findings and doubts also say line and column. */
export function lintJson({ file, text, shell, verdict }: Linted): Record<string, unknown> {
  const lines = new Lines(text);
  const place = (span: { readonly start: number; readonly end: number }) => {
    const end = lines.position(span.end);
    return { ...lines.position(span.start), end_line: end.line, end_column: end.column };
  };
  const { findings, doubts, ...rest } = verdictJson(verdict);
  return {
    file,
    shell,
    ...rest,
    findings: findings.map((finding) => ({ ...finding, ...place(finding.evidence[0]) })),
    doubts: doubts.map((doubt) => ({ ...doubt, ...place(doubt) })),
  };
}
