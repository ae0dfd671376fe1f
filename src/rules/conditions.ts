import type {
  DoubtTest,
  EffectTest,
  FlowTest,
  InvocationTest,
  PlaceTest,
  PortTest,
  ResourceTest,
  RuleCondition,
  SetNames,
} from "../knowledge/rule.ts";
import type { Attributes, EffectKind } from "../model/effect.ts";
import type { Port, Transform } from "../model/flow.ts";
import type { Spelling } from "../model/invocation.ts";
import type { PlaceKind } from "../model/place.ts";
import type { ResourceKind } from "../model/resource.ts";
import type { SetId } from "./hits.ts";
import type { SetKind, Sets } from "./sets.ts";

/** Any of these sets, or everything. */
export interface SetTest {
  readonly any: boolean;
  readonly ids: readonly SetId[];
}

export interface ResourceCheck {
  readonly in: ReadonlyMap<ResourceKind, SetTest>;
  readonly except: ReadonlyMap<ResourceKind, SetTest> | undefined;
  readonly scheme: ReadonlySet<string> | undefined;
  readonly port: SetTest | undefined;
  readonly route: SetTest | undefined;
  readonly odd: boolean;
  readonly sweep: boolean;
}

export interface PlaceCheck {
  readonly kind: ReadonlySet<PlaceKind> | undefined;
  readonly not: ReadonlySet<PlaceKind> | undefined;
  readonly privileged: boolean;
  readonly capabilities: SetTest | undefined;
  readonly namespaces: readonly string[] | undefined;
  readonly mounts: SetTest | undefined;
  readonly targets: SetTest | undefined;
  readonly writable: boolean;
}

export interface Setting {
  readonly place: PlaceCheck | undefined;
  readonly user: (SetTest & { readonly changed: boolean }) | undefined;
  readonly when: "now" | "later" | undefined;
}

export type Flag = NonNullable<EffectTest["flags"]>[number];
export type AttributeName = keyof NonNullable<EffectTest["attributes"]> & keyof Attributes;

/** Leaves of conditions are numbered through all rules. */
interface Leaf {
  readonly id: number;
}

export interface EffectLeaf extends Leaf, Setting {
  readonly of: "effect";
  readonly kinds: ReadonlySet<EffectKind>;
  readonly on: ResourceCheck;
  readonly flags: readonly Flag[];
  readonly without: readonly Flag[];
  readonly attributes: readonly (readonly [name: AttributeName, kind: SetKind, test: SetTest])[];
  readonly program: SetTest | undefined;
  readonly through: SetTest | undefined;
}

export interface PortCheck {
  /** Kinds of ports with a test of their own; every other kind in `kinds` passes as it is. */
  readonly file: SetTest | undefined;
  readonly network: SetTest | undefined;
  readonly variable: SetTest | undefined;
  readonly store: ReadonlyMap<ResourceKind, SetTest> | undefined;
  readonly code: ReadonlySet<string> | undefined;
  readonly kinds: ReadonlySet<Port["kind"]>;
  readonly scheme: ReadonlySet<string> | undefined;
  readonly except: SetTest | undefined;
  /** network: texts of host and route that are excepted. */
  readonly exceptAddress: SetTest | undefined;
  readonly sweep: boolean;
}

export interface FlowLeaf extends Leaf {
  readonly of: "flow";
  readonly from: PortCheck;
  readonly to: PortCheck;
  readonly outside: boolean;
  readonly steps: readonly Transform[] | undefined;
  readonly without: readonly Transform[];
  readonly program: SetTest | undefined;
}

export interface InvocationLeaf extends Leaf, Setting {
  readonly of: "invocation";
  readonly program: SetTest;
  readonly through: SetTest | undefined;
  readonly unless: SetTest | undefined;
  readonly argument: SetTest | undefined;
  readonly without: SetTest | undefined;
  readonly spelled: readonly Spelling[] | undefined;
}

export interface DoubtLeaf extends Leaf {
  readonly of: "doubt";
  readonly test: DoubtTest;
}

export type AnyLeaf = EffectLeaf | FlowLeaf | InvocationLeaf | DoubtLeaf;

export type Condition =
  | AnyLeaf
  | { readonly of: "all" | "any"; readonly parts: readonly Condition[] }
  | { readonly of: "not"; readonly part: Condition };

/** Turns names into numbers. Throws when a set does not exist or is of the wrong kind. */
export class ConditionCompiler {
  readonly leaves: AnyLeaf[] = [];
  private readonly sets: Sets;

  constructor(sets: Sets) {
    this.sets = sets;
  }

  condition(when: RuleCondition): Condition {
    if ("all" in when) return { of: "all", parts: when.all.map((part) => this.condition(part)) };
    if ("any" in when) return { of: "any", parts: when.any.map((part) => this.condition(part)) };
    if ("not" in when) return { of: "not", part: this.condition(when.not) };
    const leaf = this.leaf(when);
    this.leaves.push(leaf);
    return leaf;
  }

