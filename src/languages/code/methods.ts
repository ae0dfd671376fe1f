import { exactText } from "../../model/value.ts";
import {
  type Abstract,
  dataFrom,
  eitherOf,
  elementOf,
  exactOf,
  type Fields,
  type Handle,
  itemsOf,
  known,
  type List,
  listOf,
  MOST_ITEMS,
  madeOf,
  NONE,
  optionsOf,
  sourcesOf,
} from "./abstract.ts";
import { apply, callBack, type Named } from "./calls.ts";
import { selfOf } from "./ends.ts";
import { indexOf } from "./evaluate.ts";
import { perform } from "./perform.ts";
import { joinedList, textMethod } from "./texts.ts";
import type { World } from "./world.ts";

/** `of.name(args)`, where `of` is no library. */
export function callMethod(world: World, of: Abstract, name: string, args: readonly Abstract[], named: Named): Abstract {
  const promised = later(world, of, name, args);
  if (promised) return promised;
  switch (of.kind) {
    case "text":
      return ofText(world, of, name, args, named) ?? pass(world, of, args, named);
    case "list":
      return ofList(world, of, name, args) ?? pass(world, of, args, named);
    case "record":
      return ofRecord(world, of, name, args) ?? pass(world, of, args, named);
    case "handle":
      return ofHandle(world, of, name, args, named);
    case "function":
    case "library":
      return ofFunction(world, of, name, args) ?? pass(world, of, args, named);
    case "either":
      return eitherOf(of.options.map((option) => callMethod(world, option, name, args, named)));
    case "method":
      if (name === "call" || name === "apply" || name === "bind" || name === "__call__")
        return ofFunction(world, of, name, args) ?? NONE;
      return callMethod(world, of.of, name, args, named);
    case "foreign":
    case "number":
    case "nothing":
      return pass(world, of, args, named);
  }
}

/** What comes out is made of what went in; functions are called with it. */
function pass(world: World, of: Abstract, args: readonly Abstract[], named: Named): Abstract {
  const all = [...args, ...named.values()];
  return callBack(world, all, madeOf([of, ...all.filter((arg) => arg.kind !== "function")]));
}

/** A promise stands for what it is kept with. */
function later(world: World, of: Abstract, name: string, args: readonly Abstract[]): Abstract | undefined {
  if (name !== "then" && name !== "catch" && name !== "finally") return undefined;
  const [kept] = args.map((callback) => apply(world, callback, [of]));
  return name === "then" ? (kept ?? of) : of;
}

function ofText(
  world: World,
  of: Extract<Abstract, { kind: "text" }>,
  name: string,
  args: readonly Abstract[],
  named: Named,
): Abstract | undefined {
  const [first] = args;
  const text = exactText(of.value);
  if (name === "join" && first)
    return text === undefined
      ? madeOf([of, first])
      : joinedList(first.kind === "text" ? listOf(itemsOf(first).items, itemsOf(first).more) : first, text);
  if ((name === "replace" || name === "replaceAll") && args[1]?.kind === "function") return pass(world, of, args, named);
  return textMethod(of, name, args, named);
}

function ofList(world: World, of: List, name: string, args: readonly Abstract[]): Abstract | undefined {
  const [first] = args;
  switch (name) {
    case "append":
    case "push":
    case "add":
      if (of.items.length < MOST_ITEMS) of.items.push(...args);
      else of.more = madeOf(of.more ? [of.more, ...args] : args);
      return NONE;
    case "extend":
    case "concat":
      return extended(of, args, name === "concat");
    case "insert":
    case "unshift":
      if (of.items.length < MOST_ITEMS) of.items.unshift(...args.slice(name === "insert" ? 1 : 0));
      else of.more = madeOf(args);
      return NONE;
    case "pop":
    case "shift":
      return elementOf(of);
    case "join":
      return joinedList(of, exactOf(first) ?? ",");
    case "reverse":
      of.items.reverse();
      return of;
    case "slice":
      return args.length === 0 ? listOf(of.items, of.more) : listOf([], elementOf(of));
    case "map":
    case "flatMap":
      return first ? mapped(world, of, first) : undefined;
    case "forEach":
      if (first) mapped(world, of, first);
      return NONE;
    case "filter":
    case "find":
    case "some":
    case "every":
      if (first) mapped(world, of, first);
      return name === "filter" ? listOf([], elementOf(of)) : elementOf(of);
    case "reduce":
      return first ? reduced(world, of, first, args[1]) : undefined;
    case "toString":
      return joinedList(of, ",");
    default:
      return undefined;
  }
}

