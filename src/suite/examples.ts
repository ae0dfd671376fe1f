import type { Analyzer } from "../index.ts";
import type { RuleExample } from "../load/examples.ts";
import type { Problem } from "../load/source.ts";
import type { Verdict } from "../model/finding.ts";

/** Judges the examples that stand beside rules; what one does not do as its list says is a problem at its line. */
export function checkRuleExamples(examples: readonly RuleExample[], analyzer: Analyzer): readonly Problem[] {
  return examples.flatMap((example) => {
    const wrong = disagreement(example, analyzer.analyze(example.input, example.context));
    return wrong === undefined ? [] : [{ file: example.file, line: example.line, column: 1, message: wrong }];
  });
}

function disagreement({ of, want }: RuleExample, verdict: Verdict): string | undefined {
  const fires = verdict.findings.some((finding) => finding.rule === of);
  switch (want) {
    case "match":
      return fires ? undefined : `${of} is silent${noticed(verdict)}`;
    case "no_match":
      return fires ? `${of} fires` : undefined;
    case "harmless":
      return verdict.would === "allow" ? undefined : `the verdict is ${verdict.would}${noticed(verdict)}`;
  }
}

function noticed({ findings, doubts }: Verdict): string {
  const all = [
    ...new Set([...findings.map((finding) => finding.rule), ...doubts.map((doubt) => `${doubt.kind}: ${doubt.text}`)]),
  ];
  return all.length === 0 ? "" : ` (${all.join("; ")})`;
}
