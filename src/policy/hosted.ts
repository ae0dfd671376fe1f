import type { Path, Source } from "../load/source.ts";
import type { EntryFacts, PolicyFacts, RateFacts, RuleFacts } from "./file-schema.ts";
import { type Converted, calendar, checkToolName, Names, ownCondition, unless } from "./foreign.ts";
import type { HostedFacts } from "./foreign-schema.ts";

type ToolFacts = NonNullable<HostedFacts["tools"]>[string];
type LimitFacts = NonNullable<ToolFacts["limits"]>[number];

/** PolicyLayer's hosted JSON, with its meaning. A grant is what we call a principal. */
export function fromHosted(facts: HostedFacts, source: Source): Converted {
  const tools: [string, EntryFacts][] = [];
  const all = (facts.all_tools?.limits ?? []).map((limit) => rateOf("*", limit));
  if (all.length > 0) tools.push(["*", { rate_limit: all }]);
  for (const [name, tool] of Object.entries(facts.tools ?? {})) {
    const at: Path = ["tools", name];
    checkToolName(name, at, source);
    if (name === "*" && all.length > 0) source.problem(at, "limits of all tools stand under all_tools", "key");
    tools.push([name, entryOf(name, tool, at, source)]);
  }
  for (const [i, name] of (facts.hide ?? []).entries()) checkToolName(name, ["hide", i], source);
  const own: PolicyFacts = {
    version: 1,
    ...(facts.description ? { description: facts.description } : {}),
    default: facts.default,
    ...(facts.hide && facts.hide.length > 0 ? { hide: facts.hide } : {}),
    validate: "off",
    tools: Object.fromEntries(tools),
  };
  return { facts: own, notes: [] };
}

function entryOf(tool: string, { require: required, deny_if: denied, limits }: ToolFacts, at: Path, source: Source): EntryFacts {
  const names = new Names();
  const rules: RuleFacts[] = [];
  for (const [i, check] of (required ?? []).entries()) {
    const name = names.free(check.name ?? `require ${i + 1}`);
    const when = check.conditions.map((one, j) => ownCondition(one, [...at, "require", i, "conditions", j], source));
    if (when.length > 0)
      rules.push(unless(name, when, check.on_deny ?? `the arguments of ${tool} are not as the policy wants them`));
  }
  for (const [i, check] of (denied ?? []).entries()) {
    const name = names.free(check.name ?? `deny_if ${i + 1}`);
    const when = check.conditions.map((one, j) => ownCondition(one, [...at, "deny_if", i, "conditions", j], source));
    if (when.length === 0) source.problem([...at, "deny_if", i], "without a condition it would refuse every call", "key");
    rules.push({ name, when, action: "deny", reason: check.on_deny ?? `the policy denies this call of ${tool}` });
  }
  const rates = (limits ?? []).map((limit) => rateOf(tool, limit));
  return { ...(rules.length > 0 ? { rules } : {}), ...(rates.length > 0 ? { rate_limit: rates } : {}) };
}

function rateOf(tool: string, { counter, window, max, on_deny: reason }: LimitFacts): RateFacts {
  return calendar(max, window, `${tool}.${counter}`, { per: "principal", ...(reason === undefined ? {} : { reason }) });
}
