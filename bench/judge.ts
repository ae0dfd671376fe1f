import { type Analyzer, type Decision, printEffect, type Verdict } from "../src/index.ts";
import type { Row } from "./rows.ts";

const RANK: Readonly<Record<Decision, number>> = { allow: 0, require_approval: 1, deny: 2 };

/** A row with its verdict, as far as the tables and lists need it. */
export interface Judged {
  readonly row: Row;
  readonly decision: Decision;
  /** What decided, or for an allowed row what was noticed: rules by name, doubts by kind and text. */
  readonly reasons: readonly string[];
  /** Name of the first program that runs. */
  readonly program: string;
  readonly effects: number;
}

export function judge(row: Row, analyzer: Analyzer): Judged {
  try {
    const verdict = analyzer.analyze(row.input, row.context);
    const program = verdict.invocations[0]?.known ?? "(unknown)";
    return { row, decision: verdict.decision, reasons: reasonsOf(verdict), program, effects: verdict.effects.length };
  } catch (error) {
    return {
      row,
      decision: "allow",
      reasons: [`CRASH ${error instanceof Error ? error.message : String(error)}`],
      program: "(crash)",
      effects: 0,
    };
  }
}

function reasonsOf(verdict: Verdict): readonly string[] {
  const deciding = verdict.reasons.filter((reason) => reason.decision === verdict.decision && reason.decision !== "allow");
  const decided = deciding.map(({ row, about }) =>
    row.startsWith("finding") ? `${ruleIn(about)} ${row.slice("finding ".length)}` : `${row}: ${about}`,
  );
  if (decided.length > 0) return [...new Set(decided)];
  const noticed = [
    ...verdict.findings.map((finding) => `(${finding.rule} ${finding.certainty})`),
    ...verdict.doubts.map((doubt) => `(${doubt.kind}: ${doubt.text})`),
  ];
  return noticed.length > 0 ? [...new Set(noticed)] : verdict.effects.slice(0, 3).map((effect) => `(${printEffect(effect)})`);
}

/** A finding is quoted as `message [pack/rule]`. */
const ruleIn = (about: string): string => about.slice(about.lastIndexOf("[") + 1).replace("]", "");

export const isFlagged = (judged: Judged): boolean => judged.decision !== "allow";
export const isDenied = (judged: Judged): boolean => judged.decision === "deny";
export const isStrongEnough = ({ row, decision }: Judged): boolean =>
  "weakest" in row.grade && RANK[decision] >= RANK[row.grade.weakest];
