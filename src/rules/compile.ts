import type { Rule } from "../knowledge/rule.ts";
import type { NamedSet } from "../knowledge/set.ts";
import type { Doubt } from "../model/doubt.ts";
import type { EffectKind } from "../model/effect.ts";
import type { RuleId, Severity } from "../model/finding.ts";
import { type AnyLeaf, type Condition, ConditionCompiler, type PortCheck } from "./conditions.ts";
import type { SetId } from "./hits.ts";
import { indexLeaves, type LeafIndex, testsOf } from "./leaf-index.ts";
import { compileMessage, type Template } from "./message.ts";
import { Sets } from "./sets.ts";

export interface CompiledRule {
  readonly rule: Rule;
  readonly when: Condition;
  readonly message: Template;
}

export interface CompiledRules {
  readonly rules: readonly CompiledRule[];
  readonly sets: Sets;
  readonly index: LeafIndex;
  /** Which rule a leaf belongs to. */
  readonly ruleOf: readonly number[];
  /** Sets whose members matter whatever is done to them: see `precious`. */
  readonly sensitive: ReadonlySet<SetId>;
  /** Rules that hidden text of this role could meet. */
  readonly couldMeet: Readonly<Record<Doubt["role"], readonly RuleId[]>>;
}

/** Throws when a rule names a set that does not exist or is of the wrong kind. */
export function compileRules(rules: readonly Rule[], named: readonly NamedSet[]): CompiledRules {
  const sets = new Sets(named);
  const compiler = new ConditionCompiler(sets);
  const ruleOf: number[] = [];
  const compiled = rules.map((rule, number): CompiledRule => {
    const when = compileWhen(compiler, rule);
    while (ruleOf.length < compiler.leaves.length) ruleOf.push(number);
    return { rule, when, message: compileMessage(rule.message) };
  });
  return {
    rules: compiled,
    sets,
    index: indexLeaves(compiler.leaves),
    ruleOf,
    sensitive: sensitiveSets(compiled),
    couldMeet: {
      argument: compiled.filter(({ when }) => asserted(when).some((leaf) => setsOf(leaf).length > 0)).map(({ rule }) => rule.id),
      destructive: compiled.filter(({ when }) => asserted(when).some(destroys)).map(({ rule }) => rule.id),
      code: rules.map((rule) => rule.id),
    },
  };
}

function compileWhen(compiler: ConditionCompiler, rule: Rule): Condition {
  try {
    return compiler.condition(rule.when);
  } catch (error) {
    throw new Error(`rule ${rule.id}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Leaves that must hold rather than must not. */
function asserted(condition: Condition): readonly AnyLeaf[] {
  switch (condition.of) {
    case "all":
    case "any":
      return condition.parts.flatMap(asserted);
    case "not":
      return [];
    case "effect":
    case "flow":
    case "invocation":
    case "doubt":
      return [condition];
  }
}

/** Named sets that a leaf's resources are in. */
function setsOf(leaf: AnyLeaf): readonly SetId[] {
  if (leaf.of === "effect") return [...leaf.on.in.values()].flatMap((test) => test.ids);
  if (leaf.of !== "flow") return [];
  return [leaf.from, leaf.to].flatMap(setsOfPort);
}

const setsOfPort = (check: PortCheck): readonly SetId[] =>
  [...check.kinds].flatMap((kind) => testsOf(check, kind).flatMap((test) => test?.ids ?? []));

function sensitiveSets(rules: readonly CompiledRule[]): ReadonlySet<SetId> {
  return new Set(rules.flatMap(({ rule, when }) => sufficient(when).flatMap((leaf) => precious(leaf, rule.severity))));
}

/** Leaves that make a rule fire by themselves. */
function sufficient(condition: Condition): readonly AnyLeaf[] {
  switch (condition.of) {
    case "any":
      return condition.parts.flatMap(sufficient);
    case "all":
    case "not":
      return [];
    case "effect":
    case "flow":
    case "invocation":
    case "doubt":
      return [condition];
  }
}

const READS: ReadonlySet<EffectKind> = new Set(["read", "connect"]);
const TOUCHES: ReadonlySet<EffectKind> = new Set(["read", "write", "append", "create", "connect"]);

/**
 * Sets whose members matter whatever is done to them: to read or write one is enough, or to send it away. What takes a flag, a mode or
 * a certain program to be bad (`rm -r` of any absolute path) says nothing of the path. What is merely asked about when written (a
 * program in /usr/bin) is named in too many harmless arguments.
 */
function precious(leaf: AnyLeaf, severity: Severity): readonly SetId[] {
  if (severity === "low") return [];
  if (leaf.of === "flow") {
    const leaves = leaf.to.kinds.has("network") || leaf.to.kinds.has("caller");
    const narrow = leaf.steps || leaf.program || (severity === "medium" && leaf.to.scheme);
    return leaves && !narrow ? setsOfPort(leaf.from) : [];
  }
  const touches = severity === "medium" ? READS : TOUCHES;
  if (leaf.of !== "effect" || ![...leaf.kinds].some((kind) => touches.has(kind))) return [];
  const { flags, attributes, program, through, place, on } = leaf;
  const narrow =
    flags.length > 0 ||
    attributes.length > 0 ||
    program ||
    through ||
    place?.kind ||
    place?.privileged ||
    on.scheme ||
    on.port ||
    on.route ||
    on.odd;
  return narrow || leaf.when === "later" ? [] : setsOf(leaf);
}

const DESTROYS: ReadonlySet<EffectKind> = new Set([
  "write",
  "append",
  "create",
  "delete",
  "disable",
  "signal",
  "configure",
  "mount",
]);

function destroys(leaf: AnyLeaf): boolean {
  return leaf.of === "effect" && setsOf(leaf).length > 0 && [...leaf.kinds].some((kind) => DESTROYS.has(kind));
}
