import type { Decision, Severity } from "../model/finding.ts";

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
type Style = keyof typeof CODES;

/** Puts colour on text, or leaves it. */
export type Paint = (text: string, ...styles: readonly Style[]) => string;

export const plain: Paint = (text) => text;

export const coloured: Paint = (text, ...styles) =>
  text === "" ? "" : `${styles.map((style) => `\u001b[${CODES[style]}m`).join("")}${text}\u001b[0m`;

export const DECISION_STYLE: Readonly<Record<Decision, Style>> = { allow: "green", require_approval: "yellow", deny: "red" };
export const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { low: "dim", medium: "yellow", high: "red", critical: "red" };
