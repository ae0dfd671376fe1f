import type {
  EffectTest,
  FlowTest,
  InvocationTest,
  PlaceTest,
  PortTest,
  ResourceTest,
  RuleCondition,
  SetNames,
} from "../knowledge/rule.ts";
import type { NamedSet } from "../knowledge/set.ts";
import { RESOURCE_KINDS, type ResourceKind } from "../model/resource.ts";
import { suggest } from "./nearest.ts";
import { present } from "./present.ts";
import {
  doubtTest,
  type EffectFacts,
  effectTest,
  type FlowFacts,
  flowTest,
  type InvocationFacts,
  invocationTest,
  type PlaceFacts,
} from "./rule-schema.ts";
import { sameKind } from "./sets.ts";
import type { Path, Source } from "./source.ts";

type Kind = NamedSet["of"];
type Names = readonly string[] | undefined;
type ByKind = Readonly<Partial<Record<ResourceKind, readonly string[] | undefined>>>;
const CONDITIONS = ["effect", "flow", "invocation", "doubt", "all", "any", "not"] as const;

/** Compiles conditions of rules; every set they name is there and of the right kind, or it is said. */
export class ConditionCompiler {
  private readonly source: Source;
  private readonly kinds: ReadonlyMap<string, Kind>;

  constructor(source: Source, sets: readonly NamedSet[]) {
    this.source = source;
    this.kinds = new Map(sets.map((set) => [set.name, set.of]));
  }

  condition(raw: unknown, path: Path): RuleCondition | undefined {
    const [entry, more] = typeof raw === "object" && raw !== null && !Array.isArray(raw) ? Object.entries(raw) : [];
    if (!entry || more) {
      this.source.problem(path, `expected one of ${CONDITIONS.join(", ")}${more ? "; join several with all: [ … ]" : ""}`);
      return undefined;
    }
    const [word, inner] = entry;
    const at = [...path, word];
    const { source } = this;
    switch (word) {
      case "effect": {
        const facts = source.check(at, effectTest, inner);
        return facts && { effect: this.effect(facts, at) };
      }
      case "flow": {
        const facts = source.check(at, flowTest, inner);
        return facts && { flow: this.flow(facts, at) };
      }
      case "invocation": {
        const facts = source.check(at, invocationTest, inner);
        return facts && { invocation: this.invocation(facts, at) };
      }
      case "doubt": {
        const facts = source.check(at, doubtTest, inner);
        return facts && { doubt: { kind: facts.kind, ...present({ role: facts.role, source: facts.source }) } };
      }
      case "all":
        return { all: this.conditions(inner, at) };
      case "any":
        return { any: this.conditions(inner, at) };
      case "not": {
        const condition = this.condition(inner, at);
        return condition && { not: condition };
      }
      default:
        source.problem(at, `"${word}" is no condition${suggest(word, CONDITIONS)}`, "key");
        return undefined;
    }
  }

  private conditions(raw: unknown, path: Path): readonly RuleCondition[] {
    if (!Array.isArray(raw) || raw.length === 0) {
      this.source.problem(path, "expected a list of conditions");
      return [];
    }
    return raw.flatMap((one, i) => this.condition(one, [...path, i]) ?? []);
  }

  private effect(facts: EffectFacts, path: Path): EffectTest {
    const attributes = facts.attributes && present(facts.attributes);
    for (const [name, names] of Object.entries(attributes ?? {}))
      this.sets(names, ["text"], [...path, "attributes", name], name === "source" ? ["path", "host"] : []);
    return {
      kind: facts.kind,
      on: this.resources(facts, path),
      ...present({ flags: facts.flags, without: facts.without, attributes }),
      ...present({
        program: this.texts(facts.program, [...path, "program"]),
        through: this.texts(facts.through, [...path, "through"]),
      }),
      ...this.setting(facts, path),
    };
  }

  private resources(facts: EffectFacts, path: Path): ResourceTest {
    const all = Object.fromEntries(RESOURCE_KINDS.map((kind) => [kind, ["any"]]));
    return {
      in: facts.on === "any" ? all : this.byKind(facts.on, [...path, "on"]),
      ...present({ except: facts.except && this.byKind(facts.except, [...path, "except"]), scheme: facts.scheme }),
      ...present({ port: this.texts(facts.port, [...path, "port"]) }),
      ...present({ route: this.texts(facts.route, [...path, "route"]), sweep: facts.sweep }),
      ...present({ spelled: facts.spelled }),
    };
  }

