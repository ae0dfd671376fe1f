import type { Row } from "../knowledge/profile.ts";
import type { Finding } from "../model/finding.ts";
import type { JudgedDoubt } from "../rules/doubts.ts";

/** The row of a profile that a finding falls under. */
export const rowOfFinding = (finding: Pick<Finding, "severity" | "certainty">): Row =>
  `finding ${finding.severity} ${finding.certainty}`;

/**
 * The row of a profile that a doubt falls under. A program that only the operator can have chosen is the operator's; which of several
 * the command itself chose cannot be told, so that is foreign.
 */
export function rowOfDoubt({ doubt, sensitive }: JudgedDoubt): Row {
  const touches = sensitive ? "sensitive" : "inert";
  switch (doubt.kind) {
    case "syntax":
      return "doubt syntax";
    case "limit":
      return "doubt limit";
    case "hidden-program":
      return doubt.by === "operator" ? "doubt hidden-program operator" : "doubt hidden-program foreign";
    case "hidden-argument":
      return doubt.role === "argument" ? `doubt hidden-argument ${touches}` : "doubt hidden-argument exposed";
    case "unknown-option":
      return `doubt unknown-option ${touches}`;
    case "unknown-command":
      return `doubt unknown-command ${touches}`;
    case "unexplained-argument":
      return `doubt unexplained-argument ${touches}`;
    case "opaque-code":
      return doubt.source === "project" ? "doubt opaque-code project" : "doubt opaque-code foreign";
  }
}
