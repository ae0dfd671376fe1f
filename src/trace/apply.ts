import type { Binding, BoundEdge, BoundEffect, End } from "../model/binding.ts";
import { type Content, contentOf } from "../model/content.ts";
import type { Port } from "../model/flow.ts";
import type { Resource } from "../model/resource.ts";
import { concat, exact, exactText, type NodeId, unknown, type Value } from "../model/value.ts";
import { keepContent } from "./files.ts";
import type { Call } from "./invoke.ts";
import { link } from "./links.ts";
import { fileKey, type Machine } from "./machine.ts";
import { nameOf } from "./made-names.ts";
import { isCollected, outputOf } from "./output.ts";
import { enter, locatePath, locateResource } from "./place.ts";
import { isSystemProgram } from "./program-file.ts";
import { effectOf, heldBy, standardOf } from "./redirect.ts";
import { applyRun } from "./runs.ts";
import { emit, type Frame, stdin, stdout } from "./state.ts";
import { originsOf, rest } from "./streams.ts";

/** Places what a program was found to do: effects, edges, what it prints and writes, and the programs it runs. */
export function applyBinding(machine: Machine, frame: Frame, binding: Binding, call: Call, name: string): void {
  for (const effect of binding.effects) applyEffect(machine, frame, withContent(frame, effect, binding), name);
  for (const edge of binding.edges) applyEdge(machine, frame, edge, name);
  if (binding.output) printsText(machine, frame, binding, call, name);
  const appended = appendedBy(binding);
  for (const edge of binding.edges) keepWritten(machine, frame, edge, appended);
  for (const doubt of binding.doubts)
    machine.doubt({ ...doubt, about: doubt.about.map((on) => locateResource(machine, frame, on).on) });
  const output = isCollected(machine, frame) ? outputOf(machine, frame, binding, call, name) : undefined;
  if (output) emit(frame, output);
  for (const run of binding.runs) applyRun(machine, frame, run, call, name);
}

/** `python3 -c 'print("ls")' | sh`: text of the command, put together in another language. */
function printsText(machine: Machine, frame: Frame, { edges }: Binding, { span }: Call, program: string): void {
  const to = stdout(frame)?.node;
  if (to === undefined || edges.some((edge) => edge.to.kind === "stdout")) return;
  machine.graph.edge(machine.graph.node({ kind: "data" }), to, span, { program });
}

/** `… | tee FILE`: what is written is what comes in. */
function withContent(frame: Frame, effect: BoundEffect, { edges }: Binding): BoundEffect {
  if ((effect.kind !== "write" && effect.kind !== "append") || effect.on.kind !== "path" || effect.attributes.content)
    return effect;
  const { value } = effect.on;
  const copied = edges.some(
    ({ from, to, step }) => from.kind === "stdin" && step === undefined && to.kind === "resource" && to.on.value === value,
  );
  if (!copied) return effect;
  const content = rest(stdin(frame));
  const held = content ? heldBy(content) : unknown("output");
  return held ? { ...effect, attributes: { ...effect.attributes, content: held } } : effect;
}

function applyEffect(machine: Machine, frame: Frame, effect: BoundEffect, name: string): void {
  const place = effect.at ? enter(machine, frame, effect.at) : frame.place;
  const located = locateResource(machine, frame, effect.on, place);
  const { source } = effect.attributes;
  const attributes =
    source && effect.on.kind === "path"
      ? { ...effect.attributes, source: locatePath(machine, frame, source).path }
      : effect.attributes;
  const on: Resource = effect.kind === "delete" && mayStartAtRoot(effect.on) ? { ...located.on, spelled: "odd" } : located.on;
  machine.effect(effectOf(frame, effect.kind, on, attributes, located.place, name, effect.span));
  if (effect.kind === "create" && source && attributes.source) link(machine, frame, located, source, attributes.source);
}

/** `$NO_SUCH/lib`. */
function mayStartAtRoot({ kind, value }: Resource): boolean {
  if (kind !== "path" || value.kind !== "pattern") return false;
  const [first, second] = value.pieces;
  if (typeof first !== "object" || first.glob || first.origin.by !== "operator" || typeof second !== "string") return false;
  return second.startsWith("/") && !ALWAYS_SET.has(first.origin.name ?? "");
}

const ALWAYS_SET: ReadonlySet<string> = new Set(["HOME", "PWD", "OLDPWD", "TMPDIR", "USER", "LOGNAME"]);

function applyEdge(machine: Machine, frame: Frame, edge: BoundEdge, name: string): void {
  const how = {
    step: edge.step,
    maybe: edge.maybe,
    program: name,
    source: "span" in edge.from ? edge.from.span : undefined,
    sink: "span" in edge.to ? edge.to.span : undefined,
  };
  for (const from of nodesOf(machine, frame, edge.from, "from", name)) {
    for (const to of nodesOf(machine, frame, edge.to, "to", name)) machine.graph.edge(from, to, edge.span, how);
  }
  if (edge.step === "compress") compressBeside(machine, frame, edge, name);
}

/** `gzip FILE` leaves FILE.gz. */
function compressBeside(machine: Machine, frame: Frame, { from, to, span }: BoundEdge, name: string): void {
  const suffix = SUFFIX.get(name);
  if (suffix === undefined || from.kind !== "resource" || to.kind !== "resource" || from.on.value !== to.on.value) return;
  const beside = concat([to.on.value, exact(suffix)]);
  const located = locatePath(machine, frame, beside);
  const on: Resource = { kind: "path", value: located.path };
  machine.effect(effectOf(frame, "write", on, {}, located.place, name, span));
  const end = machine.graph.node({ kind: "file", on, place: located.place });
  for (const node of nodesOf(machine, frame, from, "from", name))
    machine.graph.edge(node, end, span, { step: "compress", program: name });
}