  private byKind(facts: ByKind, path: Path): Partial<Record<ResourceKind, SetNames>> {
    const found: Partial<Record<ResourceKind, SetNames>> = {};
    for (const kind of RESOURCE_KINDS) {
      const names = this.sets(facts[kind], [kind], [...path, kind]);
      if (names) found[kind] = names;
    }
    if (Object.keys(found).length === 0)
      this.source.problem(path, "expected a resource kind and its sets, like { path: startup }");
    return found;
  }

  private flow(facts: FlowFacts, path: Path): FlowTest {
    const { environment, process, data, input } = facts.from;
    return {
      from: this.port(facts.from, { environment, process, data, input }, [...path, "from"]),
      to: this.port(facts.to, { caller: facts.to.caller }, [...path, "to"]),
      ...present({ audience: facts.audience, steps: facts.steps, without: facts.without }),
      ...present({ program: this.texts(facts.program, [...path, "program"]) }),
    };
  }

  private port(facts: FlowFacts["from" | "to"], flags: Readonly<Record<string, true | undefined>>, path: Path): PortTest {
    const ports = Object.keys(present(flags)) as NonNullable<PortTest["ports"]>;
    const test: PortTest = present({
      file: this.sets(facts.file, ["path"], [...path, "file"]),
      network: this.sets(facts.network, ["host"], [...path, "network"]),
      store: facts.store && this.byKind(facts.store, [...path, "store"]),
      variable: this.sets(facts.variable, ["variable"], [...path, "variable"]),
      code: facts.code,
      ports: ports.length > 0 ? ports : undefined,
    });
    if (Object.keys(test).length === 0) this.source.problem(path, "names no port: file, network, store, variable, code, …");
    const except = this.sets(facts.except, ["path", "host", "text"], [...path, "except"]);
    return { ...test, ...present({ scheme: facts.scheme, except, sweep: facts.sweep }) };
  }

  private invocation(facts: InvocationFacts, path: Path): InvocationTest {
    const { through, unless, argument, without } = facts;
    return {
      program: this.texts(facts.program, [...path, "program"]) ?? [],
      ...present({
        through: this.texts(through, [...path, "through"]),
        unless: this.texts(unless, [...path, "unless"]),
        argument: this.texts(argument, [...path, "argument"]),
        without: this.texts(without, [...path, "without"]),
        spelled: facts.spelled,
      }),
      ...this.setting(facts, path),
    };
  }

  private setting(facts: Pick<EffectFacts, "place" | "user" | "when">, path: Path): Pick<EffectTest, "place" | "user" | "when"> {
    const user = this.sets(
      facts.user?.filter((name) => name !== "changed"),
      ["text"],
      [...path, "user"],
    );
    return present({
      place: facts.place && this.place(facts.place, [...path, "place"]),
      user: user && facts.user,
      when: facts.when,
    });
  }

  private place(facts: PlaceFacts, path: Path): PlaceTest {
    return present({
      ...facts,
      capabilities: this.texts(facts.capabilities, [...path, "capabilities"]),
      mounts: this.sets(facts.mounts, ["path"], [...path, "mounts"]),
      targets: this.sets(facts.targets, ["path"], [...path, "targets"]),
    });
  }

  private texts(names: Names, path: Path): SetNames | undefined {
    return this.sets(names, ["text"], path);
  }

  /** Says which names are no sets, or sets of a kind that cannot stand here. `=word` is a set of its own. */
  private sets(names: Names, expected: readonly Kind[], path: Path, also: readonly Kind[] = []): SetNames | undefined {
    for (const name of names ?? []) {
      if (name === "any" || name.startsWith("=")) continue;
      const kind = this.kinds.get(name);
      if (kind === undefined) this.source.problem(path, `there is no set "${name}"${suggest(name, this.kinds.keys())}`);
      else if (![...expected, ...also].some((one) => sameKind(one, kind)))
        this.source.problem(path, `set ${name} is of ${kind}; here it must be of ${expected.join(" or ")}`);
    }
    return names;
  }
}
