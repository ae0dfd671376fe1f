import { isIn } from "../../containment/spots.ts";
import type { SandboxKnowledge } from "../../knowledge/sandbox.ts";
import type { Verdict } from "../../model/finding.ts";
import type { Sandbox } from "../../model/sandbox.ts";
import type { Case } from "../../suite/case.ts";
import { type Opening, sandboxWith, wantedBy } from "./openings.ts";

/** An opening, and cases that are not allowed without it. */
export interface Forced extends Opening {
  readonly by: readonly Case[];
}

export interface Suggestion {
  readonly sandbox: Sandbox;
  readonly openings: readonly Forced[];
  /** Cases that the sandbox allows. */
  readonly allowed: readonly Case[];
  /** Cases that no opening of folders and hosts makes allowed, with the rules that stand against it. */
  readonly left: readonly { readonly given: Case; readonly rules: readonly string[] }[];
}

export type Judge = (given: Case, sandbox: Sandbox) => Verdict;

const keyOf = ({ kind, name }: Opening): string => `${kind} ${name}`;

/** Allowed, and nothing of it reaches the host. */
const fits = ({ decision, containment }: Verdict): boolean =>
  decision === "allow" && !(containment?.reaches ?? []).some(({ to }) => to === "host");

/** The smallest sandbox that allows the cases: opened by what they do, then closed again wherever none of them needs it. */
export function suggestSandbox(cases: readonly Case[], judge: Judge, knowledge: SandboxKnowledge): Suggestion {
  const wanting = new Map<string, { readonly opening: Opening; readonly cases: Case[] }>();
  const needy: Case[] = [];
  const closed = sandboxWith([]);
  for (const given of cases) {
    const verdict = judge(given, closed);
    if (fits(verdict)) continue;
    needy.push(given);
    for (const opening of wantedBy(verdict, knowledge)) note(wanting, opening, given);
  }
  const widest = sandboxWith([...wanting.values()].map(({ opening }) => opening));
  const verdicts = needy.map((given) => ({ given, verdict: judge(given, widest) }));
  const possible = new Set(verdicts.flatMap(({ given, verdict }) => (fits(verdict) ? [given] : [])));
  const left = verdicts.flatMap(({ given, verdict }) =>
    fits(verdict) ? [] : [{ given, rules: [...new Set(verdict.findings.map(({ rule }) => rule))] }],
  );
  const openings = closeAgain(wanting, possible, judge);
  const missed = new Set(left.map(({ given }) => given));
  return { sandbox: sandboxWith(openings), openings, allowed: cases.filter((given) => !missed.has(given)), left };
}

type Wanting = Map<string, { readonly opening: Opening; readonly cases: Case[] }>;

function note(wanting: Wanting, opening: Opening, given: Case): void {
  const known = wanting.get(keyOf(opening));
  if (!known) wanting.set(keyOf(opening), { opening, cases: [given] });
  else if (!known.cases.includes(given)) known.cases.push(given);
}

/** Deepest folders first: where the folder around one is open as well, that one does for both. */
function closeAgain(wanting: Wanting, possible: ReadonlySet<Case>, judge: Judge): readonly Forced[] {
  const open = new Map([...wanting].map(([key, { opening }]) => [key, opening]));
  const kept: Forced[] = [];
  for (const [key, { opening, cases }] of [...wanting].sort(([a], [b]) => b.length - a.length)) {
    open.delete(key);
    if (opening.kind === "folder" && [...open.values()].some(({ kind, name }) => kind === "folder" && isIn(opening.name, name)))
      continue;
    const sandbox = sandboxWith(open.values());
    // What breaks here breaks with fewer openings too, so that each is asked about once.
    const by = cases.filter((given) => possible.has(given) && !fits(judge(given, sandbox)));
    if (by.length === 0) continue;
    open.set(key, opening);
    kept.push({ ...opening, by });
  }
  return kept;
}
