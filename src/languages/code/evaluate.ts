import { exact, exactText, unknown } from "../../model/value.ts";
import {
  type Abstract,
  dataFrom,
  ENVIRONMENTS,
  eitherOf,
  elementOf,
  exactOf,
  type FunctionValue,
  itemsOf,
  joined,
  known,
  library,
  listOf,
  madeOf,
  NONE,
  number,
  optionsOf,
  sizeOf,
  textOf,
} from "./abstract.ts";
import { assign } from "./assign.ts";
import { apply } from "./calls.ts";
import { operate } from "./operators.ts";
import { Scope } from "./scope.ts";
import { slice } from "./texts.ts";
import type { Arg, Definition, Expr } from "./tree.ts";
import type { World } from "./world.ts";

/** One step of the walk is paid for; when nothing is left, what remains is a doubt. */
export function spend(world: World): boolean {
  if (world.fuel > 0) {
    world.fuel--;
    return true;
  }
  if (world.fuel === 0) {
    world.fuel = -1;
    world.results.doubt({
      kind: "limit",
      text: `${world.language.name} code takes too many steps to follow`,
      role: "code",
      about: [],
    });
  }
  return false;
}

export function evaluate(world: World, scope: Scope, expr: Expr): Abstract {
  if (!spend(world)) return dataFrom([], "unsupported");
  const value = valueAt(world, scope, expr);
  // Long texts and lists are work too.
  if (world.fuel > 0) world.fuel = Math.max(0, world.fuel - (sizeOf(value) >> 7));
  return value;
}

function valueAt(world: World, scope: Scope, expr: Expr): Abstract {
  switch (expr.kind) {
    case "text":
      return textOf(
        expr.value,
        expr.value.kind === "exact" ? [] : [{ at: { kind: "data", value: expr.value, span: world.results.span } }],
      );
    case "number":
      return number(expr.value);
    case "nothing":
      return NONE;
    case "name":
      return nameOf(world, scope, expr.name);
    case "member":
      return memberOf(world, evaluate(world, scope, expr.object), expr.name);
    case "index":
      return indexOf(world, evaluate(world, scope, expr.object), evaluate(world, scope, expr.key));
    case "slice":
      return slice(evaluate(world, scope, expr.object), ...bounds(world, scope, expr));
    case "call":
      return call(world, scope, expr);
    case "operator":
      return operate(expr.sign, evaluate(world, scope, expr.left), evaluate(world, scope, expr.right));
    case "template":
      return joined(expr.parts.map((part) => evaluate(world, scope, part)));
    case "list":
      return listOf(...spreadItems(world, scope, expr.items));
    case "record":
      return record(world, scope, expr);
    case "function":
    case "class":
      return define(world, scope, expr);
    case "either":
      if (expr.test) evaluate(world, scope, expr.test);
      return eitherOf(expr.options.map((option) => evaluate(world, scope, option)));
    case "each":
      return each(world, scope, expr);
    case "assign": {
      const value = evaluate(world, scope, expr.value);
      return assign(world, scope, expr.target, value, expr.sign, expr.own);
    }
    case "sequence":
      return expr.parts.map((part) => evaluate(world, scope, part)).at(-1) ?? NONE;
    case "parts":
      return madeOf(expr.parts.map((part) => evaluate(world, scope, part)));
  }
}

function nameOf(world: World, scope: Scope, name: string): Abstract {
  const found = scope.get(name);
  if (found) return found;
  const path = world.language.global(name);
  return path === undefined ? dataFrom([], "author") : libraryValue(world, path);
}

/** Names of a library that hold a value: `sys.argv`. */
export function libraryValue(world: World, path: string): Abstract {
  const canonical = world.language.canonical(path);
  const value = world.language.natives.get(`=${canonical}`);
  return value ? value({ world, path: canonical, args: [], named: new Map() }) : library(canonical);
}

