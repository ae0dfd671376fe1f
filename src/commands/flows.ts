import type { EndSpec, Statement } from "../knowledge/command.ts";
import type { End, PlaceChange } from "../model/binding.ts";
import type { Attributes, EffectKind } from "../model/effect.ts";
import type { Resource } from "../model/resource.ts";
import type { Span } from "../model/span.ts";
import type { Truth } from "../model/truth.ts";
import { and } from "../model/truth.ts";
import { concat, exact, exactText, originOf, prefixOf, type Value } from "../model/value.ts";
import { attributesOf, only } from "./attributes.ts";
import { type Facts, fires, holds } from "./conditions.ts";
import type { Manner, Meant } from "./meant.ts";
import { placeOf } from "./places.ts";
import { cutFirst, cutLast, dropSuffix, isHidden, suffixOf } from "./scan.ts";
import { meantBy } from "./subjects.ts";
import { isTold, tell } from "./told.ts";
import type { Work } from "./work.ts";

type Flow = Extract<Statement, { verb: "flow" }>;
type Side = "from" | "to";

/** Details of a flow that belong to one of its ends. */
const OF_SOURCE = ["sweep", "recursive", "method", "how"] as const;
const OF_TARGET = ["truncates", "force", "mode", "owner", "method", "how", "content"] as const;
const OF_ARRIVAL = ["truncates", "force", "mode", "owner"] as const;
const OF_NETWORK = ["method", "how", "content"] as const;
const OF_FILE = ["sweep", "recursive", "how", "truncates", "force", "mode", "owner", "content"] as const;

/** What the program's own ends are. */
const PORTS = new Map<Extract<EndSpec, { port: unknown }>["port"], readonly Terminal[]>(
  (["stdin", "stdout", "caller", "environment", "process"] as const).map((kind) => [kind, [{ end: { kind } }]]),
);

/** What stands at one end: named by a word, or one of the program's own. */
export type Terminal = { readonly end: End; readonly meant?: Meant };

/** `flows: FROM -> TO`: an edge for every pair, a read or download for every source, a write or upload for every target. */
export function bindFlow(statement: Flow, work: Work): boolean {
  const sources = terminals(statement.from, "from", statement, work);
  const targets = terminals(statement.to, "to", statement, work);
  let fired = false;
  for (const source of sources) {
    for (const target of targets) {
      const facts = work.facts(source.meant?.name, source.meant?.given, target.meant?.name, target.meant?.given);
      const truth = and(fires(statement, facts), source.meant?.maybe || target.meant?.maybe ? "maybe" : "yes");
      if (truth === "no") continue;
      fired = true;
      join(statement, source, target, facts, truth, sources.length > 1, work);
      if (work.edges.length > 16_000) return fired;
    }
  }
  return fired;
}

function join(
  statement: Flow,
  source: Terminal,
  target: Terminal,
  facts: Facts,
  truth: Truth,
  several: boolean,
  work: Work,
): void {
  const attributes = attributesOf(statement.attributes, facts, work);
  const append = statement.append === true || (statement.append !== undefined && holds(statement.append, facts) !== "no");
  const maybe = truth === "maybe";
  touch(source, "read", only(attributes, OF_SOURCE), work);
  touch(target, append ? "append" : "write", only(attributes, OF_TARGET), work);
  account(source, target, append || statement.into === true, work);
  const span = source.meant?.span ?? target.meant?.span ?? work.call.span;
  const arrival = statement.into && statement.step !== "extract" ? arrivalOf(source, target, several) : undefined;
  // One download is one file, and nothing else of its folder.
  const alone = arrival?.sure === true && source.end.kind === "resource" && source.end.on.kind === "host";
  if (!alone) work.edge(source.end, target.end, span, statement.step, maybe);
  if (!arrival) return;
  touch(arrival, append ? "append" : "write", only(attributes, OF_ARRIVAL), work);
  if (arrival.sure) work.edge(source.end, arrival.end, span, statement.step, maybe);
}

/** The effect that comes with an end. */
export function touch({ end, meant }: Terminal, kind: "read" | "write" | "append", attributes: Attributes, work: Work): void {
  if (end.kind !== "resource") return;
  const network = end.on.kind === "host" || end.on.kind === "unixSocket";
  const effect: EffectKind = network ? "connect" : kind;
  const own = only(attributes, network ? OF_NETWORK : OF_FILE);
  const { on, span, at } = end;
  work.effect(at ? { kind: effect, on, attributes: own, span, at } : { kind: effect, on, attributes: own, span });
  if (meant && isTold(meant)) tell(meant, work);
}

/** What is overwritten is destroyed, unless the operator chose it. */
function account(source: Terminal, target: Terminal, gentle: boolean, work: Work): void {
  const code = target.end.kind === "code";
  const overwritten =
    target.end.kind === "resource" && target.end.on.kind === "path" && !gentle && !isTrusted(target.meant?.given?.value);
  work.use(source.meant?.given, code ? "code" : "argument", target.end.kind === "resource" ? target.end.on : undefined);
  work.use(
    target.meant?.given,
    overwritten ? "destructive" : "argument",
    source.end.kind === "resource" ? source.end.on : undefined,
  );
}