const SUFFIX: ReadonlyMap<string, string> = new Map([
  ["gzip", ".gz"],
  ["pigz", ".gz"],
  ["bzip2", ".bz2"],
  ["pbzip2", ".bz2"],
  ["xz", ".xz"],
  ["pxz", ".xz"],
  ["zstd", ".zst"],
  ["lzma", ".lzma"],
  ["lz4", ".lz4"],
  ["lzip", ".lz"],
  ["lzop", ".lzo"],
  ["brotli", ".br"],
  ["compress", ".Z"],
]);

/** The graph's nodes for one end of an edge. */
export function nodesOf(machine: Machine, frame: Frame, end: End, side: "from" | "to", name: string): readonly NodeId[] {
  const { graph } = machine;
  switch (end.kind) {
    case "stdin":
      return one(stdin(frame)?.node);
    case "stdout":
      return one(stdout(frame)?.node);
    case "caller":
      return [graph.node({ kind: "caller" })];
    case "environment":
      return [graph.node({ kind: "environment" })];
    case "process":
      return [graph.node({ kind: "process", program: name })];
    case "code":
      return [graph.node({ kind: "code", language: end.language })];
    case "variable":
      return [graph.node({ kind: "variable", name: end.name })];
    case "data":
      return originsOf(machine, end.value);
    case "resource":
      return resourceNodes(machine, frame, end, side, name);
  }
}

const one = (node: NodeId | undefined): readonly NodeId[] => (node === undefined ? [] : [node]);

/** A name that carries data (`curl "http://h/$(cat key)"`) hands that data on as well. */
function resourceNodes(
  machine: Machine,
  frame: Frame,
  end: Extract<End, { kind: "resource" }>,
  side: "from" | "to",
  name: string,
): readonly NodeId[] {
  const located = locateResource(machine, frame, end.on, end.at ? enter(machine, frame, end.at) : frame.place);
  const pipe = end.on.kind === "path" ? machine.pipes.get(exactText(located.on.value) ?? "") : undefined;
  if (pipe) return [pipe.node];
  const standard = end.on.kind === "path" ? standardOf(frame, located.on.value) : undefined;
  if (standard) return one((side === "from" ? standard.source : standard.sink)?.node);
  const kind = end.on.kind === "path" ? "file" : end.on.kind === "host" || end.on.kind === "unixSocket" ? "network" : "store";
  const port: Port = { kind, on: located.on, place: located.place };
  const node = machine.graph.node(port);
  if (side === "to" || kind === "network") carryInto(machine, end, node, name);
  return [node];
}

function carryInto(machine: Machine, end: Extract<End, { kind: "resource" }>, node: NodeId, program: string): void {
  if (end.on.kind !== "host") return;
  const { value, route } = end.on;
  for (const part of [value, route]) {
    if (part === undefined || (part.kind === "exact" && !part.from)) continue;
    for (const from of originsOf(machine, part)) if (from !== node) machine.graph.edge(from, node, end.span, { program });
  }
}

/** `tee f`, `cp a b`: what the target holds afterwards is known if the source is. */
function keepWritten(machine: Machine, frame: Frame, edge: BoundEdge, appended: ReadonlySet<Value>): void {
  if (edge.to.kind !== "resource" || edge.to.on.kind !== "path" || edge.to.at) return;
  const { value } = edge.to.on;
  const content = edge.step === undefined ? contentAt(machine, frame, edge.from) : compiled(machine, frame, edge);
  const append = appended.has(value);
  const holds: Content = content ?? { lines: [], more: true, from: nodesOf(machine, frame, edge.to, "to", "") };
  keepContent(machine, frame, locatePath(machine, frame, value), holds, append, edge.to.span);
  if (!append && edge.step === undefined) copyProgram(machine, frame, edge.from, value);
}

/** A program does what its source says. */
function compiled(machine: Machine, frame: Frame, { step, from }: BoundEdge): Content | undefined {
  const source = step === "compile" ? contentAt(machine, frame, from) : undefined;
  return source && { ...source, language: source.language ?? "native" };
}

function appendedBy({ effects }: Binding): ReadonlySet<Value> {
  const appended = new Set<Value>();
  for (const { kind, on } of effects) if (kind === "append" && on.kind === "path") appended.add(on.value);
  return appended;
}

/** `cp /bin/sh x`: x is that program. */
function copyProgram(machine: Machine, frame: Frame, from: End, to: Value): void {
  if (from.kind !== "resource" || from.on.kind !== "path" || from.at) return;
  const source = locatePath(machine, frame, from.on.value);
  const program = nameOf(source.path);
  const target = locatePath(machine, frame, to);
  const path = nameOf(target.path);
  if (program === undefined || path === undefined) return;
  const original = isSystemProgram(program) ? program : machine.copies.get(fileKey(source.place, program));
  if (original !== undefined) machine.copies.set(fileKey(target.place, path), original);
}

function contentAt(machine: Machine, frame: Frame, end: End): Content | undefined {
  if (end.kind === "stdin") return rest(stdin(frame));
  if (end.kind === "data") return contentOf(end.value);
  if (end.kind !== "resource" || end.on.kind !== "path" || end.at) return undefined;
  const { path, place } = locatePath(machine, frame, end.on.value);
  const standard = standardOf(frame, path);
  if (standard) return rest(standard.source);
  return machine.pipes.get(exactText(path) ?? "")?.content ?? machine.contentOf(place, path);
}