export function memberOf(world: World, object: Abstract, name: string): Abstract {
  switch (object.kind) {
    case "library":
      if (ENVIRONMENTS.has(object.path) && !isEnvironmentMethod(name)) return variableOf(known(name));
      if (OF_EVERYTHING.has(name) && !world.language.library.has(`${object.path}.${name}`))
        return { kind: "method", of: object, name };
      return libraryValue(world, object.path === "" ? name : `${object.path}.${name}`);
    case "record": {
      const found = object.fields.get(name);
      if (found?.kind === "function" && object.made === "object") return { ...found, self: object };
      return (
        found ?? (object.more?.kind === "library" ? memberOf(world, object.more, name) : { kind: "method", of: object, name })
      );
    }
    case "handle":
      return object.fields.get(name) ?? { kind: "method", of: object, name };
    case "foreign":
      return { ...object, name: `${object.name}.${name}` };
    case "either":
      return eitherOf(object.options.map((option) => memberOf(world, option, name)));
    case "method":
      return object.of.kind === "handle" || object.of.kind === "record"
        ? { kind: "method", of: object.of, name }
        : { kind: "method", of: object, name };
    case "text":
    case "number":
    case "nothing":
    case "list":
    case "function": {
      const own = world.language.natives.get(`=*.${name}`);
      return own ? own({ world, path: name, args: [], named: new Map(), self: object }) : { kind: "method", of: object, name };
    }
  }
}

/** Methods that every function, or every promise, has. */
const OF_EVERYTHING: ReadonlySet<string> = new Set(["call", "apply", "bind", "__call__", "then", "catch", "finally"]);

const isEnvironmentMethod = (name: string): boolean =>
  ["get", "copy", "items", "keys", "values", "pop", "setdefault", "update", "toObject", "has"].includes(name);

export function variableOf(key: Abstract): Abstract {
  const name = exactOf(key);
  return name === undefined
    ? dataFrom([{ at: { kind: "environment" } }])
    : textOf(unknown("operator", name === "USERPROFILE" ? "HOME" : name), [{ at: { kind: "variable", name } }]);
}

export function indexOf(world: World, object: Abstract, key: Abstract): Abstract {
  const name = exactOf(key);
  switch (object.kind) {
    case "library":
      if (ENVIRONMENTS.has(object.path)) return variableOf(key);
      if (name !== undefined)
        return libraryValue(world, object.path === "sys.modules" || object.path === "" ? name : `${object.path}.${name}`);
      world.results.opaque(`a name of ${object.path || "the language"} is computed`);
      return dataFrom([], "author");
    case "record": {
      if (name === undefined)
        return eitherOf([...[...object.fields.values()].slice(0, 16), ...(object.more ? [object.more] : [])]);
      const found = object.fields.get(name);
      if (found) return found;
      if (object.more?.kind === "library") return indexOf(world, object.more, key);
      return object.more ?? dataFrom([], "author");
    }
    case "list": {
      const at = key.kind === "number" ? key.value : Number(name);
      const item = Number.isInteger(at) ? object.items[at < 0 ? object.items.length + at : at] : undefined;
      return item ?? object.more ?? (Number.isInteger(at) ? NONE : elementOf(object));
    }
    case "text": {
      const text = exactText(object.value);
      const at = key.kind === "number" ? key.value : Number.NaN;
      if (text !== undefined && Number.isInteger(at)) return textOf(exact(text.at(at) ?? ""), object.sources);
      return name !== undefined && key.kind === "text" ? memberOf(world, object, name) : madeOf([object]);
    }
    case "either":
      return eitherOf(object.options.map((option) => indexOf(world, option, key)));
    case "handle":
    case "foreign":
    case "function":
    case "nothing":
    case "number":
    case "method":
      return name !== undefined && key.kind === "text"
        ? memberOf(world, object, name)
        : object.kind === "foreign"
          ? object
          : madeOf([object]);
  }
}

function bounds(
  world: World,
  scope: Scope,
  expr: Extract<Expr, { kind: "slice" }>,
): [Abstract | undefined, Abstract | undefined, Abstract | undefined] {
  const at = (bound: Expr | undefined): Abstract | undefined => (bound ? evaluate(world, scope, bound) : undefined);
  return [at(expr.from), at(expr.to), at(expr.step)];
}

