import { join as joinValues, type Value } from "../model/value.ts";
import type { Variable } from "../words/scope.ts";
import type { Frame } from "./state.ts";

/** After a branch that may or may not have been taken: what holds on either way. `into` and `other` come from the same fork point. */
export function joinFrames(into: Frame, other: Frame): void {
  if (other.ended !== "no" && into.ended === "no") return;
  if (into.ended !== "no" && other.ended === "no") {
    adopt(into, other);
    return;
  }
  for (const [name, theirs] of other.variables) {
    const ours = into.variables.get(name);
    if (ours === theirs) continue;
    into.variables.set(name, ours ? joinVariables(ours, theirs) : { ...theirs, maybe: true });
  }
  for (const [name, ours] of into.variables) if (!other.variables.has(name)) into.variables.set(name, { ...ours, maybe: true });
  for (const name of into.unset) if (!other.unset.has(name)) into.unset.delete(name);
  for (const [name, theirs] of other.functions) {
    const ours = into.functions.get(name) ?? [];
    into.functions.set(name, ours === theirs ? ours : [...new Set([...ours, ...theirs])]);
  }
  for (const [name, value] of other.aliases) if (!into.aliases.has(name)) into.aliases.set(name, value);
  if (into.hashed !== other.hashed) into.hashed = new Map([...other.hashed, ...into.hashed]);
  for (const [fd, theirs] of other.descriptors) if (!into.descriptors.has(fd)) into.descriptors.set(fd, theirs);
  if (into.cwd !== other.cwd) into.cwd = joinValues(into.cwd, other.cwd);
  if (into.positionals !== other.positionals) into.positionals = other.positionals;
  if (into.status !== other.status) into.status = "maybe";
  if (into.atExit.length < other.atExit.length) into.atExit = other.atExit;
}

/** Takes over the state of a copy of this frame. */
export function adopt(into: Frame, from: Frame): void {
  into.variables = from.variables;
  into.unset = from.unset;
  into.functions = from.functions;
  into.aliases = from.aliases;
  into.hashed = from.hashed;
  into.cwd = from.cwd;
  into.positionals = from.positionals;
  into.descriptors = from.descriptors;
  into.status = from.status;
  into.ended = from.ended;
  into.atExit = from.atExit;
}

function joinVariables(a: Variable, b: Variable): Variable {
  const elements = a.elements || b.elements ? joinElements(a.elements ?? new Map(), b.elements ?? new Map()) : undefined;
  return {
    ...a,
    ...b,
    value: joinValues(a.value, b.value),
    ...(elements ? { elements } : {}),
    ...(a.maybe || b.maybe ? { maybe: true } : {}),
  };
}

function joinElements(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): Map<string, Value> {
  const joined = new Map(a);
  for (const [key, value] of b) {
    const ours = joined.get(key);
    joined.set(key, ours ? joinValues(ours, value) : value);
  }
  return joined;
}

/** Forgets what a loop body changed: any number of rounds may have happened. */
export function widen(frame: Frame, before: ReadonlyMap<string, Variable>): void {
  for (const [name, now] of frame.variables) {
    const then = before.get(name);
    if (then === now || now.value.kind === "unknown") continue;
    const from = [...new Set([...(now.value.from ?? []), ...(then?.value.from ?? [])])];
    const value: Value = { kind: "unknown", origin: { by: "author", name }, ...(from.length > 0 ? { from } : {}) };
    frame.variables.set(name, { ...now, value });
  }
}
