import { readLog } from "./read.ts";

export interface Stats {
  readonly decisions: number;
  readonly byDecision: Readonly<Record<string, number>>;
  readonly byTool: readonly (readonly [tool: string, calls: number, refused: number])[];
  readonly byRule: readonly (readonly [rule: string, count: number])[];
  readonly p50Micros: number;
  readonly p99Micros: number;
}

/** Counts over all decisions of a log. */
export async function statsOf(path: string): Promise<Stats> {
  const byDecision = new Map<string, number>();
  const byTool = new Map<string, [calls: number, refused: number]>();
  const byRule = new Map<string, number>();
  const micros: number[] = [];
  for await (const read of readLog(path)) {
    if (!("record" in read) || read.record.event !== "decision") continue;
    const { decision, tool, rules, outcome, micros: took } = read.record;
    byDecision.set(decision, (byDecision.get(decision) ?? 0) + 1);
    for (const rule of new Set(rules)) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    const counts = byTool.get(tool) ?? [0, 0];
    byTool.set(tool, [counts[0] + 1, counts[1] + (outcome === "refused" ? 1 : 0)]);
    micros.push(took);
  }
  micros.sort((a, b) => a - b);
  const at = (share: number): number => micros[Math.min(micros.length - 1, Math.floor(micros.length * share))] ?? 0;
  return {
    decisions: micros.length,
    byDecision: Object.fromEntries(byDecision),
    byTool: [...byTool].map(([tool, [calls, refused]]) => [tool, calls, refused] as const).sort((a, b) => b[1] - a[1]),
    byRule: [...byRule].sort((a, b) => b[1] - a[1]),
    p50Micros: at(0.5),
    p99Micros: at(0.99),
  };
}
