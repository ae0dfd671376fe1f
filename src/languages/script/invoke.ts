import { unknown } from "../../model/value.ts";
import type { Act, Call, Interpreter } from "./interpreter.ts";
import type { Node } from "./node.ts";
import { blend, elementOf, known, listOf, type Thing, text, UNKNOWN } from "./thing.ts";

type Calling = Extract<Node, { kind: "call" }>;
type Member = Extract<Node, { kind: "member" }>;

/** A call, or a member that a language calls by naming it. `bare`: a name alone, which may be no call. */
export function invoke(at: Interpreter, node: Calling | Member, bare = false): Thing {
  if (node.kind === "member")
    return at.dialect.bareCalls ? method(at, node, { kind: "call", callee: node, args: [] }) : property(at, node);
  const { callee } = node;
  if (callee.kind === "name") return named(at, callee.name, node, bare);
  if (callee.kind === "member") return method(at, callee, node);
  const chosen = at.evaluate(at, callee);
  return through(at, chosen, prepare(at, node, known(chosen) ?? ""));
}

/** A function held in a variable or named by a text. */
export function through(at: Interpreter, chosen: Thing, call: Call): Thing {
  if (chosen.closure) return at.enter(chosen.closure, call.args);
  const path = chosen.path ?? known(chosen);
  if (path === undefined) {
    const [first] = chosen.items ?? [];
    if (first && (first.closure || first.path !== undefined)) return through(at, first, call);
    return at.opaque("a function that is chosen when it runs", chosen.from, chosen.value);
  }
  const act = find(at, path);
  if (act) return finish(at, act(at, call), call);
  const own = at.functions.get(path);
  return own ? at.enter(own, call.args) : other(at, path, call);
}

/** What a name does; prefixes that change nothing are left out. */
export function find(at: Interpreter, path: string): Act | undefined {
  const { calls, caseless, prefixes } = at.dialect;
  let name = caseless ? path.toLowerCase() : path.replaceAll("&", "");
  for (let guard = 0; guard < 3; guard++) {
    const prefix = prefixes.find((one) => name.startsWith(one));
    if (prefix === undefined) break;
    name = name.slice(prefix.length);
  }
  return (
    calls.get(name) ??
    (caseless
      ? calls.get(name.slice(name.lastIndexOf("\\") + 1))
      : calls.get(name.slice(name.lastIndexOf("::") + 1).replace(/^:+/, "")))
  );
}

function named(at: Interpreter, name: string, node: Calling, bare: boolean): Thing {
  const own = at.functions.get(name);
  if (own) {
    const call = prepare(at, node, name);
    at.called.add(name);
    const before = at.variables.get("@_");
    at.variables.set("@_", listOf(call.args));
    const result = at.enter(own, call.args);
    if (before) at.variables.set("@_", before);
    return result;
  }
  const held = at.variables.get(name);
  if (held && (held.closure || held.path !== undefined)) return through(at, held, prepare(at, node, name));
  // A class may have a function of its own name beside it: `URI.open`, `URI("…")`.
  const isClass = bare && name[0] !== name[0]?.toLowerCase();
  const act = isClass ? undefined : find(at, name);
  if (act) {
    const call = prepare(at, node, name);
    return finish(at, act(at, call), call);
  }
  if (bare) return { ...text(name), path: name };
  return other(at, name, prepare(at, node, name));
}

function other(at: Interpreter, name: string, call: Call): Thing {
  const { plain, caseless, harmless } = at.dialect;
  const mark = name.lastIndexOf("::");
  const short = name.slice(mark < 0 ? name.lastIndexOf("\\") + 1 : mark + 2);
  const lower = caseless ? short.toLowerCase() : name;
  const module = name.slice(0, Math.max(0, name.lastIndexOf("::")));
  if (!plain.has(lower) && !plain.has(short) && !harmless.has(module)) at.unfamiliar(`calls ${name}`);
  return finish(at, blend([...call.args, ...call.named.values()]), call);
}

