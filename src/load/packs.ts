import type { Rule } from "../knowledge/rule.ts";
import type { NamedSet } from "../knowledge/set.ts";
import { contextOf, inputOf, type RuleExample } from "./examples.ts";
import { suggest } from "./nearest.ts";
import { ConditionCompiler } from "./rule-conditions.ts";
import { packSchema, type RuleExampleFacts, type RuleFacts, ruleSchema } from "./rule-schema.ts";
import { KEBAB } from "./sets.ts";
import type { Path, Source } from "./source.ts";

export interface CompiledPacks {
  readonly rules: readonly Rule[];
  readonly examples: readonly RuleExample[];
}

const FILLED: ReadonlySet<string> = new Set(["from", "to", "on", "program", "place", "user"]);

/** Compiles rule packs. `sets` are all sets there are; `known` are the rules there are already. */
export function compilePacks(sources: readonly Source[], sets: readonly NamedSet[], known: readonly Rule[] = []): CompiledPacks {
  const taken = new Map<string, string>(known.map((rule) => [rule.id, "built in"]));
  const rules: Rule[] = [];
  const examples: RuleExample[] = [];
  for (const source of sources) {
    const pack = source.check([], packSchema, source.value);
    if (!pack) continue;
    if (!KEBAB.test(pack.pack)) source.problem(["pack"], `"${pack.pack}": a pack's name is kebab-case`);
    const compiler = new ConditionCompiler(source, sets);
    pack.rules.forEach((raw, i) => {
      const path: Path = ["rules", i];
      const facts = source.check(path, ruleSchema, raw);
      if (!facts) return;
      const id = `${pack.pack}/${facts.id}`;
      const other = taken.get(id);
      if (other !== undefined) source.problem([...path, "id"], `there is a rule ${id} already, ${other}`);
      taken.set(id, `in ${source.file}:${source.line([...path, "id"])}`);
      const rule = compileRule(facts, id, source, path, compiler);
      if (rule) rules.push(rule);
      examples.push(...ruleExamples(facts, id, source, path));
    });
  }
  return { rules, examples };
}

function compileRule(facts: RuleFacts, id: string, source: Source, path: Path, compiler: ConditionCompiler): Rule | undefined {
  if (!KEBAB.test(facts.id)) source.problem([...path, "id"], `"${facts.id}": an id is kebab-case`);
  for (const [, word = ""] of facts.message.matchAll(/\{([^}]*)\}/g))
    if (!FILLED.has(word)) source.problem([...path, "message"], `{${word}} is not filled in${suggest(word, FILLED)}`);
  const when = compiler.condition(facts.when, [...path, "when"]);
  const { title, status, severity, message, remediation, attack, cwe } = facts;
  return when && { id, title, status, severity, message, remediation, attack, cwe, when };
}

function ruleExamples(facts: RuleFacts, of: string, source: Source, path: Path): readonly RuleExample[] {
  return (["match", "no_match", "harmless"] as const).flatMap((want) =>
    facts.examples[want].map((example, i) => ({
      file: source.file,
      line: source.line([...path, "examples", want, i]),
      of,
      want,
      ...read(example, source, [...path, "examples", want, i, "context"]),
    })),
  );
}

function read(example: RuleExampleFacts, source: Source, at: Path): Pick<RuleExample, "input" | "context"> {
  if (typeof example === "string") return { input: inputOf(example), context: {} };
  return {
    input: inputOf("command" in example ? example.command : example.argv),
    context: contextOf(example.context, source, at),
  };
}