  private leaf(
    when: Extract<RuleCondition, { effect: unknown } | { flow: unknown } | { invocation: unknown } | { doubt: unknown }>,
  ): AnyLeaf {
    const id = this.leaves.length;
    if ("effect" in when) return this.effect(id, when.effect);
    if ("flow" in when) return this.flow(id, when.flow);
    return "invocation" in when ? this.invocation(id, when.invocation) : { of: "doubt", id, test: when.doubt };
  }

  private effect(id: number, test: EffectTest): EffectLeaf {
    return {
      of: "effect",
      id,
      kinds: new Set(test.kind),
      on: this.resource(test.on),
      flags: test.flags ?? [],
      without: test.without ?? [],
      attributes: Object.entries(test.attributes ?? {}).map(([name, names]) => this.attribute(name as AttributeName, names)),
      program: this.test(test.program, "text"),
      through: this.test(test.through, "text"),
      ...this.setting(test),
    };
  }

  /** A link's target and a mount's source are paths, if the sets are. */
  private attribute(name: AttributeName, names: SetNames): readonly [AttributeName, SetKind, SetTest] {
    const kind = name === "source" && names.some((set) => this.sets.kindOf(set) === "path") ? "path" : "text";
    return [name, kind, this.need(names, kind)];
  }

  private resource(test: ResourceTest): ResourceCheck {
    return {
      in: this.byKind(test.in),
      except: test.except && this.byKind(test.except),
      scheme: test.scheme && new Set(test.scheme),
      port: this.test(test.port, "text"),
      route: this.test(test.route, "text"),
      odd: test.spelled === "odd",
      sweep: test.sweep === true,
    };
  }

  private flow(id: number, test: FlowTest): FlowLeaf {
    return {
      of: "flow",
      id,
      from: this.port(test.from),
      to: this.port(test.to),
      outside: test.audience === "outside",
      steps: test.steps,
      without: test.without ?? [],
      program: this.test(test.program, "text"),
    };
  }

  private port(test: PortTest): PortCheck {
    const kinds = new Set<Port["kind"]>(test.ports ?? []);
    for (const kind of ["file", "network", "variable", "store", "code"] as const) if (test[kind]) kinds.add(kind);
    return {
      file: this.test(test.file, "path"),
      network: this.test(test.network, "host"),
      variable: this.test(test.variable, "variable"),
      store: test.store && this.byKind(test.store),
      code: test.code?.includes("any") ? undefined : test.code && new Set(test.code),
      kinds,
      scheme: test.scheme && new Set(test.scheme),
      except: test.except && this.exceptions(test),
      exceptAddress: test.network && test.except && this.addresses(test.except),
      sweep: test.sweep === true,
    };
  }

  /** Exceptions are named without their kind: it is the set's own, and a literal's is the port's. */
  private exceptions(test: PortTest): SetTest {
    const kind = test.file ? "path" : test.network ? "host" : "variable";
    const ids = (test.except ?? []).map((name) => {
      const own = this.sets.kindOf(name);
      return this.sets.resolve(name, own === undefined || (own === "text" && kind === "variable") ? kind : own);
    });
    return { any: false, ids };
  }

  private addresses(names: SetNames): SetTest | undefined {
    const texts = names.filter((name) => this.sets.kindOf(name) === "text");
    return texts.length > 0 ? this.need(texts, "text") : undefined;
  }

  private invocation(id: number, test: InvocationTest): InvocationLeaf {
    return {
      of: "invocation",
      id,
      program: this.need(test.program, "text"),
      through: this.test(test.through, "text"),
      unless: this.test(test.unless, "text"),
      argument: this.test(test.argument, "text"),
      without: this.test(test.without, "text"),
      spelled: test.spelled,
      ...this.setting(test),
    };
  }

  private setting(test: { readonly place?: PlaceTest; readonly user?: SetNames; readonly when?: "now" | "later" }): Setting {
    const user = test.user && {
      ...this.need(
        test.user.filter((name) => name !== "changed"),
        "text",
      ),
      changed: test.user.includes("changed"),
    };
    return { place: test.place && this.place(test.place), user, when: test.when };
  }

  private place(test: PlaceTest): PlaceCheck {
    return {
      kind: test.kind && new Set(test.kind),
      not: test.not && new Set(test.not),
      privileged: test.privileged === true,
      capabilities: this.test(test.capabilities, "text"),
      namespaces: test.namespaces,
      mounts: this.test(test.mounts, "path"),
      targets: this.test(test.targets, "path"),
      writable: test.writable === true,
    };
  }

  private byKind(tests: Readonly<Partial<Record<ResourceKind, SetNames>>>): ReadonlyMap<ResourceKind, SetTest> {
    return new Map(Object.entries(tests).map(([kind, names]) => [kind as ResourceKind, this.need(names, kind as ResourceKind)]));
  }

  private test(names: SetNames | undefined, kind: SetKind): SetTest | undefined {
    return names && this.need(names, kind);
  }

  private need(names: SetNames, kind: SetKind): SetTest {
    const any = names.includes("any");
    return { any, ids: names.filter((name) => name !== "any").map((name) => this.sets.resolve(name, kind)) };
  }
}
