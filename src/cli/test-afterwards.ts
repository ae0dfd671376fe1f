import { writeFileSync } from "node:fs";
import { createAnalyzer } from "../index.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { printComparison, weaker } from "../report/comparison.ts";
import type { Look } from "../report/pretty.ts";
import { printSuiteCoverage } from "../report/suite-coverage.ts";
import type { Baseline } from "../suite/baseline.ts";
import { suiteCoverage } from "../suite/exercise-coverage.ts";
import { Exercised } from "../suite/exercised.ts";
import type { Recorder } from "../suite/recorder.ts";
import { Failure, reason } from "./failure.ts";
import type { Io } from "./io.ts";
import type { Lane } from "./test-lanes.ts";
import type { Options } from "./test-options.ts";
import { belowThreshold, type Thresholds } from "./test-thresholds.ts";
import { writeVerdicts } from "./test-update.ts";

/** A run that is over. */
export interface Ran {
  readonly options: Options;
  readonly lanes: readonly Lane[];
  readonly knowledge: Knowledge;
  readonly profiles: ReadonlySet<string>;
  readonly recorder: Recorder;
  readonly baseline: Baseline | undefined;
  readonly thresholds: Thresholds;
  readonly look: Look;
  readonly io: Io;
}

/** What is said when all cases have run, besides how they went. */
export async function afterwards(ran: Ran): Promise<{ readonly text: string; readonly wrong: boolean }> {
  const { options, recorder, baseline, look, io } = ran;
  const parts: string[] = [];
  let wrong = false;
  if (options.update) {
    parts.push(writeVerdicts(recorder, look, io));
    wrong ||= recorder.problems.length > 0;
  }
  if (baseline) {
    const comparison = baseline.comparison();
    parts.push(printComparison(comparison, options.baseline ?? "", look));
    wrong ||= weaker(comparison) > 0;
  }
  if (options.coverage !== undefined || options.coverageThreshold !== undefined) {
    const { text, below } = await covered(ran);
    parts.push(text);
    wrong ||= below;
  }
  return { text: parts.join(""), wrong };
}

async function covered({
  options,
  lanes,
  knowledge,
  profiles,
  thresholds,
  look,
}: Ran): Promise<{ text: string; below: boolean }> {
  const keys = new Set<string>();
  for (const lane of lanes) for (const key of await lane.keys()) keys.add(key);
  if (options.examples) {
    const { commands, rules } = (await import("./coverage.ts")).readExamples(options.pack ?? []);
    const exercised = new Exercised(knowledge);
    const analyzer = createAnalyzer({ knowledge });
    for (const { input, context } of [...commands, ...rules]) exercised.add(analyzer.analyze(input, context));
    for (const key of exercised.keys) keys.add(key);
  }
  const coverage = suiteCoverage(knowledge, keys, [...profiles].sort());
  if (typeof options.coverage === "string") write(options.coverage, `${JSON.stringify({ version: 1, ...coverage }, null, 2)}\n`);
  const below = belowThreshold(coverage, thresholds);
  return {
    text: printSuiteCoverage(coverage, look) + below.map((line) => `${look.paint(line, "red")}\n`).join(""),
    below: below.length > 0,
  };
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}