function call(world: World, scope: Scope, expr: Extract<Expr, { kind: "call" }>): Abstract {
  const callee = evaluate(world, scope, expr.callee);
  const [args, more] = spreadItems(
    world,
    scope,
    expr.args.filter((arg) => arg.name === undefined),
  );
  const named = new Map<string, Abstract>();
  for (const arg of expr.args) {
    if (arg.name === undefined) continue;
    named.set(arg.name, evaluate(world, scope, arg.value));
  }
  for (const arg of args)
    if (arg.kind === "record" && spreadRecords.has(arg)) for (const [name, value] of arg.fields) named.set(name, value);
  const plain = args.filter((arg) => !(arg.kind === "record" && spreadRecords.has(arg)));
  return apply(world, callee, more ? [...plain, more] : plain, named, scope);
}

/** `**record` among arguments, until the call is made. */
const spreadRecords = new WeakSet<object>();

function spreadItems(world: World, scope: Scope, items: readonly Arg[]): [Abstract[], Abstract | undefined] {
  const out: Abstract[] = [];
  let more: Abstract | undefined;
  for (const item of items) {
    const value = evaluate(world, scope, item.value);
    if (item.spread !== true) out.push(value);
    else if (value.kind === "record") {
      const copy: Abstract = { ...value };
      spreadRecords.add(copy);
      out.push(copy);
    } else {
      const inside = itemsOf(value);
      out.push(...inside.items);
      if (inside.more) more = inside.more;
    }
  }
  return [out, more];
}

function record(world: World, scope: Scope, expr: Extract<Expr, { kind: "record" }>): Abstract {
  const fields = new Map<string, Abstract>();
  const others: Abstract[] = [];
  for (const { key, value } of expr.entries) {
    const found = evaluate(world, scope, value);
    const name = key ? exactOf(evaluate(world, scope, key)) : undefined;
    if (name !== undefined) fields.set(name, found);
    else if (key) others.push(found);
    else if (found.kind === "record") for (const [field, held] of found.fields) fields.set(field, held);
    else others.push(found);
  }
  return { kind: "record", fields, ...(others.length > 0 ? { more: eitherOf(others) } : {}) };
}

export function define(world: World, scope: Scope, definition: Definition): Abstract {
  if (definition.kind === "function") {
    const self = definition.arrow ? scope.get("this") : undefined;
    const value: FunctionValue = { kind: "function", definition, scope, ...(self ? { self } : {}) };
    if (!world.calls.has(definition)) world.uncalled.set(definition, value);
    return value;
  }
  const fields = new Map<string, Abstract>();
  let foreign = false;
  for (const base of definition.bases.flatMap((expr) => optionsOf(evaluate(world, scope, expr)))) {
    if (base.kind === "record") for (const [name, value] of base.fields) fields.set(name, value);
    else if (base.kind !== "nothing") foreign = true;
  }
  const inside = new Scope(scope);
  for (const { name, value } of definition.members) {
    const held = evaluate(world, inside, value);
    if (name === "") continue;
    fields.set(name, held);
    inside.own(name, held);
  }
  return { kind: "record", fields, made: "class", ...(foreign ? { foreign: true } : {}) };
}

function each(world: World, scope: Scope, expr: Extract<Expr, { kind: "each" }>): Abstract {
  const inner = new Scope(scope);
  const out: Abstract[] = [];
  let certain = true;
  const clause = (at: number): void => {
    const here = expr.clauses[at];
    if (!here) {
      out.push(evaluate(world, inner, expr.item));
      return;
    }
    const { items, more } = itemsOf(evaluate(world, inner, here.over));
    for (const item of more ? [...items, more] : items) {
      // Items that are not known are as good as one of them.
      const vague = out.length >= 16 && out.slice(-16).every((found) => exactOf(found) === undefined);
      if (vague || out.length > 4096 || world.fuel <= 0) {
        certain = false;
        return;
      }
      assign(world, inner, here.target, item, undefined, true);
      for (const test of here.tests) evaluate(world, inner, test);
      clause(at + 1);
    }
    if (more || here.tests.length > 0) certain = false;
  };
  clause(0);
  return certain ? listOf(out) : listOf([], eitherOf(out.slice(0, 256)));
}
