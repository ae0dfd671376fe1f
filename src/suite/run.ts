import { type Analyzer, createAnalyzer } from "../index.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { DECISIONS, type Decision, type Verdict } from "../model/finding.ts";
import type { Case, Expectation } from "./read.ts";

/** Judges cases; one analyzer for each profile. */
export class Runner {
  private readonly knowledge: Knowledge;
  private readonly analyzers = new Map<string, Analyzer>();

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge;
  }

  verdict({ input, context, profile }: Case): Verdict {
    const analyzer = this.analyzers.get(profile) ?? createAnalyzer({ knowledge: this.knowledge, profile });
    this.analyzers.set(profile, analyzer);
    return analyzer.analyze(input, context);
  }

  /** What the verdict says otherwise than the case expects, one line each; nothing if it passes. */
  misses(given: Case): readonly string[] {
    return compare(given, this.verdict(given));
  }
}

/** Every expectation that the verdict does not meet. */
export function compare({ expect }: Case, verdict: Verdict): readonly string[] {
  const fired = verdict.findings.map((finding) => finding.rule);
  const attack = new Set(verdict.findings.flatMap((finding) => finding.attack));
  const doubts = new Set<string>(verdict.doubts.map((doubt) => doubt.kind));
  const because = fired.length > 0 ? ` (${[...new Set(fired)].join(", ")})` : ` (${[...doubts].join(", ") || "nothing found"})`;
  return [
    ...(meets(verdict.decision, expect) ? [] : [`decision is ${verdict.decision}, not ${wanted(expect)}${because}`]),
    ...(expect.rules ?? []).filter((rule) => !fired.includes(rule)).map((rule) => `${rule} is silent${because}`),
    ...(expect.rules?.length === 0 && fired.length > 0 ? [`no rule should fire${because}`] : []),
    ...expect.attack.filter((technique) => !attack.has(technique)).map((technique) => `no finding names ${technique}${because}`),
    ...expect.doubts.filter((kind) => !doubts.has(kind)).map((kind) => `there is no doubt ${kind}${because}`),
  ];
}

function meets(given: Decision, { decision, orStricter }: Expectation): boolean {
  if (decision === "record" || given === decision) return true;
  return orStricter && DECISIONS.indexOf(given) > DECISIONS.indexOf(decision);
}

const wanted = ({ decision, orStricter }: Expectation): string => (orStricter ? `at least ${decision}` : decision);
