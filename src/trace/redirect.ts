import { type Content, textOf } from "../model/content.ts";
import type { Attributes, Effect, EffectKind } from "../model/effect.ts";
import type { Resource } from "../model/resource.ts";
import type { Span } from "../model/span.ts";
import { concat, exact, exactText, prefixOf, unknown, type Value } from "../model/value.ts";
import type { Redirect } from "../syntax/ast.ts";
import { keepContent } from "./files.ts";
import type { Machine } from "./machine.ts";
import { type Located, locatePath } from "./place.ts";
import type { Collector, Descriptor, Frame } from "./state.ts";
import { gather, sourceOf, textSource } from "./streams.ts";
import { expandWord, setVariable } from "./substitution.ts";

/** Opens the redirects, runs, closes them again. */
export function withRedirects(machine: Machine, frame: Frame, redirects: readonly Redirect[], run: (frame: Frame) => void): void {
  if (redirects.length === 0) {
    run(frame);
    return;
  }
  const before = frame.descriptors;
  frame.descriptors = new Map(before);
  const opened = openRedirects(machine, frame, redirects);
  run(frame);
  frame.descriptors = before;
  settleFiles(machine, opened);
}

/** A file that was opened for writing, with what gets written to it. */
export interface Opened {
  readonly located: Located;
  readonly frame: Frame;
  readonly collector: Collector;
  readonly append: boolean;
  readonly span: Span;
  /** Which effect says so. */
  readonly effect: number | undefined;
}

/** `exec >file` keeps them open; then what is written stays unknown. */
export function openRedirects(machine: Machine, frame: Frame, redirects: readonly Redirect[]): readonly Opened[] {
  const opened: Opened[] = [];
  for (const redirect of redirects) {
    const file = openRedirect(machine, frame, redirect);
    if (file) opened.push(file);
  }
  return opened;
}

/** `open`: they stay open, and may get more later. */
export function settleFiles(machine: Machine, opened: readonly Opened[], open = false): void {
  for (const { located, frame, collector, append, span, effect } of opened) {
    const content = gather(collector.contents);
    const held = heldBy(content);
    if (effect !== undefined && held) machine.wrote(effect, { content: held });
    else if (effect !== undefined && !open && machine.effects[effect]?.attributes.truncates && !content.more)
      machine.wrote(effect, { how: exact("empty") });
    keepContent(machine, frame, located, content, append, span);
  }
}

/** Text longer than a few lines says little to a rule. */
const TOLD = 4_096;

export function heldBy(content: Content): Value | undefined {
  if (content.lines.length === 0) return undefined;
  const text = textOf(content);
  return text.kind === "exact" && text.text.length > TOLD ? unknown("author") : text;
}

function openRedirect(machine: Machine, frame: Frame, redirect: Redirect): Opened | undefined {
  const span = frame.locate(redirect.span.start, redirect.span.end);
  const { operator } = redirect;
  if (operator === "<<" || operator === "<<-") {
    const body = redirect.body ? expandWord(machine, frame, redirect.body, "document") : exact("");
    frame.descriptors.set(redirect.fd ?? 0, { source: textSource(machine, body, span) });
    return undefined;
  }
  const target = expandWord(machine, frame, redirect.target, operator === "<<<" ? "herestring" : "redirect");
  if (redirect.variable !== undefined) setVariable(frame, redirect.variable, exact("10"));
  if (operator === "<<<") {
    frame.descriptors.set(redirect.fd ?? 0, { source: textSource(machine, concat([target, exact("\n")]), span) });
    return undefined;
  }
  const fd = redirect.fd ?? (redirect.variable !== undefined ? 10 : operator.startsWith("<") ? 0 : 1);
  if (operator === "<&" || operator === ">&") {
    if (duplicate(machine, frame, fd, target, operator)) return undefined;
  }
  return openFile(machine, frame, { fd, both: operator.startsWith("&") || operator === ">&", operator, target, span });
}

/** `2>&1`, `<&3-`, `>&-`. False when the target is a file: `>&file`. */
function duplicate(machine: Machine, frame: Frame, fd: number, target: Value, operator: "<&" | ">&"): boolean {
  const text = exactText(target);
  if (text === undefined) return operator === "<&";
  if (text === "-") {
    frame.descriptors.delete(fd);
    return true;
  }
  const moved = text.endsWith("-") ? text.slice(0, -1) : text;
  const other = Number(moved);
  if (moved === "" || !Number.isInteger(other) || other < 0) return operator === "<&";
  const descriptor = frame.descriptors.get(other);
  if (descriptor) frame.descriptors.set(fd, readable(machine, descriptor, operator));
  if (text.endsWith("-")) frame.descriptors.delete(other);
  return true;
}

/** `<&2`: a terminal that is written to is read from as well. */
function readable(machine: Machine, descriptor: Descriptor, operator: "<&" | ">&"): Descriptor {
  if (operator === ">&" || descriptor.source || !descriptor.sink) return descriptor;
  return machine.graph.ports[descriptor.sink.node]?.kind === "caller" ? { ...descriptor, ...terminal(machine) } : descriptor;
}

function terminal(machine: Machine): Descriptor {
  const { graph } = machine;
  return { source: sourceOf(graph.node({ kind: "input" }), undefined), sink: { node: graph.node({ kind: "caller" }) } };
}

interface Opening {
  readonly fd: number;
  readonly both: boolean;
  readonly operator: Redirect["operator"];
  readonly target: Value;
  readonly span: Span;
}