function extended(of: List, args: readonly Abstract[], copy: boolean): Abstract {
  const target = copy ? listOf(of.items, of.more) : of;
  for (const arg of args) {
    const { items, more } = arg.kind === "list" ? arg : itemsOf(arg);
    target.items.push(...items.slice(0, MOST_ITEMS - target.items.length));
    if (more || items.length > MOST_ITEMS) target.more = more ?? madeOf(items.slice(0, 16));
  }
  return target;
}

/** `list.map(f)`, `map(f, list)`. */
export function mapped(world: World, of: Abstract, each: Abstract): Abstract {
  const { items, more } = itemsOf(of);
  const out = items
    .slice(0, 4096)
    .map((item, i) => apply(world, each, world.language.name === "python" ? [item] : [item, { kind: "number", value: i }]));
  return listOf(out, more ? apply(world, each, [more]) : undefined);
}

function reduced(world: World, of: List, each: Abstract, start: Abstract | undefined): Abstract {
  const items = of.more ? [...of.items, of.more] : of.items;
  const [first, ...others] = start ? [start, ...items] : items;
  let result = first ?? NONE;
  for (const item of others.slice(0, 1024)) result = apply(world, each, [result, item]);
  return of.more ? madeOf([result]) : result;
}

function ofRecord(world: World, of: Fields, name: string, args: readonly Abstract[]): Abstract | undefined {
  const [first, second] = args;
  switch (name) {
    case "get":
    case "pop":
    case "setdefault":
    case "__getitem__":
      return first ? indexOf(world, of, first) : undefined;
    case "update":
      for (const arg of args) if (arg.kind === "record") for (const [field, value] of arg.fields) of.fields.set(field, value);
      return NONE;
    case "set":
    case "__setitem__": {
      const key = exactOf(first);
      if (key !== undefined && second) of.fields.set(key, second);
      return of;
    }
    case "items":
      return listOf(
        [...of.fields].map(([field, value]) => listOf([known(field), value])),
        of.more ? listOf([dataFrom([], "author"), of.more]) : undefined,
      );
    case "values":
      return listOf([...of.fields.values()], of.more);
    case "keys":
      return listOf([...of.fields.keys()].map(known));
    default:
      return undefined;
  }
}

function ofHandle(world: World, of: Handle, name: string, args: readonly Abstract[], named: Named): Abstract {
  const entry = world.language.library.get(`<${of.type}>.${name}`);
  if (!entry)
    return callBack(
      world,
      [...args, ...named.values()],
      name === "fileno" || name === "makefile" ? of : madeOf([of, ...args.filter((arg) => arg.kind !== "function")]),
    );
  const call = { world, path: `<${of.type}>.${name}`, args, named, self: of };
  const result = perform(call, entry);
  if (entry.actions.some((action) => action.verb === "does")) return result;
  // `socket.on("data", chunk => …)`: what is told is what the handle gives.
  const told = result !== of && sourcesOf(result).length > 0 ? result : dataFrom(selfOf(call));
  callBack(world, [...args, ...named.values()], told);
  return result;
}

/** `f.call(this, x)`, `f.apply(this, [x])`, `f.bind(this)`. */
function ofFunction(world: World, of: Abstract, name: string, args: readonly Abstract[]): Abstract | undefined {
  const [, ...others] = args;
  switch (name) {
    case "call":
      return apply(world, of, others);
    case "__call__":
      return apply(world, of, args);
    case "apply":
      return apply(
        world,
        of,
        others.flatMap((list) => optionsOf(list).flatMap((option) => (option.kind === "list" ? option.items : [option]))),
      );
    case "bind":
      return of;
    default:
      return undefined;
  }
}
