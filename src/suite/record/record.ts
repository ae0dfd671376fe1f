import { DECISIONS } from "../../model/finding.ts";
import type { Gathering } from "../import/gathering.ts";
import { named } from "../import/import.ts";
import { type Judge, rulesOf } from "../judge.ts";
import type { CaseFacts } from "../schema.ts";
import type { WrittenCase } from "../written.ts";
import type { Call } from "./calls.ts";
import { redact } from "./redact.ts";
import type { Secrets } from "./secrets.ts";

export interface RecordOptions {
  readonly judge: Judge;
  readonly secrets: Secrets;
  readonly profile?: string;
  /** Where calls ran that do not say. */
  readonly context?: CaseFacts["context"];
  /** No verdicts are written: somebody else does, later. */
  readonly unjudged?: boolean;
}

export interface Recorded {
  readonly cases: readonly WrittenCase[];
  readonly calls: number;
  /** Calls that held secrets. */
  readonly redacted: number;
}

interface Draft {
  readonly call: Call;
  readonly written: WrittenCase;
  times: number;
}

/** Calls as cases: each once, without secrets, with the verdict of today; the strictest first, then by the rules that fired. */
export function record(calls: Iterable<Call>, gathering: Gathering, options: RecordOptions): Recorded {
  const drafts = new Map<string, Draft>();
  let count = 0;
  let redactions = 0;
  for (const call of calls) {
    count += 1;
    const clean = redact(bare(call, options), options.secrets, options.judge.words);
    if (!clean) {
      gathering.leaveOut("a call that is judged otherwise without its secrets");
      continue;
    }
    if (clean.secrets > 0) redactions += 1;
    const { command, argv, context } = clean.given;
    const key = JSON.stringify([command, argv, context]);
    const draft = drafts.get(key);
    if (draft) draft.times += 1;
    else drafts.set(key, { call, written: clean.given, times: 1 });
  }
  return { cases: grouped([...drafts.values()], options), calls: count, redacted: redactions };
}

function bare({ input, context: own }: Call, { profile, context: around }: RecordOptions): WrittenCase {
  const context = own || around ? { ...around, ...own } : undefined;
  return {
    suite: "",
    name: "",
    ...("argv" in input ? { argv: [...input.argv] } : { command: input.command }),
    ...(context === undefined ? {} : { context }),
    ...(profile === undefined ? {} : { profile }),
    expect: { decision: "record" },
  };
}

function grouped(drafts: readonly Draft[], options: RecordOptions): readonly WrittenCase[] {
  const judged = drafts.map(({ call, written, times }) => {
    const [verdict] = options.judge.verdicts(written);
    const decision = verdict?.decision ?? "allow";
    const rules = verdict ? [...rulesOf(verdict)] : [];
    const suite = `recorded: ${decision}${rules[0] === undefined ? "" : `, ${rules[0]}`}`;
    const { name: _, ...asked } = written;
    const given = {
      ...asked,
      suite,
      ...(call.decided !== undefined && call.decided !== decision ? { tags: [`logged-as-${call.decided}`] } : {}),
      source: `${call.place}${times === 1 ? "" : `, ${times} times`}`,
      expect: options.unjudged ? { decision: "record" as const } : { decision, ...(rules.length > 0 ? { rules } : {}) },
    };
    return { given, order: [String(2 - DECISIONS.indexOf(decision)), suite] };
  });
  judged.sort((a, b) => (a.order.join("\0") < b.order.join("\0") ? -1 : a.order.join("\0") > b.order.join("\0") ? 1 : 0));
  return named(judged.map(({ given }) => given)).map((given) => ({ ...given }));
}
