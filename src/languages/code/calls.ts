import type { Resource } from "../../model/resource.ts";
import { exactText } from "../../model/value.ts";
import {
  type Abstract,
  dataFrom,
  eitherOf,
  type Fields,
  type FunctionValue,
  library,
  listOf,
  madeOf,
  NONE,
  optionsOf,
  sourcesOf,
  valueIn,
} from "./abstract.ts";
import { assign } from "./assign.ts";
import { evaluate, spend } from "./evaluate.ts";
import type { Entry } from "./library.ts";
import { callMethod } from "./methods.ts";
import { perform } from "./perform.ts";
import { Scope } from "./scope.ts";
import { walkBlock } from "./statements.ts";
import type { World } from "./world.ts";

const DEEPEST_CALL = 40;
/** Calls of a function by itself, before what it is given is blurred. */
const RECURSION = 2;

export type Named = ReadonlyMap<string, Abstract>;

/** Calls whatever the callee may be. */
export function apply(
  world: World,
  callee: Abstract,
  args: readonly Abstract[],
  named: Named = new Map(),
  scope: Scope = world.top,
): Abstract {
  if (!spend(world)) return dataFrom([], "unsupported");
  switch (callee.kind) {
    case "function":
      return callFunction(world, callee, args, named);
    case "library":
      return callLibrary(world, callee.path, args, named, scope);
    case "method":
      return callMethod(world, callee.of, callee.name, args, named);
    case "record":
      return callee.made === "class" ? instantiate(world, callee, args, named) : callBack(world, args, madeOf([callee, ...args]));
    case "foreign":
      return callForeign(world, callee.name, [callee, ...args, ...named.values()]);
    case "either":
      return eitherOf(callee.options.map((option) => apply(world, option, args, named, scope)));
    case "handle":
      return callMethod(world, callee, "()", args, named);
    case "text":
    case "number":
    case "nothing":
    case "list":
      return callBack(world, [...args, ...named.values()], madeOf([callee, ...args, ...named.values()]));
  }
}

/** Walks the body with its parameters bound; what it returns. */
export function callFunction(world: World, callee: FunctionValue, args: readonly Abstract[], named: Named = new Map()): Abstract {
  const { definition } = callee;
  world.uncalled.delete(definition);
  const level = world.calls.get(definition) ?? 0;
  if (world.depth >= DEEPEST_CALL || level > RECURSION) return tooDeep(world, level, [...args, ...named.values()]);
  world.calls.set(definition, level + 1);
  // Deeper calls of itself get what is not known any more.
  const result = level < RECURSION ? walkBody(world, callee, args, named) : walkBody(world, callee, args.map(blurred), named);
  world.calls.set(definition, level);
  return result;
}

const blurred = (value: Abstract): Abstract => (value.kind === "text" || value.kind === "number" ? madeOf([value]) : value);

function tooDeep(world: World, level: number, values: readonly Abstract[]): Abstract {
  if (level <= RECURSION)
    world.results.doubt({ kind: "limit", text: "calls are nested too deep to follow", role: "code", about: [] });
  return madeOf(values);
}

function walkBody(world: World, callee: FunctionValue, args: readonly Abstract[], named: Named): Abstract {
  const { definition } = callee;
  const scope = new Scope(callee.scope);
  const python = world.language.name === "python";
  if (!definition.arrow) {
    scope.own("this", callee.self ?? (python ? NONE : library("")));
    scope.own("arguments", listOf(args));
  }
  bindParams(world, scope, definition, callee.self && python ? [callee.self, ...args] : args, named);
  const before = world.returned;
  world.returned = [];
  world.depth++;
  walkBlock(world, scope, definition.body);
  world.depth--;
  const result = world.returned;
  world.returned = before;
  return definition.generates ? listOf([], eitherOf(result)) : eitherOf(result);
}

