import { unknown } from "../../model/value.ts";
import { runFile } from "./acts.ts";
import type { Interpreter } from "./interpreter.ts";
import { invoke } from "./invoke.ts";
import type { Node, TextPart } from "./node.ts";
import { operate } from "./operate.ts";
import { readFrom } from "./reading.ts";
import { substitute } from "./substitute.ts";
import { blend, dataOf, either, elementOf, glue, known, listOf, NO_DATA, type Thing, text, UNKNOWN } from "./thing.ts";

/** What an expression stands for; what it does is told to the draft. */
export function evaluate(at: Interpreter, node: Node): Thing {
  if (!at.spend()) return UNKNOWN;
  at.nested++;
  const thing = thingOf(at, node);
  at.nested--;
  return thing;
}

function thingOf(at: Interpreter, node: Node): Thing {
  switch (node.kind) {
    case "text":
      return textOf(at, node.parts);
    case "command":
      return at.shell(textOf(at, node.parts), true);
    case "regex":
      return substitute(at, node, at.variables.get("$_") ?? UNKNOWN, "$_");
    case "name":
      return nameOf(at, node.name);
    case "variable":
      return variableOf(at, node.name);
    case "member":
    case "call":
      return invoke(at, node);
    case "index":
      return indexed(at, node);
    case "list":
      return listed(at, node.items);
    case "pair":
      return either(evaluate(at, node.key), evaluate(at, node.value));
    case "binary":
      return operate(at, node);
    case "unary":
      return unary(at, node);
    case "assign":
      return assigned(at, node);
    case "function":
      if (node.name !== undefined) at.functions.set(node.name, node.block);
      return { ...UNKNOWN, closure: node.block };
    case "compound":
      return compound(at, node);
    case "each":
      return each(at, node);
    case "choice":
      evaluate(at, node.test);
      return at.perhaps(() => node.options.map((option) => evaluate(at, option)).reduce(either));
    case "read":
      return readFrom(at, node.of);
    case "module":
      return loaded(at, node);
  }
}

export function textOf(at: Interpreter, parts: readonly TextPart[]): Thing {
  return glue(parts.map((part) => (typeof part === "string" ? text(at.spelled(part)) : joinedItems(evaluate(at, part)))));
}

/** A list inside a text: its members with blanks between. */
function joinedItems(thing: Thing): Thing {
  if (!thing.items || thing.items.length < 2) return thing;
  return glue(thing.items.flatMap((item, i) => (i === 0 ? [item] : [text(" "), item])));
}

function nameOf(at: Interpreter, name: string): Thing {
  const held = at.variables.get(name);
  if (held) return held;
  const hole = at.holes.get(name);
  if (hole) return text(hole);
  const special = at.dialect.variable(at, name);
  if (special) return special;
  if (at.dialect.bareCalls) return invoke(at, { kind: "call", callee: { kind: "name", name }, args: [] }, true);
  return { ...text(at.dialect.caseless ? unknown("author", name) : name), path: name };
}

function variableOf(at: Interpreter, name: string): Thing {
  return at.variables.get(name) ?? at.dialect.variable(at, name) ?? otherSigil(at, name) ?? UNKNOWN;
}

/** `$x[0]` is a member of `@x`. */
function otherSigil(at: Interpreter, name: string): Thing | undefined {
  if (!name.startsWith("$")) return undefined;
  return at.variables.get(`@${name.slice(1)}`) ?? at.variables.get(`%${name.slice(1)}`);
}

function indexed(at: Interpreter, node: Extract<Node, { kind: "index" }>): Thing {
  const of = containerOf(at, node.of);
  const key = evaluate(at, node.key);
  const name = known(key);
  const named = name === undefined ? undefined : of.pairs?.get(name);
  if (named) return named;
  if (of.path !== undefined && name !== undefined && of.path !== "") {
    const whole = { ...text(name), path: at.dialect.prefixes.includes(`${of.path}.`) ? name : `${of.path}.${name}` };
    if (!of.items && !of.handle) return at.dialect.variable(at, `${of.path}[${name}]`) ?? whole;
  }
  const position = Number(name);
  if (of.items && name !== undefined && Number.isInteger(position)) return of.items.at(position) ?? UNKNOWN;
  if (of.items || of.pairs || of.from.length > 0 || of.handle)
    return { ...elementOf(of), ...(of.handle ? { handle: of.handle } : {}) };
  return blend([of]);
}

function containerOf(at: Interpreter, node: Node): Thing {
  if (node.kind !== "variable") return evaluate(at, node);
  const whole = otherSigil(at, node.name) ?? at.dialect.variable(at, `${node.name}[]`);
  return whole ?? variableOf(at, node.name);
}

function listed(at: Interpreter, nodes: readonly Node[]): Thing {
  const items: Thing[] = [];
  const pairs = new Map<string, Thing>();
  for (const node of nodes) {
    if (node.kind !== "pair") {
      const thing = evaluate(at, node);
      const spreads =
        thing.items &&
        (node.kind === "variable" ? node.name.startsWith("@") : node.kind === "unary" && node.op.endsWith("deref"));
      items.push(...(spreads && thing.items ? thing.items : [thing]));
      continue;
    }
    const value = evaluate(at, node.value);
    const keys = node.key.kind === "list" ? node.key.items : [node.key];
    for (const key of keys) {
      const name = known(key.kind === "name" ? text(key.name) : evaluate(at, key));
      if (name !== undefined) pairs.set(name, value);
    }
    items.push(value);
  }
  const last = items.at(-1);
  return {
    ...listOf(items),
    ...(pairs.size > 0 ? { pairs } : {}),
    ...(last?.closure && items.length === 1 ? { closure: last.closure } : {}),
  };
}

