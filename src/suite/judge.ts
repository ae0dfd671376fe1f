import { type Analyzer, createAnalyzer } from "../index.ts";
import { readToolCall } from "../intake/tool-call.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { contextOf } from "../load/examples.ts";
import type { Verdict } from "../model/finding.ts";
import type { Context, Input } from "../model/subject.ts";
import { over } from "./case.ts";
import type { WrittenCase } from "./written.ts";

/** Judges cases as they are written; one analyzer for each profile. */
export class Judge {
  private readonly knowledge: Knowledge;
  private readonly world: Context;
  private readonly analyzers = new Map<string, Analyzer>();

  /** `world`: what cases know unless they say otherwise. */
  constructor(knowledge: Knowledge, world: Context = {}) {
    this.knowledge = knowledge;
    this.world = world;
  }

  /** One verdict for each command of the case. */
  verdicts({ command, commands, argv, call, context, profile = "standard" }: WrittenCase): readonly Verdict[] {
    const analyzer = this.analyzers.get(profile) ?? createAnalyzer({ knowledge: this.knowledge, profile });
    this.analyzers.set(profile, analyzer);
    const around = over(this.world, contextOf(context));
    if (call) {
      const reading = readToolCall(call.tool, call.arguments, call.server === undefined ? {} : { server: call.server }, around);
      const subjects = reading.kind === "mapped" || reading.kind === "unmapped" ? reading.subjects : [];
      return subjects.map((subject) => analyzer.analyze(subject.input, subject.context));
    }
    const inputs: readonly Input[] = argv
      ? [{ argv }]
      : [command ?? [], commands ?? []].flat().map((text) => ({ command: text }));
    return inputs.map((input) => analyzer.analyze(input, around));
  }

  /** Decision and rules of a case, in words that can be compared. */
  words = (given: WrittenCase): string => this.verdicts(given).map(wordsOf).join(" / ");
}

/** What is decided, and by which rules. */
export const wordsOf = (verdict: Verdict): string => [verdict.decision, ...rulesOf(verdict)].join(" ");

/** The rules that fired, each once, in the order of their names. */
export const rulesOf = ({ findings }: Verdict): readonly string[] => [...new Set(findings.map(({ rule }) => rule))].sort();

/** What must stay the same while a command is made smaller; where no rule fired, what was in doubt. Half a command is none. */
export function outcomeOf(verdict: Verdict): string {
  const kinds = new Set(verdict.doubts.map(({ kind }) => kind));
  const broken = [...kinds].filter((kind) => kind === "syntax" || kind === "limit");
  const doubts = verdict.findings.length > 0 ? broken : [...kinds];
  return [wordsOf(verdict), ...doubts.sort()].join(" ");
}
