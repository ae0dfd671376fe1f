import { type Abstract, ENVIRONMENTS, elementOf, exactOf, itemsOf, listOf, optionsOf } from "./abstract.ts";
import { callBack } from "./calls.ts";
import { evaluate, indexOf } from "./evaluate.ts";
import { operate } from "./operators.ts";
import type { Scope } from "./scope.ts";
import type { Expr } from "./tree.ts";
import type { World } from "./world.ts";

/** Puts a value where the target says, taking it apart if that is a pattern. */
export function assign(world: World, scope: Scope, target: Expr, value: Abstract, sign?: string, own = false): Abstract {
  switch (target.kind) {
    case "name": {
      const before = sign === undefined ? undefined : scope.get(target.name);
      const after = before && sign !== undefined ? operate(sign, before, value) : value;
      if (own) scope.own(target.name, after);
      else scope.set(target.name, after);
      return after;
    }
    case "list":
      takeApart(world, scope, target.items, value, own);
      return value;
    case "record":
      for (const { key, value: part } of target.entries) {
        const found = key ? indexOf(world, value, evaluate(world, scope, key)) : value;
        assign(world, scope, part, found, undefined, own);
      }
      return value;
    case "assign":
      // A pattern's part and what it is when nothing is given.
      return assign(
        world,
        scope,
        target.target,
        value.kind === "nothing" ? evaluate(world, scope, target.value) : value,
        undefined,
        own,
      );
    case "member":
    case "index":
      for (const object of optionsOf(evaluate(world, scope, target.object))) {
        const key = target.kind === "member" ? target.name : exactOf(evaluate(world, scope, target.key));
        put(world, object, key, value, sign);
      }
      return value;
    case "parts":
      for (const part of target.parts) assign(world, scope, part, value, undefined, own);
      return value;
    case "text":
    case "number":
    case "nothing":
    case "slice":
    case "call":
    case "operator":
    case "template":
    case "sequence":
    case "function":
    case "class":
    case "either":
    case "each":
      evaluate(world, scope, target);
      return value;
  }
}

function takeApart(
  world: World,
  scope: Scope,
  targets: readonly { readonly value: Expr; readonly spread?: true }[],
  value: Abstract,
  own: boolean,
): void {
  const { items, more } = itemsOf(value);
  targets.forEach((part, i) => {
    const rest = part.spread ? listOf(items.slice(i), more) : undefined;
    assign(world, scope, part.value, rest ?? items[i] ?? more ?? elementOf(value), undefined, own);
  });
}

function put(world: World, object: Abstract, key: string | undefined, value: Abstract, sign: string | undefined): void {
  if (object.kind === "record" || object.kind === "handle") {
    const before = key === undefined ? undefined : object.fields.get(key);
    const after = before && sign !== undefined ? operate(sign, before, value) : value;
    if (key !== undefined) object.fields.set(key, after);
    else if (object.kind === "record")
      object.more = object.more ? { kind: "either", options: [object.more, value].slice(-8) } : value;
    // `socket.onmessage = event => …`
    if (object.kind === "handle" && value.kind === "function") callBack(world, [value], object);
  } else if (object.kind === "list") {
    const at = Number(key);
    if (Number.isInteger(at) && at >= 0 && at < object.items.length) object.items[at] = value;
    else object.more = value;
  } else if (object.kind === "library" && ENVIRONMENTS.has(object.path) && key !== undefined) world.environment.set(key, value);
  else if (object.kind === "library" && value.kind === "function") callBack(world, [value], { kind: "nothing" });
}