function unary(at: Interpreter, node: Extract<Node, { kind: "unary" }>): Thing {
  const of = evaluate(at, node.of);
  if (node.op === "range") return { value: unknown("author", "a number"), from: NO_DATA };
  if (node.op === "$deref" && of.value.kind === "exact" && !of.items) return variableOf(at, `$${of.value.text}`);
  if (node.op === "&" && known(of) !== undefined && of.path === undefined) return { ...of, path: known(of) ?? "" };
  if (node.op === "!" || node.op === "not" || node.op === "#") return text(unknown("author", "a number"));
  if (node.op === "-" && known(of) !== undefined) return text(`-${known(of)}`);
  return of;
}

function assigned(at: Interpreter, { op, target, value }: Extract<Node, { kind: "assign" }>): Thing {
  const right = evaluate(at, value);
  const name = nameIn(target);
  const joins = op === `${at.dialect.concat}=` || op === "+=";
  const held = op === "=" || name === undefined ? undefined : at.variables.get(name);
  const result =
    held === undefined
      ? right
      : joins
        ? glue([held, right])
        : op.length === 3 && op !== "**="
          ? either(held, right)
          : blend([held, right]);
  store(at, target, result);
  return result;
}

function nameIn(target: Node): string | undefined {
  if (target.kind === "variable" || target.kind === "name") return target.name;
  if (target.kind === "call" && target.args.length === 0) return nameIn(target.callee);
  return target.kind === "member" && typeof target.name === "string" ? `.${target.name}` : undefined;
}

function store(at: Interpreter, target: Node, thing: Thing): void {
  if (target.kind === "list") {
    for (const [i, item] of target.items.entries()) store(at, item, share(item, thing, i, target.items.length));
  } else if (target.kind === "index") storeIn(at, target, thing);
  else if (target.kind === "unary") store(at, target.of, thing);
  else {
    const name = nameIn(target);
    const { handle } = thing;
    if (name === undefined) return;
    at.assign(name, isArray(target) && !thing.items ? { ...listOf([thing]), ...(handle ? { handle } : {}) } : thing);
  }
}

/** What one of several targets gets: its own item, or the whole where the items are not known. */
function share(target: Node, thing: Thing, i: number, targets: number): Thing {
  const { items } = thing;
  if (!items || (items.length < 2 && targets > 1)) return items?.[0] ?? thing;
  return isArray(target) ? listOf(items.slice(i)) : (items[i] ?? UNKNOWN);
}

const isArray = (node: Node): boolean =>
  node.kind === "variable" && node.name.startsWith("@") && !node.name.startsWith("@@") && node.name !== "@_";

/** `$h{key} = value`, `$ENV{NAME} = value` */
function storeIn(at: Interpreter, { of, key }: Extract<Node, { kind: "index" }>, thing: Thing): void {
  const name = known(evaluate(at, key));
  const holder = nameIn(of);
  if (holder === undefined) return;
  if (["$ENV", "ENV", "%ENV"].includes(holder)) {
    if (name !== undefined) at.environment.set(name, thing.value);
    return;
  }
  const slot =
    holder.startsWith("$") && at.dialect.concat === "." && !at.variables.has(holder) && !at.dialect.caseless
      ? `%${holder.slice(1)}`
      : holder;
  const before = at.variables.get(slot);
  const pairs = new Map(before?.pairs ?? []);
  if (name !== undefined) pairs.set(name, thing);
  const items = [...(before?.items ?? []), thing].slice(-256);
  at.variables.set(slot, { value: UNKNOWN.value, from: dataOf(items), items, pairs });
}

function compound(at: Interpreter, { head, body }: Extract<Node, { kind: "compound" }>): Thing {
  const [first] = head;
  const tested = head.map((node) => evaluate(at, node));
  // `while (<$s>)` reads into `$_`.
  if (first?.kind === "read" && tested[0]) at.variables.set("$_", tested[0]);
  if (head.length === 0) return at.body(body);
  return at.perhaps(() => at.body(body));
}

const UNROLLED = 16;

function each(at: Interpreter, { names, over, body }: Extract<Node, { kind: "each" }>): Thing {
  const thing = evaluate(at, over);
  const list = over.kind === "list" && thing.items?.length === 1 ? (thing.items[0] ?? thing) : thing;
  const items = list.items ?? [elementOf(list)];
  const every = items.length <= UNROLLED ? items : [items.reduce(either)];
  return at.perhaps(() => {
    let last: Thing = UNKNOWN;
    for (const item of every) {
      for (const name of names) at.variables.set(name, item);
      last = at.body(body);
    }
    return last;
  });
}

/** A module that is loaded: known ones are no doubt. */
function loaded(at: Interpreter, node: Extract<Node, { kind: "module" }>): Thing {
  const args = node.args.map((arg) => evaluate(at, arg));
  if (node.name === "lib") for (const folder of args) at.draft.path("load", folder.value);
  if (node.name === "") for (const file of args) runFile(at, file);
  else if (!at.dialect.modules.has(node.name) && !/^v?[\d.]+$/.test(node.name)) at.unfamiliar(`loads ${node.name}`);
  return UNKNOWN;
}
