import type { Decision } from "../model/finding.ts";
import { clean } from "./clean.ts";
import { DECISION_STYLE } from "./paint.ts";
import type { Look } from "./pretty.ts";

/** A case that is judged otherwise than before. */
export interface Change {
  readonly kind: "weaker" | "stricter" | "other rules";
  readonly file: string;
  readonly line: number;
  readonly suite: string;
  readonly name: string;
  readonly before: Decision;
  readonly after: Decision;
  readonly lost: readonly string[];
  readonly gained: readonly string[];
}

/** Two runs over the same suites. */
export interface Comparison {
  readonly changes: readonly Change[];
  readonly same: number;
  /** Cases that only this run has, and only the earlier one. */
  readonly added: number;
  readonly gone: number;
}

const KINDS: readonly Change["kind"][] = ["weaker", "stricter", "other rules"];

export const weaker = ({ changes }: Comparison): number => changes.filter(({ kind }) => kind === "weaker").length;

/** What changed, the weaker first, and how much did not. */
export function printComparison(comparison: Comparison, name: string, { paint }: Look): string {
  const { changes, same, added, gone } = comparison;
  const sorted = KINDS.flatMap((kind) => changes.filter((change) => change.kind === kind));
  const counts = [
    ...KINDS.map((kind) => `${changes.filter((change) => change.kind === kind).length} ${kind}`),
    `${same} the same`,
    ...(added > 0 ? [`${added} new`] : []),
    ...(gone > 0 ? [`${gone} gone`] : []),
  ];
  const sum = `compared with ${clean(name)}: ${counts.join(", ")}`;
  return [...sorted.flatMap((change) => lines(change, paint)), paint(sum, weaker(comparison) > 0 ? "red" : "green"), ""].join(
    "\n",
  );
}

function lines({ kind, file, line, suite, name, before, after, lost, gained }: Change, paint: Look["paint"]): readonly string[] {
  const decision = before === after ? before : `${before} → ${paint(after, DECISION_STYLE[after])}`;
  const head = `${paint(kind, kind === "weaker" ? "red" : "dim")}  ${decision}  ${clean(suite)} › ${clean(name)}`;
  return [
    `${head}  ${paint(`${clean(file)}:${line}`, "dim")}`,
    ...(lost.length > 0 ? [`  no longer ${lost.map(clean).join(", ")}`] : []),
    ...(gained.length > 0 ? [`  now ${gained.map(clean).join(", ")}`] : []),
  ];
}
