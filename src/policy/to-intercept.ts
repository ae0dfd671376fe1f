import type { ConditionFacts, EntryFacts, PolicyFacts, RateFacts, RuleFacts } from "./file-schema.ts";
import { parsePath } from "./path.ts";
import { rateOf, secondsOf } from "./words.ts";

/** A policy as Intercept's version 1 can say it. `lost` is what it cannot, one line each. */
export interface Written {
  readonly value: unknown;
  readonly lost: readonly string[];
}

type Foreign = Readonly<Record<string, unknown>>;

export function toIntercept(facts: PolicyFacts): Written {
  const writer = new Writer();
  const tools = Object.entries(facts.tools ?? {}).map(([tool, entry]): [string, Foreign] => [
    tool,
    { rules: writer.entry(tool, entry ?? {}) },
  ]);
  writer.top(facts);
  return {
    value: {
      version: "1",
      ...(facts.description === undefined ? {} : { description: facts.description }),
      default: facts.default ?? "allow",
      ...(facts.hide === undefined ? {} : { hide: facts.hide.filter((name) => name === "*" || !isGlob(name)) }),
      tools: Object.fromEntries(tools.filter(([tool]) => tool === "*" || !isGlob(tool))),
    },
    lost: writer.lost,
  };
}

const isGlob = (name: string): boolean => name.includes("*") || name.includes("?") || name.includes("/");

class Writer {
  readonly lost: string[] = [];

  top(facts: PolicyFacts): void {
    for (const name of facts.hide ?? []) if (name !== "*" && isGlob(name)) this.lose("hide", `${name} is a pattern`);
    if (facts.validate !== "off") this.lose("validate", "it looks into no command");
    for (const key of ["annotations", "sandbox", "packs", "profile", "context", "approval"] as const)
      if (facts[key] !== undefined) this.lose(key, "there is nothing like it");
  }

  entry(tool: string, facts: EntryFacts): readonly Foreign[] {
    const where = `tools.${tool}`;
    if (tool !== "*" && isGlob(tool)) {
      this.lose(where, "tools are named there, without patterns");
      return [];
    }
    for (const key of ["validate", "call"] as const)
      if (facts[key] !== undefined && facts[key] !== "off") this.lose(`${where}.${key}`, "it looks into no command");
    return [
      ...this.action(where, facts),
      ...this.conditions(where, facts),
      ...this.rates(tool, where, "rate limit", facts.rate_limit),
      ...(facts.rules ?? []).flatMap((rule) => this.rule(tool, `${where}.rules "${rule.name}"`, rule)),
    ];
  }

  private action(where: string, { action, reason }: EntryFacts): readonly Foreign[] {
    if (action === "require_approval") this.lose(`${where}.action`, "nobody can be asked");
    return action === "deny" ? [denial("denied", reason)] : [];
  }

  private conditions(where: string, { conditions, on_deny }: EntryFacts): readonly Foreign[] {
    if (conditions === undefined) return [];
    return this.evaluation(`${where}.conditions`, "conditions", { all: conditions }, on_deny);
  }

  private rule(tool: string, where: string, { name, when, action, reason, rate_limit: rates }: RuleFacts): readonly Foreign[] {
    if (action === "require_approval") {
      this.lose(where, "nobody can be asked");
      return [];
    }
    if (rates !== undefined) {
      if (when === undefined) return this.rates(tool, where, name, rates);
      this.lose(where, "every call is counted");
      return [];
    }
    if (action !== "deny") return [];
    if (when === undefined) return [denial(name, reason)];
    // It refuses unless something holds: what is refused must be the negation of that.
    const list = isList(when) ? when : [when];
    const [only] = list;
    const negated = list.length === 1 && only ? negation(only) : undefined;
    if (negated) return this.evaluation(where, name, negated, reason);
    this.lose(where, "a call is refused unless conditions hold; these say when it is");
    return [];
  }

