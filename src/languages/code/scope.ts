import { type Abstract, eitherOf, same } from "./abstract.ts";

/** Names of a block of code, and those around it. */
export class Scope {
  readonly names: Map<string, Abstract>;
  private readonly outer: Scope | undefined;

  constructor(outer?: Scope, names: ReadonlyMap<string, Abstract> = new Map()) {
    this.outer = outer;
    this.names = new Map(names);
  }

  get(name: string): Abstract | undefined {
    return this.names.get(name) ?? this.outer?.get(name);
  }

  /** Assigns where the name is known, else here. Python assigns here, which differs only for names used in both. */
  set(name: string, value: Abstract): void {
    const holder = this.holderOf(name);
    (holder ?? this).names.set(name, value);
  }

  /** A name of this block alone: a parameter, a definition. */
  own(name: string, value: Abstract): void {
    this.names.set(name, value);
  }

  private holderOf(name: string): Scope | undefined {
    return this.names.has(name) ? this : this.outer?.holderOf(name);
  }

  /** All names as they are now, to come back to. */
  snapshot(): ReadonlyMap<Scope, ReadonlyMap<string, Abstract>> {
    const out = new Map<Scope, ReadonlyMap<string, Abstract>>();
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) out.set(scope, new Map(scope.names));
    return out;
  }

  restore(snapshot: ReadonlyMap<Scope, ReadonlyMap<string, Abstract>>): void {
    for (const [scope, names] of snapshot) {
      scope.names.clear();
      for (const [name, value] of names) scope.names.set(name, value);
    }
  }

  /** What is so on this way or on that one. */
  join(other: ReadonlyMap<Scope, ReadonlyMap<string, Abstract>>): void {
    for (const [scope, names] of other) {
      for (const [name, value] of names) {
        const here = scope.names.get(name);
        if (here === undefined) scope.names.set(name, value);
        else if (!same(here, value)) scope.names.set(name, eitherOf([here, value]));
      }
    }
  }
}
