import { z } from "zod";
import { DECISIONS, type Decision } from "../model/finding.ts";
import type { Change, Comparison } from "../report/comparison.ts";
import type { Tested } from "../report/tests.ts";

/** What `--reporter json` writes, as far as it is compared. */
const reportSchema = z.object({
  version: z.literal(1),
  cases: z.array(
    z.object({
      file: z.string(),
      suite: z.string(),
      name: z.string(),
      decision: z.enum(DECISIONS),
      rules: z.array(z.string()),
    }),
  ),
});

interface Before {
  readonly decision: Decision;
  readonly rules: readonly string[];
}

/** The verdicts of an earlier run, which those of this one are compared with case by case. */
export class Baseline {
  private readonly before: Map<string, Before>;
  private readonly changes: Change[] = [];
  private same = 0;
  private added = 0;

  private constructor(before: Map<string, Before>) {
    this.before = before;
  }

  /** A text that is no such report is said to be none, with what is wrong. */
  static read(text: string): Baseline | { readonly problem: string } {
    const report = reportSchema.safeParse(parsed(text));
    if (report.success) return new Baseline(new Map(report.data.cases.map((one) => [keyOf(one), one])));
    const [issue] = report.error.issues;
    const at = issue && issue.path.length > 0 ? ` (${issue.path.join(".")}: ${issue.message})` : "";
    return { problem: `no report that --reporter json=FILE wrote${at}` };
  }

  add(tested: Tested): void {
    const key = keyOf(tested);
    const before = this.before.get(key);
    if (!before) {
      this.added += 1;
      return;
    }
    this.before.delete(key);
    const change = changeOf(before, tested);
    if (change) this.changes.push(change);
    else this.same += 1;
  }

  /** Cases that are still to come count as gone. */
  comparison(): Comparison {
    return { changes: this.changes, same: this.same, added: this.added, gone: this.before.size };
  }
}

const keyOf = ({ file, suite, name }: { file: string; suite: string; name: string }): string => `${file}\0${suite}\0${name}`;

function changeOf(before: Before, { file, line, suite, name, decision, rules }: Tested): Change | undefined {
  const lost = before.rules.filter((rule) => !rules.includes(rule));
  const gained = rules.filter((rule) => !before.rules.includes(rule));
  const step = DECISIONS.indexOf(decision) - DECISIONS.indexOf(before.decision);
  if (step === 0 && lost.length === 0 && gained.length === 0) return undefined;
  const kind = step < 0 ? "weaker" : step > 0 ? "stricter" : "other rules";
  return { kind, file, line, suite, name, before: before.decision, after: decision, lost, gained };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