function openFile(machine: Machine, frame: Frame, opening: Opening): Opened | undefined {
  const { fd, operator, target, span } = opening;
  const special = socketOf(target);
  if (special) {
    openSocket(machine, frame, opening, special);
    return undefined;
  }
  const standard = descriptorOf(machine, frame, target);
  if (standard) {
    frame.descriptors.set(fd, standard);
    return undefined;
  }
  const { path, place } = locatePath(machine, frame, target);
  const on: Resource = { kind: "path", value: path };
  const pipe = machine.pipes.get(exactText(path) ?? "");
  const node = pipe?.node ?? machine.graph.node({ kind: "file", on, place });
  const reads = operator === "<" || operator === "<>";
  const effect = pipe ? undefined : machine.effect(redirectEffect(frame, on, place, operator, span));
  if (operator === "<") {
    frame.descriptors.set(fd, { source: sourceOf(node, pipe ? pipe.content : machine.contentOf(place, path)) });
    return undefined;
  }
  const collector: Collector = { contents: [] };
  const descriptor: Descriptor = { sink: { node, collector }, ...(reads ? { source: sourceOf(node, undefined) } : {}) };
  frame.descriptors.set(fd, descriptor);
  if (opening.both) frame.descriptors.set(2, descriptor);
  return { located: { path, place }, frame, collector, append: operator.includes(">>"), span, effect };
}

function redirectEffect(frame: Frame, on: Resource, place: Frame["place"], operator: Redirect["operator"], span: Span): Effect {
  const kind: EffectKind = operator === "<" ? "read" : operator.includes(">>") ? "append" : "write";
  const attributes: Attributes = kind === "write" && operator !== "<>" ? { truncates: true } : {};
  return effectOf(frame, kind, on, attributes, place, "shell", span);
}

/** An effect of a program that was started in this frame. Written without spreading: there is one for each thing that is named. */
export function effectOf(
  frame: Frame,
  kind: EffectKind,
  on: Resource,
  attributes: Effect["attributes"],
  place: Frame["place"],
  program: string,
  span: Span,
): Effect {
  const { when, user, through } = frame;
  const programs = through.length === 0 ? [program] : [...through, program];
  return user
    ? { place, when, user, kind, on, attributes, programs, span }
    : { place, when, kind, on, attributes, programs, span };
}

/** Who and when, for an effect of the shell itself. */
export function effectIn(frame: Frame, place: Frame["place"]): Pick<Effect, "place" | "when" | "user"> {
  return frame.user ? { place, when: frame.when, user: frame.user } : { place, when: frame.when };
}

/** bash opens `/dev/tcp/HOST/PORT` and `/dev/udp/…` itself, in redirects only (bash manual, REDIRECTION). */
function socketOf(target: Value): { readonly scheme: string; readonly host: Value; readonly port: Value } | undefined {
  const prefix = prefixOf(target);
  const scheme = prefix.startsWith("/dev/tcp/") ? "tcp" : prefix.startsWith("/dev/udp/") ? "udp" : undefined;
  if (!scheme) return undefined;
  const [host, port] = splitSocket(target);
  return { scheme, host, port };
}

function splitSocket(target: Value): [Value, Value] {
  if (target.kind !== "pattern") {
    const [, , , host = "", port = ""] = (exactText(target) ?? "").split("/");
    return [exact(host), exact(port)];
  }
  const parts: Value[][] = [[]];
  for (const piece of target.pieces) {
    if (typeof piece !== "string") parts.at(-1)?.push({ kind: "pattern", pieces: [piece] });
    else
      piece.split("/").forEach((text, i) => {
        if (i > 0) parts.push([]);
        if (text !== "") parts.at(-1)?.push(exact(text));
      });
  }
  return [concat(parts[3] ?? [exact("")]), concat(parts[4] ?? [exact("")])];
}

function openSocket(
  machine: Machine,
  frame: Frame,
  opening: Opening,
  socket: { scheme: string; host: Value; port: Value },
): void {
  const on: Resource = { kind: "host", value: socket.host, port: socket.port, scheme: socket.scheme };
  const node = machine.graph.node({ kind: "network", on, place: frame.place });
  machine.effect({
    ...effectIn(frame, frame.place),
    kind: "connect",
    on,
    attributes: {},
    programs: [...frame.through, "shell"],
    span: opening.span,
  });
  const descriptor: Descriptor = { source: sourceOf(node, undefined), sink: { node } };
  frame.descriptors.set(opening.fd, descriptor);
  if (opening.both) frame.descriptors.set(2, descriptor);
}

const STANDARD: ReadonlyMap<string, number> = new Map([
  ["/dev/stdin", 0],
  ["/dev/stdout", 1],
  ["/dev/stderr", 2],
]);

/** The descriptor that a path names: `/dev/stdin`, `/dev/fd/7`. */
function numberOf(path: string): number | undefined {
  const folder = ["/dev/fd/", "/proc/self/fd/"].find((start) => path.startsWith(start));
  if (folder === undefined) return STANDARD.get(path);
  const digits = path.slice(folder.length);
  const fd = Number(digits);
  return String(fd) === digits && Number.isInteger(fd) ? fd : undefined;
}

/** What a path like `/dev/stdin` stands for in this frame. */
export function standardOf(frame: Frame, path: Value): Descriptor | undefined {
  const text = exactText(path);
  const fd = text === undefined ? undefined : numberOf(text);
  return fd === undefined ? undefined : frame.descriptors.get(fd);
}

/** `/dev/stdout` and its kind; `/dev/null` swallows. */
function descriptorOf(machine: Machine, frame: Frame, target: Value): Descriptor | undefined {
  const text = exactText(target);
  if (text === "/dev/null") return {};
  if (text === "/dev/tty") return terminal(machine);
  const fd = text === undefined ? undefined : numberOf(text);
  if (fd === undefined) return undefined;
  // Higher numbers may be the pipes of process substitutions.
  return frame.descriptors.get(fd) ?? (fd <= 2 ? {} : undefined);
}