function bindParams(
  world: World,
  scope: Scope,
  definition: FunctionValue["definition"],
  args: readonly Abstract[],
  named: Named,
): void {
  definition.params.forEach((param, i) => {
    const name = param.target.kind === "name" ? param.target.name : undefined;
    if (param.rest === "list") {
      assign(world, scope, param.target, listOf(args.slice(i)), undefined, true);
      return;
    }
    if (param.rest === "record") {
      assign(world, scope, param.target, { kind: "record", fields: new Map(named) }, undefined, true);
      return;
    }
    const value =
      args[i] ??
      (name === undefined ? undefined : named.get(name)) ??
      (param.fallback ? evaluate(world, scope, param.fallback) : undefined);
    assign(world, scope, param.target, value ?? dataFrom([], "author"), undefined, true);
  });
}

/** Functions among these are called by whoever they are given to, with what that makes of the rest. */
export function callBack(world: World, args: readonly Abstract[], result: Abstract): Abstract {
  for (const arg of args.flatMap(optionsOf)) {
    if (arg.kind === "function" && world.depth < DEEPEST_CALL)
      callFunction(
        world,
        arg,
        arg.definition.params.map(() => result),
      );
    else if (arg.kind === "record" && arg.made === undefined)
      for (const field of [...arg.fields.values()].slice(0, 32)) if (field.kind === "function") callBack(world, [field], result);
    // `pool.submit(os.system, "id")`: a function of the library is called with what is given beside it.
    if (arg.kind === "library" && world.language.library.has(world.language.canonical(arg.path)) && world.depth < DEEPEST_CALL) {
      world.depth++;
      const beside = args.filter((other) => other !== arg).flatMap((other) => (other.kind === "list" ? other.items : [other]));
      if (beside.length > 0) apply(world, arg, beside);
      world.depth--;
    }
  }
  return result;
}

function callLibrary(world: World, path: string, args: readonly Abstract[], named: Named, scope: Scope): Abstract {
  const { language } = world;
  const canonical = language.canonical(path);
  const entry = entryOf(world, canonical);
  const call = { world, path: canonical, args, named, scope };
  const result = entry ? perform(call, entry) : madeOf([...args, ...named.values()]);
  // What a table's native does with functions it is given, it does itself.
  return entry?.actions.some((action) => action.verb === "does") ? result : callBack(world, [...args, ...named.values()], result);
}

/** `shutil.os.system` is `os.system`. */
function entryOf(world: World, path: string): Entry | undefined {
  const { library, modules } = world.language;
  const parts = path.split(".");
  for (let at = 0; at < Math.min(parts.length, 6); at++) {
    const first = (parts[at] ?? "").replace("_", "");
    if (at > 0 && !modules.has(parts[at] ?? "") && !modules.has(first)) continue;
    const found = library.get(parts.slice(at).join(".")) ?? library.get([first, ...parts.slice(at + 1)].join("."));
    if (found) return found;
  }
  return undefined;
}

function instantiate(world: World, made: Fields, args: readonly Abstract[], named: Named): Abstract {
  const object: Fields = { kind: "record", fields: new Map(made.fields), made: "object" };
  for (const name of ["__init__", "constructor"]) {
    const init = made.fields.get(name);
    if (init?.kind === "function") callFunction(world, { ...init, self: object }, args, named);
  }
  return object;
}

/** Something of a module that is not the language's own is the project's business; paths and hosts it is told are named. */
export function callForeign(world: World, name: string, values: readonly Abstract[]): Abstract {
  const about = values.flatMap((value) => namedIn(value));
  const sources = values.flatMap((value) => sourcesOf(value)).slice(0, 32);
  for (const { at } of sources) if (at.kind === "resource") about.push(at.on);
  if (about.length > 0)
    world.results.doubt({
      kind: "unexplained-argument",
      text: `${name} is told of ${about.length > 1 ? "paths" : "a path"}`,
      role: "argument",
      about: about.slice(0, 16),
    });
  const [module = name] = name.split(".");
  world.results.opaque(`${module} is not part of ${world.language.name}`, "project");
  world.results.unknownOutput();
  return callBack(world, values, { kind: "foreign", name: module, sources });
}

function namedIn(value: Abstract): Resource[] {
  if (value.kind !== "text") return [];
  const text = exactText(value.value);
  if (text === undefined || text.includes("\n")) return [];
  return text.length > 1 && (text.startsWith("/") || text.startsWith("~")) ? [{ kind: "path", value: valueIn(value) }] : [];
}
