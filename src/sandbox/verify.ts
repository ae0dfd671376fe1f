import type { Analyzer } from "../index.ts";
import type { Decision } from "../model/finding.ts";
import type { RealCase } from "./cases.ts";
import { WORLD } from "./template.ts";

/** What running a command showed, against what was predicted. */
export interface Outcome extends RealCase {
  readonly decision: Decision;
  /** Happened, and was not predicted. */
  readonly unpredicted: readonly string[];
  /** Happened, and is harm whatever was predicted. */
  readonly harm: readonly string[];
  /** At least one thing that was predicted was seen. */
  readonly effective: boolean;
}

/** How commands are run for real. */
export interface Oracle {
  /** Undefined if the command can't be run: it has a NUL, or is too long. Resolves to facts in words. */
  observe(
    command: string,
    verdict: ReturnType<Analyzer["analyze"]>,
  ): Promise<Omit<Outcome, "command" | "from" | "decision"> | undefined>;
  close(): void;
}

/** Runs commands one after another in each lane. Those that are not allowed are judged right, and are not run unless asked for. */
export async function verify(
  cases: readonly RealCase[],
  analyzer: Analyzer,
  lanes: readonly Oracle[],
  all = false,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const work = async (oracle: Oracle): Promise<void> => {
    for (let given = cases[next++]; given; given = cases[next++]) {
      const verdict = analyzer.analyze({ command: given.command }, WORLD);
      if (verdict.decision !== "allow" && !all) continue;
      const seen = await oracle.observe(given.command, verdict);
      if (seen) outcomes.push({ ...given, decision: verdict.decision, ...seen });
    }
  };
  await Promise.all(lanes.map(work));
  return outcomes;
}

export const isUnsound = ({ decision, unpredicted, harm }: Outcome): boolean =>
  decision === "allow" && (unpredicted.length > 0 || harm.length > 0);
