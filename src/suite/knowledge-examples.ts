import { type Analyzer, createAnalyzer } from "../index.ts";
import type { CommandSpec } from "../knowledge/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { CommandExample, RuleExample, SetExample } from "../load/examples.ts";
import type { KnowledgeExamples } from "../load/knowledge.ts";
import type { Problem } from "../load/source.ts";
import type { Input } from "../model/subject.ts";
import { exact } from "../model/value.ts";
import { notation } from "../report/notation.ts";
import { Sets } from "../rules/sets.ts";

/** How what a command does differs from what its example says. */
export interface Difference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Runs every example of command files, rules and sets; a problem for each that does not hold. */
export function checkExamples(examples: KnowledgeExamples, knowledge: Knowledge): readonly Problem[] {
  const alone = commandAnalyzer(knowledge);
  const analyzer = createAnalyzer({ knowledge });
  const sets = new Sets(knowledge.sets);
  return [
    ...examples.commands.flatMap((example) => problemOf(example, commandMessage(example, alone))),
    ...examples.rules.flatMap((example) => problemOf(example, ruleMessage(example, analyzer))),
    ...examples.sets.flatMap((example) => problemOf(example, setMessage(example, sets, knowledge))),
  ];
}

function problemOf({ file, line }: CommandExample | RuleExample | SetExample, message: string | undefined): readonly Problem[] {
  return message === undefined ? [] : [{ file, line, column: 1, message }];
}

/**
 * For examples of command files: no rules, and programs without facts do nothing, so that an example of `sudo` depends on no
 * facts but those of sudo.
 */
export function commandAnalyzer(knowledge: Knowledge): Analyzer {
  return createAnalyzer({
    knowledge: { ...knowledge, command: (name) => knowledge.command(name) ?? silent(name), rules: [], sets: [] },
  });
}

function silent(name: string): CommandSpec {
  return {
    id: name,
    mode: "interspersed",
    otherOptions: "WORD",
    options: [],
    operands: [{ pattern: [{ name: "WORD", optional: true, many: true }] }],
    types: {},
    defaults: {},
    env: [],
    does: [{ verb: "uses", arguments: ["WORD"] }],
  };
}

/** What the command of an example does, in the notation of examples. */
export const givenBy = ({ input, context }: CommandExample, analyzer: Analyzer): readonly string[] =>
  notation(analyzer.analyze(input, context));

export function differenceOf(example: CommandExample, analyzer: Analyzer): Difference {
  const got = givenBy(example, analyzer);
  const wanted = example.gives ?? [];
  return { missing: wanted.filter((line) => !got.includes(line)), extra: got.filter((line) => !wanted.includes(line)) };
}

function commandMessage(example: CommandExample, analyzer: Analyzer): string | undefined {
  const { missing, extra } = differenceOf(example, analyzer);
  const parts = [...missing.map((line) => `does not give "${line}"`), ...extra.map((line) => `also gives "${line}"`)];
  return parts.length === 0 ? undefined : `example of ${example.of}: ${printInput(example.input)} ${parts.join(", ")}`;
}

/** What is wrong with an example of a rule, `undefined` if it holds. */
export function ruleMessage({ of, want, input, context }: RuleExample, analyzer: Analyzer): string | undefined {
  const { findings, decision, reasons } = analyzer.analyze(input, context);
  const fired = findings.some((finding) => finding.rule === of);
  const subject = `${want} example of ${of}: ${printInput(input)}`;
  if (want === "match")
    return fired
      ? undefined
      : `${subject} does not match${findings.length > 0 ? ` (${findings.map((finding) => finding.rule).join(", ")} does)` : ""}`;
  if (want === "no_match") return fired ? `${subject} matches` : undefined;
  return decision === "allow"
    ? undefined
    : `${subject} is ${decision}: ${reasons.map(({ row, about }) => `${row} ${about}`).join("; ")}`;
}

/** What is wrong with an example of a set, `undefined` if it holds. */
export function setMessage({ of, text, inside }: SetExample, sets: Sets, knowledge: Knowledge): string | undefined {
  const kind = knowledge.sets.find((set) => set.name === of)?.of ?? "text";
  const id = sets.resolve(of, kind);
  const found = sets.ofValue(kind, exact(text)).some((hit) => hit.set === id && hit.inside === "yes");
  return found === inside ? undefined : `"${text}" is ${found ? "" : "not "}in set ${of}`;
}

export const printInput = (input: Input): string => ("command" in input ? input.command : JSON.stringify(input.argv));
