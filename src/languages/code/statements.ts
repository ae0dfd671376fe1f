import { type Abstract, dataFrom, elementOf, itemsOf, madeOf } from "./abstract.ts";
import { assign } from "./assign.ts";
import { apply } from "./calls.ts";
import { define, evaluate, libraryValue, memberOf, spend } from "./evaluate.ts";
import type { Scope } from "./scope.ts";
import type { Statement } from "./tree.ts";
import type { World } from "./world.ts";

/** Items of a known list that a loop is walked for, one by one. */
const UNROLLED = 64;

export function walkBlock(world: World, scope: Scope, body: readonly Statement[]): void {
  // Functions may be used before they are defined.
  for (const statement of body)
    if (statement.kind === "define" && statement.value.kind === "function" && statement.decorators.length === 0)
      scope.own(statement.name, define(world, scope, statement.value));
  for (const statement of body) {
    if (!spend(world)) return;
    walk(world, scope, statement);
  }
}

function walk(world: World, scope: Scope, statement: Statement): void {
  switch (statement.kind) {
    case "do":
      evaluate(world, scope, statement.value);
      return;
    case "define":
      defineName(world, scope, statement);
      return;
    case "import":
      importInto(world, scope, statement);
      return;
    case "return":
      world.returned.push(evaluate(world, scope, statement.value));
      return;
    case "loop":
      loop(world, scope, statement);
      return;
    case "branches":
      branches(world, scope, statement.branches);
      return;
    case "block":
      walkBlock(world, scope, statement.body);
      return;
  }
}

/** A decorator is called with what it decorates, and may call it. */
function defineName(world: World, scope: Scope, { name, value, decorators }: Extract<Statement, { kind: "define" }>): void {
  const defined = define(world, scope, value);
  scope.own(name, defined);
  for (const decorator of decorators) apply(world, evaluate(world, scope, decorator), [defined]);
}

/** A module of the language's own, or one of the project, whose code runs now. */
export function moduleOf(world: World, name: string): Abstract {
  const canonical = world.language.canonical(name);
  const [first = ""] = canonical.split(".");
  if (canonical === "" || world.language.modules.has(first)) return libraryValue(world, canonical);
  world.results.opaque(`${first === "" ? name : first} is not part of ${world.language.name}`, "project");
  world.results.unknownOutput();
  return { kind: "foreign", name: first === "" ? name : first, sources: [] };
}

function importInto(world: World, scope: Scope, { module, name, as }: Extract<Statement, { kind: "import" }>): void {
  const found = moduleOf(world, module);
  if (name === undefined) scope.own(as, found.kind === "library" ? libraryValue(world, as) : found);
  else if (name === "*") star(world, scope, found);
  else if (name === "") scope.own(as, found);
  else scope.own(as, memberOf(world, found, name));
}

/** `from os import *`: every name the library's table knows. */
function star(world: World, scope: Scope, module: Abstract): void {
  if (module.kind !== "library") return;
  const start = `${module.path}.`;
  for (const path of world.language.library.keys()) {
    if (!path.startsWith(start)) continue;
    const [name = ""] = path.slice(start.length).split(".");
    scope.own(name, libraryValue(world, start + name));
  }
}

function loop(world: World, scope: Scope, { target, over, tests, body }: Extract<Statement, { kind: "loop" }>): void {
  if (!target || !over) {
    blurred(world, scope, () => {
      for (const test of tests) evaluate(world, scope, test);
      walkBlock(world, scope, body);
    });
    return;
  }
  const value = evaluate(world, scope, over);
  const { items, more } = itemsOf(value);
  if (!more && items.length <= UNROLLED) {
    for (const item of items) {
      if (world.fuel <= 0) return;
      assign(world, scope, target, item);
      walkBlock(world, scope, body);
    }
    return;
  }
  blurred(world, scope, () => {
    assign(world, scope, target, elementOf(value));
    walkBlock(world, scope, body);
  });
}

/** Walks a body that runs any number of times: what it changed is not known any more, and then it is walked once again. */
function blurred(world: World, scope: Scope, walkOnce: () => void): void {
  const before = scope.snapshot();
  world.results.nested++;
  walkOnce();
  let changed = false;
  for (const [holder, names] of before) {
    for (const [name, old] of names) {
      const now = holder.names.get(name);
      if (now === undefined || now === old || (old.kind !== "text" && old.kind !== "number")) continue;
      if (now.kind !== "text" && now.kind !== "number") continue;
      holder.names.set(name, madeOf([old, now]));
      changed = true;
    }
  }
  if (changed && world.fuel > 0) walkOnce();
  world.results.nested--;
}

function branches(world: World, scope: Scope, all: readonly (readonly Statement[])[]): void {
  const before = scope.snapshot();
  world.results.nested++;
  const afters = all.map((branch) => {
    scope.restore(before);
    walkBlock(world, scope, branch);
    return scope.snapshot();
  });
  world.results.nested--;
  scope.restore(before);
  for (const after of afters) scope.join(after);
}

/** What nobody was seen to call may be called all the same. */
export function walkUncalled(world: World): void {
  world.results.unsure = true;
  for (let i = 0; i < 64; i++) {
    const [next] = world.uncalled.values();
    if (!next || world.fuel <= 0) return;
    apply(
      world,
      next,
      next.definition.params.map(() => dataFrom([], "author")),
    );
    world.uncalled.delete(next.definition);
  }
}