  private evaluation(where: string, name: string, when: ConditionFacts, reason: string | undefined): readonly Foreign[] {
    const conditions = conjunction(when);
    if (conditions) return [{ name, action: "evaluate", conditions, ...(reason === undefined ? {} : { on_deny: reason }) }];
    this.lose(where, "conditions compare arguments, all of which must hold: no any, no not, no items of lists");
    return [];
  }

  private rates(
    tool: string,
    where: string,
    name: string,
    given: RateFacts | readonly RateFacts[] | undefined,
  ): readonly Foreign[] {
    const rates = given === undefined ? [] : isList(given) ? given : [given];
    return rates.flatMap((rate, i) => this.rate(tool, where, rates.length > 1 ? `${name} ${i + 1}` : name, rate));
  }

  private rate(tool: string, where: string, name: string, rate: RateFacts): readonly Foreign[] {
    const { max, window, per, align, counter, amount, reason } =
      typeof rate === "string" ? ({ ...(rateOf(rate) ?? { max: 0, window: 60 }) } as Exclude<RateFacts, string>) : rate;
    const unit = UNITS.get(secondsOf(window) ?? 0);
    const scope = tool === "*" ? "_global" : tool;
    const own =
      counter === undefined
        ? name.replace(/[^A-Za-z0-9_]+/g, "_")
        : counter.startsWith(`${scope}.`)
          ? counter.slice(scope.length + 1)
          : undefined;
    const problem =
      (align ?? "sliding") !== "calendar"
        ? "windows there begin with the minute, hour and day: align: calendar"
        : per !== "global" && !(per === "tool" && tool !== "*")
          ? "counters there are everybody's: per: global"
          : unit === undefined
            ? "a window there is a minute, an hour or a day"
            : own === undefined
              ? `the counter ${counter} is not this tool's alone`
              : amount === 0
                ? "nothing there looks at a counter without counting"
                : undefined;
    if (problem !== undefined) {
      this.lose(`${where}: ${name}`, problem);
      return [];
    }
    const path = typeof amount === "string" ? plainPath(amount) : undefined;
    return [
      {
        name,
        conditions: [{ path: `state.${scope}.${own}`, op: "lte", value: max }],
        ...(reason === undefined ? {} : { on_deny: reason }),
        state: {
          counter: own,
          window: unit,
          ...(path === undefined ? (typeof amount === "number" ? { increment: amount } : {}) : { increment_from: path }),
        },
      },
    ];
  }

  private lose(where: string, why: string): void {
    this.lost.push(`${where}: ${why}`);
  }
}

const UNITS: ReadonlyMap<number, string> = new Map([
  [60, "minute"],
  [3600, "hour"],
  [86_400, "day"],
]);

const denial = (name: string, reason: string | undefined): Foreign => ({
  name,
  action: "deny",
  ...(reason === undefined ? {} : { on_deny: reason }),
});

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

/** What holds exactly where the condition does not; a comparison with something missing is false either way. */
function negation(when: ConditionFacts): ConditionFacts | undefined {
  if (when.not !== undefined) return when.not;
  return when.op === "exists" && typeof when.value === "boolean" ? { ...when, value: !when.value } : undefined;
}

/** Comparisons of plain paths, all of which must hold. */
function conjunction(when: ConditionFacts): readonly Foreign[] | undefined {
  if (when.all !== undefined) {
    const parts = when.all.map(conjunction);
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  const path = when.path === undefined ? undefined : plainPath(when.path);
  return path === undefined || !path.startsWith("args.") ? undefined : [{ path, op: when.op, value: when.value }];
}

/** With dots alone, as Intercept has them; undefined if it needs more. */
function plainPath(path: string): string | undefined {
  const steps = parsePath(path);
  if ("problem" in steps) return undefined;
  const keys = steps.map((step) => ("key" in step && !step.key.includes(".") ? step.key : undefined));
  return keys.every((key) => key !== undefined) ? keys.join(".") : undefined;
}
