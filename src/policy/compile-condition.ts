import { RE2JS } from "re2js";
import { suggest } from "../load/nearest.ts";
import type { Path, Source } from "../load/source.ts";
import type { Comparison, Condition } from "./condition.ts";
import type { ConditionFacts } from "./file-schema.ts";
import type { Expression } from "./operators.ts";
import { type PathStep, parsePath } from "./path.ts";

/** A list is of conditions of which all must hold. */
export function compileConditions(facts: ConditionFacts | readonly ConditionFacts[], at: Path, source: Source): Condition {
  if (!isList(facts)) return compileCondition(facts, at, source);
  return { all: facts.map((one, i) => compileCondition(one, [...at, i], source)) };
}

const isList = (facts: ConditionFacts | readonly ConditionFacts[]): facts is readonly ConditionFacts[] => Array.isArray(facts);

/** Holds for nothing; stands for what has a problem. */
const NEVER: Condition = { any: [] };

export function compileCondition(facts: ConditionFacts, at: Path, source: Source): Condition {
  const forms = (["path", "all", "any", "not"] as const).filter((key) => facts[key] !== undefined);
  if (forms.length !== 1) {
    source.problem(
      at,
      `expected one of "path", "all", "any" and "not"${forms.length > 1 ? `, not ${forms.join(" and ")}` : ""}`,
      "key",
    );
    return NEVER;
  }
  if (facts.path !== undefined) return compileComparison(facts, facts.path, at, source);
  for (const key of ["op", "value", "each"] as const)
    if (facts[key] !== undefined) source.problem([...at, key], `"${key}" is for "path"`, "key");
  const parts = (key: "all" | "any"): readonly Condition[] =>
    (facts[key] ?? []).map((one, i) => compileCondition(one, [...at, key, i], source));
  if (facts.not !== undefined) return { not: compileCondition(facts.not, [...at, "not"], source) };
  return facts.all === undefined ? { any: parts("any") } : { all: parts("all") };
}

/** What a call has, and what is under it; args are the tool's own. */
const ROOTS: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ["args", undefined],
  ["tool", []],
  ["server", []],
  ["verdict", ["decision", "risk", "rules"]],
  ["runs", ["programs", "users", "places"]],
]);

function compileComparison(facts: ConditionFacts, text: string, at: Path, source: Source): Condition {
  const { op, value, each } = facts;
  const path = stepsOf(text, [...at, "path"], source);
  if (op === undefined) source.problem(at, '"op" is missing', "key");
  if (path === undefined || op === undefined) return NEVER;
  const problem = valueProblem(op, value);
  if (problem !== undefined) source.problem([...at, value === undefined ? "op" : "value"], problem);
  if (each !== undefined && !path.some((step) => "every" in step))
    source.problem([...at, "each"], '"each" is for a path with [*]', "key");
  const comparison: Comparison = { path, op, value: value ?? null, each: each ?? "any" };
  if (op !== "regex" || typeof value !== "string") return comparison;
  const expression = expressionOf(value);
  if ("problem" in expression) source.problem([...at, "value"], expression.problem);
  return "problem" in expression ? NEVER : { ...comparison, expression };
}

/** The steps of a path that the schema has seen already; it must lead to something that a call can have. */
export function stepsOf(text: string, at: Path, source: Source): readonly PathStep[] | undefined {
  const steps = parsePath(text);
  if ("problem" in steps) return undefined;
  const [root = text, key] = steps.map((step) => ("key" in step ? step.key : undefined));
  if (!ROOTS.has(root))
    source.problem(at, `a path begins with ${[...ROOTS.keys()].join(", ")}, not "${root}"${suggest(root, ["args"])}`);
  else if (root === "args" && steps.length === 1) source.problem(at, "args alone is no argument: args.name");
  const under = ROOTS.get(root) ?? [];
  if (under.length > 0 && key !== undefined && !under.includes(key))
    source.problem(at, `${root} has no "${key}"${suggest(key, under)}`);
  return steps;
}

function valueProblem(op: string, value: unknown): string | undefined {
  if (value === undefined) return `"value" is missing`;
  switch (op) {
    case "in":
    case "not_in":
      return Array.isArray(value) ? undefined : `${op} takes a list`;
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      return typeof value === "number" ? undefined : `${op} takes a number`;
    case "regex":
      return typeof value === "string" ? undefined : "regex takes a text";
    case "exists":
      return typeof value === "boolean" ? undefined : "exists takes true or false";
  }
  return undefined;
}

/** Linear in the text, whatever the expression: RE2's syntax, without look-around and back-references. */
function expressionOf(text: string): Expression | { readonly problem: string } {
  try {
    const compiled = RE2JS.compile(text);
    return { test: (given) => compiled.matcher(given).find() };
  } catch (error) {
    return { problem: `no expression that RE2 knows: ${error instanceof Error ? error.message : String(error)}` };
  }
}
