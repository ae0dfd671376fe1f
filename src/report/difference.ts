import type { Rule } from "../knowledge/rule.ts";
import { printEffect } from "../model/effect.ts";
import { DECISIONS, type Decision, type Reason, type Verdict } from "../model/finding.ts";
import { printFlow } from "../model/flow.ts";
import type { Span } from "../model/span.ts";
import type { Input } from "../model/subject.ts";
import { clean } from "./clean.ts";
import { printData } from "./data.ts";
import { DECISION_STYLE } from "./paint.ts";
import { costOf, excerptLines, headline, type Look } from "./pretty.ts";

/** What a case wants of the verdict. */
export interface Wanted {
  readonly decision: Decision | "record";
  readonly orStricter: boolean;
  readonly rules: readonly string[] | undefined;
  readonly attack: readonly string[];
  readonly doubts: readonly string[];
}

/** Effects, flows and doubts shown before the rest is only counted. */
const MOST = 12;

/** For people: what was expected, what came, and what made the difference, each with the part of the input it is about. */
export function difference(
  input: Input,
  wanted: Wanted,
  verdict: Verdict,
  rules: readonly Rule[],
  look: Look,
): readonly string[] {
  const { paint } = look;
  const silent = (wanted.rules ?? []).filter((id) => !verdict.findings.some(({ rule }) => rule === id));
  const tooMild = strictness(verdict.decision) < strictness(wanted.decision) || silent.length > 0;
  return [
    `${paint("expected", "dim")}  ${clean(printWanted(wanted))}`,
    `${paint("came", "dim")}      ${headline(verdict, paint)}`,
    ...telling(wanted, verdict).flatMap((reason) => reasonLines(reason, input, verdict, look)),
    ...silent.flatMap((id) => silentLines(id, verdict, rules, look)),
    ...(tooMild ? understood(input, verdict, look) : []),
  ];
}

/** `deny, exfiltration/credential-to-network, T1048`. */
export function printWanted({ decision, orStricter, rules, attack, doubts }: Wanted): string {
  const told = rules?.length === 0 ? ["no rule"] : (rules ?? []);
  return [`${orStricter ? "at least " : ""}${decision}`, ...told, ...attack, ...doubts.map((kind) => `doubt ${kind}`)].join(", ");
}

const strictness = (decision: Decision | "record"): number => (decision === "record" ? 0 : DECISIONS.indexOf(decision));

/** The reasons for a verdict that is stricter than expected, or for what it is if that is too mild; findings where none may be. */
function telling({ decision: expected, orStricter, rules }: Wanted, { decision: came, reasons }: Verdict): readonly Reason[] {
  if (rules?.length === 0) return reasons.filter(({ row }) => row.startsWith("finding"));
  if (expected === "record" || (orStricter && strictness(came) >= strictness(expected))) return [];
  const tooMild = strictness(came) < strictness(expected);
  return reasons.filter(({ decision }) =>
    tooMild ? decision === came && came !== "allow" : strictness(decision) > strictness(expected),
  );
}

function reasonLines(
  { decision, row, about }: Reason,
  input: Input,
  verdict: Verdict,
  { paint, width }: Look,
): readonly string[] {
  const finding = verdict.findings.find(({ message, rule }) => about === `${message} [${rule}]`);
  const spans = finding?.evidence ?? verdict.doubts.filter(({ text }) => text === about).map(({ span }) => span);
  return [
    `${paint(decision, DECISION_STYLE[decision])} for ${row}`,
    `  ${clean(about)}`,
    ...indented(excerptLines(input, spans, { paint, width })),
  ];
}

/** What a rule that is silent looks for, and which doubts may hide it. */
function silentLines(id: string, verdict: Verdict, rules: readonly Rule[], { paint }: Look): readonly string[] {
  const rule = rules.find((known) => known.id === id);
  const hiding = verdict.doubts.filter(({ couldMeet }) => couldMeet?.includes(id));
  return [
    `${paint("silent", "dim")}    ${clean(id)}${rule ? `, which wants ${clean(printData(rule.when))}` : ""}`,
    ...hiding.slice(0, 1).map((doubt) => `  it may hide behind: ${doubt.kind}, ${clean(doubt.text)} (${costOf(doubt, verdict)})`),
  ];
}

/** What the analysis made of the command: the rules saw this and nothing else. */
function understood(input: Input, { effects, flows, doubts }: Verdict, look: Look): readonly string[] {
  const seen: readonly { readonly text: string; readonly spans: readonly Span[] }[] = [
    ...effects.map((effect) => ({ text: printEffect(effect), spans: [effect.span] })),
    ...flows.map((flow) => ({ text: printFlow(flow), spans: [flow.source, flow.sink] })),
    ...doubts.map(({ kind, text, span }) => ({ text: `doubt ${kind}: ${text}`, spans: [span] })),
  ];
  const title = look.paint("understood", "dim");
  if (seen.length === 0)
    return [`${title}  nothing: no effect, no flow, no doubt`, ...indented(excerptLines(input, [whole(input)], look))];
  return [
    title,
    ...seen.slice(0, MOST).flatMap(({ text, spans }) => [`  ${clean(text)}`, ...indented(excerptLines(input, spans, look))]),
    ...(seen.length > MOST ? [`  … and ${seen.length - MOST} more`] : []),
  ];
}

const whole = (input: Input): Span => ({ start: 0, end: ("command" in input ? input.command : (input.argv[0] ?? "")).length });

const indented = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.trim() !== "");
