import type { Rule } from "../knowledge/rule.ts";
import { printData } from "./data.ts";
import { type Paint, SEVERITY_STYLE } from "./paint.ts";
import { phrase } from "./phrase.ts";

/** Rules in columns, one a line. */
export function ruleList(rules: readonly Rule[], paint: Paint): string {
  const sorted = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const widest = Math.max(0, ...sorted.map((rule) => rule.id.length));
  return sorted
    .map((rule) => `${rule.id.padEnd(widest)}  ${paint(rule.severity.padEnd(8), SEVERITY_STYLE[rule.severity])}  ${rule.title}\n`)
    .join("");
}

/** One rule with all that is known about it. */
export function ruleDetails(rule: Rule, paint: Paint): string {
  const references = [...rule.attack, ...rule.cwe.map((id) => `CWE-${id}`)].join(", ");
  return [
    `${paint(rule.id, "bold")}  ${paint(rule.severity, SEVERITY_STYLE[rule.severity])}, ${rule.status}`,
    `  ${phrase(rule.title)}`,
    `  says      ${rule.message}`,
    `  instead   ${phrase(rule.remediation)}`,
    `  about     ${references}`,
    `  when      ${printData(rule.when)}`,
    "",
  ].join("\n");
}