function method(at: Interpreter, callee: Member, node: Calling): Thing {
  const self = at.evaluate(at, callee.of);
  const name = typeof callee.name === "string" ? callee.name : nameOf(at, callee.name);
  const call = prepare(at, node, name ?? "", self);
  if (name === undefined) return at.opaque("a method that is chosen when it runs", self.from);
  const path = self.path === undefined || self.handle ? undefined : `${self.path}.${name}`;
  const act =
    (path === undefined ? undefined : find(at, path)) ?? (self.type === undefined ? undefined : find(at, `${self.type}#${name}`));
  if (act) return finish(at, act(at, call), call);
  const held = self.pairs?.get(name) ?? at.variables.get(`.${name}`);
  if (held?.closure) return at.enter(held.closure, call.args);
  const own =
    at.functions.get(name) ?? (name === "new" ? (at.functions.get("initialize") ?? at.functions.get("__construct")) : undefined);
  if (own) {
    at.called.add(name);
    return { ...at.enter(own, call.args), ...(name === "new" && self.path !== undefined ? { type: self.path } : {}) };
  }
  const known = at.dialect.methods.get(at.dialect.caseless ? name.toLowerCase() : name);
  if (known) return finish(at, known(at, call), call);
  if (path !== undefined && self.path !== undefined && !isHarmless(at, self.path, path, name)) at.unfamiliar(`calls ${path}`);
  const made = blend([self, ...call.args, ...call.named.values()]);
  return finish(
    at,
    {
      ...made,
      ...(name === "new" && self.path !== undefined ? { type: self.path } : {}),
      ...(self.handle ? { handle: self.handle } : {}),
    },
    call,
  );
}

function isHarmless(at: Interpreter, owner: string, path: string, name: string): boolean {
  const { harmless, plain } = at.dialect;
  const isOwn = ["self", "this", "$this", "super", "parent", "static"].includes(owner);
  return name === "new" || isOwn || harmless.has(owner) || plain.has(path);
}

function nameOf(at: Interpreter, node: Node): string | undefined {
  const thing = at.evaluate(at, node);
  return thing.path ?? known(thing);
}

function property(at: Interpreter, { of, name }: Member): Thing {
  const self = at.evaluate(at, of);
  const spelled = typeof name === "string" ? name : nameOf(at, name);
  if (spelled === undefined) return blend([self]);
  const held = self.pairs?.get(spelled) ?? at.variables.get(`.${spelled}`);
  if (held) return held;
  if (self.path !== undefined && !self.handle) {
    const path = at.dialect.prefixes.includes(`${self.path}.`) ? spelled : `${self.path}.${spelled}`;
    return { value: unknown("author", path), from: self.from, path };
  }
  return { ...blend([self]), ...(self.handle ? { handle: self.handle } : {}) };
}

function prepare(at: Interpreter, node: Calling, name: string, self?: Thing): Call {
  const args: Thing[] = [];
  const named = new Map<string, Thing>();
  const flat = at.dialect.grammar.commands && !at.dialect.grammar.ends;
  for (const arg of node.args) {
    if (arg.kind === "pair") {
      const pairs = at.evaluate(at, { kind: "list", items: [arg] });
      for (const [key, value] of pairs.pairs ?? []) named.set(key, value);
      if (flat) args.push(at.evaluate(at, arg.key), ...(pairs.items ?? []));
      continue;
    }
    const thing = at.evaluate(at, arg);
    const spreads = flat || (arg.kind === "unary" && (arg.op === "*" || arg.op === "..."));
    if (thing.pairs) for (const [key, value] of thing.pairs) named.set(key, value);
    if (thing.items && spreads) args.push(...thing.items);
    else args.push(thing);
  }
  const { block } = node;
  const indirect = node.indirect ? at.evaluate(at, node.indirect) : undefined;
  const passed = args.at(-1);
  const runs = block ? (given: readonly Thing[]) => at.enter(block, given) : passed?.closure ? closureOf(at, passed) : undefined;
  const call: Call = { name, args, named, self, nodes: node.args, indirect, block: undefined, ran: false };
  if (runs) {
    call.block = (given) => {
      call.ran = true;
      at.variables.set("$_", given[0] ?? UNKNOWN);
      return runs(given);
    };
  }
  return call;
}

function closureOf(at: Interpreter, thing: Thing): ((given: readonly Thing[]) => Thing) | undefined {
  const { closure } = thing;
  return closure ? (given) => at.enter(closure, given) : undefined;
}

const MAPS: ReadonlySet<string> = new Set([
  "map",
  "collect",
  "flmarkmap",
  "array_map",
  "map!",
  "each_with_object",
  "inject",
  "reduce",
]);
const UNROLLED = 16;

/** A block that its function was not asked about runs with what the call is about. */
function finish(at: Interpreter, result: Thing, call: Call): Thing {
  const { block } = call;
  if (!block || call.ran) return result;
  if (result.handle) return { ...block([result]), handle: result.handle };
  const list =
    call.self?.items ??
    (call.args.length > 0 ? call.args.flatMap((arg) => (arg.closure ? [] : (arg.items ?? [arg]))) : undefined);
  // `f.each_line { |line| … }` hands on what it reads.
  const subject = result.from.length > 0 && !call.self?.items ? result : (call.self ?? blend(call.args));
  const each = list && list.length > 0 && list.length <= UNROLLED ? list : [elementOf(subject)];
  const results = at.perhaps(() => each.map((item, i) => block([item, text(String(i))])));
  if (MAPS.has(call.name)) return listOf(results);
  return result;
}
