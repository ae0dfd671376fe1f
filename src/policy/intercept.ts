import type { Path, Source } from "../load/source.ts";
import type { PolicyFacts, RuleFacts } from "./file-schema.ts";
import { type Converted, calendar, checkToolName, Names, type Note, ownCondition, ownPath, unless } from "./foreign.ts";
import type { ForeignCondition, InterceptFacts, InterceptRule } from "./foreign-schema.ts";
import { secondsOf } from "./words.ts";

/** Intercept's YAML, version 1 and newer, with its meaning. What has none here is a problem of the source. */
export function fromIntercept(facts: InterceptFacts, source: Source): Converted {
  const reader = new Reader(facts, source);
  const tools = Object.entries(facts.tools ?? {}).map(([name, tool]): [string, { rules: RuleFacts[] }] => {
    checkToolName(name, ["tools", name], source);
    return [name, { rules: reader.rules(name, tool?.rules ?? []) }];
  });
  for (const [i, name] of (facts.hide ?? []).entries()) checkHidden(name, i, facts.hide ?? [], source);
  const own: PolicyFacts = {
    version: 1,
    ...(facts.description ? { description: facts.description } : {}),
    default: facts.default ?? "allow",
    ...(facts.hide && facts.hide.length > 0 ? { hide: facts.hide } : {}),
    // It looks into no command. Taking this line away is what argvet is for.
    validate: "off",
    tools: Object.fromEntries(tools),
  };
  return { facts: own, notes: reader.notes };
}

function checkHidden(name: string, i: number, all: readonly string[], source: Source): void {
  if (name.trim() === "") source.problem(["hide", i], "a tool has no name");
  if (all.indexOf(name) < i) source.problem(["hide", i], `"${name}" is hidden already`);
  checkToolName(name, ["hide", i], source);
}

/** A counter as its rule declares it. */
interface Counter {
  readonly key: string;
  readonly window: string;
}

class Reader {
  readonly notes: Note[] = [];
  private readonly counters = new Map<string, Counter>();
  private readonly source: Source;

  constructor(facts: InterceptFacts, source: Source) {
    this.source = source;
    for (const [tool, given] of Object.entries(facts.tools ?? {}))
      for (const { state } of given?.rules ?? [])
        if (state)
          this.counters.set(keyOf(scopeOf(tool), state.counter), {
            key: keyOf(scopeOf(tool), state.counter),
            window: state.window,
          });
  }

  rules(tool: string, given: readonly InterceptRule[]): RuleFacts[] {
    const names = new Names();
    const seen = new Set<string>();
    const first: RuleFacts[] = [];
    const counted: RuleFacts[] = [];
    for (const [i, rule] of given.entries()) {
      const at: Path = ["tools", tool, "rules", i];
      const counter = rule.state?.counter ?? windowCounter(rule);
      if (counter !== undefined && seen.has(counter))
        this.source.problem(at, `the counter ${counter} is that of another rule of ${tool} too`);
      if (counter !== undefined) seen.add(counter);
      const name = names.free(rule.name ?? titleOf(rule));
      first.push(...this.plain(name, rule, at));
      counted.push(
        ...this.counting(tool, name, rule, at).map((own) => ({
          ...own,
          name: first.some((one) => one.name === own.name) ? names.free(`${own.name}, counted`) : own.name,
        })),
      );
    }
    return [...first, ...counted];
  }

  /** What a rule says without counting. */
  private plain(name: string, rule: InterceptRule, at: Path): readonly RuleFacts[] {
    const reason = rule.on_deny ?? rule.reason ?? `Denied by rule "${name}"`;
    const conditions = rule.conditions ?? [];
    const action = rule.action ?? "evaluate";
    if (action === "evaluate") {
      if (conditions.length === 0 && rule.rate_limit === undefined && rule.spend_limit === undefined)
        this.source.problem(at, "a rule that evaluates needs a condition", "key");
      const own = conditions.flatMap((one, i) =>
        isState(one) ? [] : [ownCondition(one, [...at, "conditions", i], this.source)],
      );
      return [...this.neverHolding(name, conditions, reason), ...(own.length > 0 ? [unless(name, own, reason)] : [])].slice(0, 1);
    }
    if (conditions.length > 0)
      this.source.problem([...at, "conditions"], `what conditions mean with ${action} is not said`, "key");
    if (action === "deny" || action === "allow") return [{ name, action, ...(action === "deny" ? { reason } : {}) }];
    return [{ name, action, ...(rule.reason === undefined ? {} : { reason }), ...this.timeout(rule, at) }];
  }

  private timeout({ approval_timeout: given }: InterceptRule, at: Path): Partial<RuleFacts> {
    if (given === undefined) return {};
    if (secondsOf(given) === undefined) this.source.problem([...at, "approval_timeout"], `"${given}" is no time: 10m, 1h`);
    return { timeout: given };
  }

  /** A counter always has a value, so that this refuses everything. */
  private neverHolding(name: string, conditions: readonly ForeignCondition[], reason: string): readonly RuleFacts[] {
    return conditions.some((one) => isState(one) && one.op === "exists" && one.value === false)
      ? [{ name, action: "deny", reason }]
      : [];
  }

