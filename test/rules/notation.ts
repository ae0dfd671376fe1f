import type { Doubt } from "../../src/model/doubt.ts";
import { EFFECT_KINDS, type Effect, type EffectKind } from "../../src/model/effect.ts";
import type { Facts, Finding } from "../../src/model/finding.ts";
import type { Flow, Port } from "../../src/model/flow.ts";
import type { Invocation } from "../../src/model/invocation.ts";
import { HERE, type Place } from "../../src/model/place.ts";
import type { Resource, ResourceKind } from "../../src/model/resource.ts";
import { NOWHERE, type Span } from "../../src/model/span.ts";
import { type Hole, oneOf, type Piece, pattern, type Value } from "../../src/model/value.ts";

/**
 * Values as people write them: `$x` is hidden text, `*`, `?`, `[ab]` and `**` are globs, `{a,b}` is a choice, the rest is known.
 */
export function value(text: string): Value {
  if (text.startsWith("{") && text.endsWith("}")) return oneOf(text.slice(1, -1).split(","));
  const pieces: Piece[] = [];
  for (const token of text.match(/\$\{\w+\}|\$\w+|\*\*|\*|\?|\[[^\]]+\]|[^$*?[]+/g) ?? []) pieces.push(pieceOf(token));
  return pattern(pieces);
}

function pieceOf(token: string): Piece {
  const glob = (kind: NonNullable<Hole["glob"]>): Hole => ({ origin: { by: "glob" }, glob: kind });
  if (token.startsWith("$")) return { origin: { by: "output", name: token.replace(/[${}]/g, "") } };
  if (token === "**") return glob("globstar");
  if (token === "*") return glob("star");
  if (token === "?") return glob("char");
  return token.startsWith("[") ? { ...glob("char"), set: token.slice(1, -1) } : token;
}

/** `~/.ssh` is a path, `host:h.test` a host, `account:root` an account. */
export function resource(text: string): Resource {
  const [, kind, rest] = /^(\w+):(.*)$/.exec(text) ?? [];
  return kind === undefined ? { kind: "path", value: value(text) } : { kind: kind as ResourceKind, value: value(rest ?? "") };
}

export const at = (start: number): Span => ({ start, end: start + 1 });
const NO_FACTS: Facts = { invocations: [], effects: [], flows: [], doubts: [] };

/** `delete ~/.ssh`. */
export function effect(text: string, more: Partial<Effect> = {}): Facts {
  const [kind, on] = text.split(" ");
  if (!EFFECT_KINDS.includes(kind as EffectKind)) throw new Error(`no effect ${text}`);
  const base: Effect = {
    kind: kind as EffectKind,
    on: resource(on ?? ""),
    attributes: {},
    place: HERE,
    programs: ["x"],
    when: "now",
    span: NOWHERE,
  };
  return { ...NO_FACTS, effects: [{ ...base, ...more }] };
}

/** `~/.ssh`, `host:h.test`, `$TOKEN`, `code:shell`, `data`, `process`, or another resource. */
export function port(text: string): Port {
  if (text === "environment" || text === "data" || text === "input" || text === "caller") return { kind: text };
  if (text === "process") return { kind: "process", program: "ps" };
  if (text.startsWith("code:")) return { kind: "code", language: text.slice(5) };
  if (/^\$\w+$/.test(text)) return { kind: "variable", name: text.slice(1) };
  const on = resource(text);
  return { kind: on.kind === "path" ? "file" : on.kind === "host" ? "network" : "store", on, place: HERE };
}

/** `~/.ssh/id_rsa -> host:h.test`. */
export function flow(text: string, more: Partial<Flow> = {}): Facts {
  const [from, to] = text.split(" -> ");
  const base: Flow = {
    from: port(from ?? ""),
    to: port(to ?? ""),
    steps: [],
    maybe: false,
    source: at(0),
    sink: at(5),
    programs: ["x"],
  };
  return { ...NO_FACTS, flows: [{ ...base, ...more }] };
}

/** `nc -e sh`; known by its first word. */
export function invocation(text: string, more: Partial<Invocation> = {}): Facts {
  const [program = "", ...args] = text.split(" ");
  const base: Invocation = {
    program: value(program),
    args: args.map((arg) => ({ value: value(arg), count: "one", span: NOWHERE })),
    through: [],
    place: HERE,
    when: "now",
    env: new Map(),
    span: NOWHERE,
  };
  return { ...NO_FACTS, invocations: [{ ...base, ...more }] };
}

export function doubt(kind: Doubt["kind"], more: Partial<Doubt> = {}): Facts {
  return { ...NO_FACTS, doubts: [{ kind, text: kind, span: NOWHERE, role: "argument", about: [], ...more }] };
}

export function together(...parts: readonly Facts[]): Facts {
  return {
    invocations: parts.flatMap((part) => part.invocations),
    effects: parts.flatMap((part) => part.effects),
    flows: parts.flatMap((part) => part.flows),
    doubts: parts.flatMap((part) => part.doubts),
  };
}

export const container = (more: Partial<Place> = {}): Place => ({
  ...HERE,
  kind: "container",
  name: value("web"),
  outer: HERE,
  ...more,
});

export const printFinding = (finding: Finding): string =>
  `${finding.certainty}: ${finding.message} at ${finding.evidence.map((evidence) => evidence.text).join(" ")}`;