function isTrusted(value: Value | undefined): boolean {
  const by = value && originOf(value)?.by;
  return by === undefined || by === "operator" || by === "author" || by === "glob";
}

export function terminals(
  spec: EndSpec,
  side: Side,
  statement: Manner & { readonly inside?: Side | "both" },
  work: Work,
): readonly Terminal[] {
  if ("port" in spec) return PORTS.get(spec.port) ?? [];
  if ("code" in spec) return [{ end: { kind: "code", language: spec.code } }];
  const inside = statement.inside === side || statement.inside === "both" ? placeOf(work) : undefined;
  const found = meantBy(spec, statement, work);
  const kept = found.length > 1 ? origins(found) : found;
  const ends: Terminal[] = [];
  for (const meant of kept) {
    const terminal = terminalOf(meant, side, inside);
    if (terminal) ends.push(terminal);
  }
  return ends;
}

function terminalOf(meant: Meant, side: Side, inside: PlaceChange | undefined): Terminal | undefined {
  const { reading, span } = meant;
  switch (reading.kind) {
    case "dash":
      return { end: { kind: side === "from" ? "stdin" : "stdout" }, meant };
    case "stdin":
    case "stdout":
      return { end: { kind: reading.kind }, meant };
    case "data":
      return side === "from" ? { end: { kind: "data", value: reading.value, span }, meant } : undefined;
    case "resource":
      return { end: endOf(reading, span, inside ?? reading.at), meant };
  }
}

function endOf(reading: Extract<Meant["reading"], { kind: "resource" }>, span: Span, at: PlaceChange | undefined): End {
  const variable = reading.on.kind === "variable" ? exactText(reading.on.value) : undefined;
  if (variable !== undefined) return { kind: "variable", name: variable };
  return at ? { kind: "resource", on: reading.on, span, at } : { kind: "resource", on: reading.on, span };
}

/** A package's data comes from where it is fetched, not from its name. */
function origins(found: readonly Meant[]): readonly Meant[] {
  return found.filter(
    (meant, i) =>
      meant.reading.kind !== "resource" ||
      meant.reading.on.kind !== "package" ||
      found[i + 1]?.given === undefined ||
      found[i + 1]?.given !== meant.given,
  );
}

/** `cp a dir/`: also `dir/a`; the same for `cp a /x/dir`, which may be a folder. */
function arrivalOf(source: Terminal, target: Terminal, several: boolean): (Terminal & { readonly sure: boolean }) | undefined {
  if (source.end.kind !== "resource" || target.end.kind !== "resource" || target.end.on.kind !== "path") return undefined;
  const folder = target.end.on.value;
  const sure = several || isFolder(folder);
  const fetched = source.meant?.name !== undefined && source.meant.shape === "remote";
  const name = !fetched && (sure || mayBeFolder(folder)) ? lastPart(pathOf(source.end.on)) : undefined;
  if (!name || folder.kind === "oneOf" || (!sure && suffixOf(folder).endsWith(`/${exactText(name)}`))) return undefined;
  const value = concat([folder, exact(suffixOf(folder).endsWith("/") ? "" : "/"), name]);
  return { end: { ...target.end, on: { ...target.end.on, value } }, sure };
}

function pathOf(on: Resource): Value | undefined {
  if (on.kind === "host") return on.route && (cutFirst(on.route, "?#")?.before ?? on.route);
  return on.kind === "path" || on.kind === "cloudObject" ? on.value : undefined;
}

/** It ends in a slash, or is `.`, `..`, `~`. */
function isFolder(value: Value): boolean {
  const name = suffixOf(value).slice(suffixOf(value).lastIndexOf("/") + 1);
  return name === ""
    ? suffixOf(value) !== ""
    : name === "." || name === ".." || (name.startsWith("~") && exactText(value) === name);
}

/** Outside of where we are, without a file's ending. */
function mayBeFolder(value: Value): boolean {
  const prefix = prefixOf(value);
  const name = suffixOf(value).slice(suffixOf(value).lastIndexOf("/") + 1);
  return (
    (prefix.startsWith("/") || prefix.startsWith("~") || value.kind === "pattern") && name !== "" && name.lastIndexOf(".") <= 0
  );
}

function lastPart(path: Value | undefined): Value | undefined {
  if (!path || path.kind === "oneOf") return undefined;
  let whole: Value = path;
  while (suffixOf(whole).endsWith("/") && suffixOf(whole).length > 1) whole = dropSuffix(whole, 1);
  const name = cutLast(whole, "/")?.after ?? whole;
  const text = exactText(name);
  if (text === "" || text === "." || text === ".." || text === "~" || isHidden(name)) return undefined;
  return name.kind === "unknown" || (prefixOf(name) === "" && suffixOf(name) === "" && text === undefined) ? undefined : name;
}