  /** What a rule counts, or looks up. */
  private counting(tool: string, name: string, rule: InterceptRule, at: Path): readonly RuleFacts[] {
    if (rule.rate_limit !== undefined) return this.rate(tool, name, rule, rule.rate_limit, at);
    if (rule.spend_limit !== undefined) return this.spend(tool, name, rule, rule.spend_limit, at);
    const conditions = (rule.conditions ?? []).entries();
    const own = keyOf(scopeOf(tool), rule.state?.counter ?? "");
    let reserved = false;
    const rates = [...conditions].flatMap(([i, one]) => {
      if (!isState(one) || one.op === "exists") return [];
      const takes = one.path === `state.${own}` && rule.state !== undefined && !reserved;
      if (takes) reserved = true;
      return this.bound(rule, one, takes, [...at, "conditions", i]);
    });
    const [first] = rates;
    return first === undefined ? [] : [{ name, rate_limit: rates.length === 1 ? first : rates }];
  }

  /** A counter is kept under what it is compared with; that of another rule is only looked at. */
  private bound(rule: InterceptRule, { path, op, value }: ForeignCondition, takes: boolean, at: Path) {
    const counter = this.counters.get(path.slice("state.".length));
    if (counter === undefined) {
      this.source.problem([...at, "path"], `no rule declares the counter of ${path}`);
      return [];
    }
    if ((op !== "lt" && op !== "lte") || typeof value !== "number") {
      this.source.problem([...at, "op"], `a counter can be kept under a number (lt, lte); ${op} is not converted`);
      return [];
    }
    const max = Math.trunc(value) - (op === "lt" ? 1 : 0);
    const reason = rule.on_deny === undefined ? {} : { reason: rule.on_deny };
    return [
      calendar(max, counter.window, counter.key, {
        per: "global",
        ...reason,
        ...(takes ? this.amount(rule, at) : { amount: 0 }),
      }),
    ];
  }

  private amount({ state }: InterceptRule, at: Path): { readonly amount?: number | string } {
    const from = state?.increment_from;
    if (from !== undefined) {
      if (!from.startsWith("args."))
        this.source.problem([...at.slice(0, -2), "state", "increment_from"], `a path begins with args. here, not "${from}"`);
      this.notes.push({
        line: this.source.line(at),
        text: `amounts below 0, and fractions of them, would lower the counter ${state?.counter} there; here the first are refused and the second count`,
      });
      return { amount: ownPath(from) };
    }
    const fixed = state?.increment ?? 1;
    if (fixed < 0)
      this.source.problem([...at.slice(0, -2), "state", "increment"], "a counter that goes down keeps nothing under a limit");
    return fixed === 1 || fixed === 0 ? {} : { amount: Math.abs(fixed) };
  }

  private rate(tool: string, name: string, rule: InterceptRule, text: string, at: Path): readonly RuleFacts[] {
    if (rule.conditions || rule.state || rule.action === "deny")
      this.source.problem([...at, "rate_limit"], "rate_limit stands without conditions, state and deny", "key");
    const [count = "", window = ""] = text.split("/");
    if (!/^\d+$/.test(count) || Number(count) < 1 || !WINDOWS.includes(window)) {
      this.source.problem([...at, "rate_limit"], `expected a number and minute, hour or day: 5/hour, not "${text}"`);
      return [];
    }
    const reason = rule.on_deny ?? rule.reason ?? `Rate limit of ${count} per ${window} reached. Try again later.`;
    return [
      { name, rate_limit: calendar(Number(count), window, keyOf(scopeOf(tool), `_rate_${window}`), { per: "global", reason }) },
    ];
  }

  /** Which argument is the amount is not said; the usual one is taken, and a call without it refused. */
  private spend(tool: string, name: string, rule: InterceptRule, text: string, at: Path): readonly RuleFacts[] {
    const [sum = "", window = ""] = text.replace(/^[$€£]/, "").split("/");
    if (!/^\d+(\.\d+)?$/.test(sum) || !WINDOWS.includes(window)) {
      this.source.problem([...at, "spend_limit"], `expected a sum and minute, hour or day: $500/day, not "${text}"`);
      return [];
    }
    this.notes.push({
      line: this.source.line([...at, "spend_limit"]),
      text: `spend_limit does not say which argument is the amount; args.amount is taken, in the limit's own unit`,
    });
    const reason = rule.on_deny ?? rule.reason ?? `Spend limit of ${text} reached. Try again later.`;
    return [
      {
        name,
        rate_limit: calendar(Number(sum), window, keyOf(scopeOf(tool), `_spend_${window}`), {
          per: "global",
          amount: "args.amount",
          reason,
        }),
      },
    ];
  }
}

const WINDOWS: readonly string[] = ["minute", "hour", "day"];
const scopeOf = (tool: string): string => (tool === "*" ? "_global" : tool);
const keyOf = (scope: string, counter: string): string => `${scope}.${counter}`;
const isState = ({ path }: ForeignCondition): boolean => path.startsWith("state.");
const windowCounter = ({ rate_limit: rate }: InterceptRule): string | undefined =>
  rate === undefined ? undefined : `_rate_${rate.split("/")[1] ?? ""}`;

function titleOf(rule: InterceptRule): string {
  if (rule.rate_limit !== undefined) return `rate limit ${rule.rate_limit}`;
  if (rule.spend_limit !== undefined) return `spend limit ${rule.spend_limit}`;
  return rule.action ?? "conditions";
}
