import type { CommandSpec, EndSpec, Shape, Statement, Subject } from "../knowledge/command.ts";
import type { EffectKind } from "../model/effect.ts";
import type { Facts } from "../model/finding.ts";
import type { Port } from "../model/flow.ts";

/** What a program may be used for, in classes that catalogues of such programs use (GTFOBins, LOLBAS). */
export const ABILITIES = [
  "command",
  "library-load",
  "file-read",
  "file-write",
  "file-delete",
  "file-list",
  "upload",
  "download",
  "connect",
  "listen",
  "install",
  "state",
] as const;
export type Ability = (typeof ABILITIES)[number];

/** Where something is: shapes such as `[place:]path` name both. */
type Where = "file" | "network" | "store" | "code" | "out" | "in" | "none";

const SHAPES_WHERE: ReadonlyMap<Shape, readonly Where[]> = new Map<Shape, readonly Where[]>([
  ["path", ["file"]],
  ["volume", ["file"]],
  ["mount", ["file"]],
  ["@file-or-text", ["file"]],
  ["=@file-or-text", ["file"]],
  ["file:-or-text", ["file"]],
  ["cookie", ["file"]],
  ["[place:]path", ["file", "network"]],
  ["[cloud:]path", ["file", "store"]],
  ["url", ["network"]],
  ["host", ["network"]],
  ["host:port", ["network"]],
  ["[user@]host", ["network"]],
  ["remote", ["network"]],
  ["socat", ["file", "network"]],
  ["code", ["code"]],
  ["argv", ["code"]],
  ["text", ["none"]],
  ["name", ["none"]],
  ["number", ["none"]],
  ["pattern", ["none"]],
  ["mode", ["none"]],
]);

/** Every ability that the facts of a program state, its subcommands' included. */
export function stated(spec: CommandSpec): ReadonlySet<Ability> {
  const own = [...spec.does, ...spec.env.map(({ statement }) => statement)].flatMap((statement) => ofStatement(statement, spec));
  const inner = [...new Set(Object.values(spec.subcommands ?? {}))].flatMap((subcommand) => [...stated(subcommand)]);
  return new Set([...own, ...inner]);
}

function ofStatement(statement: Statement, spec: CommandSpec): readonly Ability[] {
  switch (statement.verb) {
    case "run":
      return ["command"];
    case "effect":
      return whereOf(statement.subject, spec, statement.shape).flatMap((where) => ofEffect(statement.kind, where));
    case "flow": {
      const to = whereOf(statement.to, spec);
      return whereOf(statement.from, spec, statement.shape).flatMap((from) => to.flatMap((end) => ofFlow(from, end)));
    }
    case "becomes":
      return ["state"];
    case "emits":
    case "uses":
    case "doubt":
      return [];
  }
}

/** Every ability that happens in what was found of a command. */
export function shown({ effects, flows, invocations }: Facts): ReadonlySet<Ability> {
  return new Set<Ability>([
    ...effects.flatMap(({ kind, on }) => ofEffect(kind, on.kind === "path" ? "file" : on.kind === "host" ? "network" : "store")),
    ...flows.flatMap(({ from, to }) => ofFlow(PORTS[from.kind], PORTS[to.kind])),
    ...(invocations.length > 1 ? (["command"] as const) : []),
    ...(invocations.some(({ user }) => user) ? (["state"] as const) : []),
  ]);
}

const PORTS: Readonly<Record<Port["kind"], Where>> = {
  file: "file",
  network: "network",
  store: "store",
  code: "code",
  caller: "out",
  stream: "out",
  input: "in",
  data: "in",
  process: "in",
  environment: "in",
  variable: "in",
};

function whereOf(end: EndSpec | Subject, spec: CommandSpec, shape?: Shape): readonly Where[] {
  if ("port" in end) return [end.port === "stdin" || end.port === "environment" || end.port === "process" ? "in" : "out"];
  if ("code" in end) return ["code"];
  if ("paths" in end) return ["file"];
  if ("kind" in end) return [end.kind === "path" ? "file" : end.kind === "host" ? "network" : "store"];
  return SHAPES_WHERE.get(shape ?? spec.types[end.argument] ?? "text") ?? ["store"];
}

function ofEffect(kind: EffectKind, where: Where): readonly Ability[] {
  const file = where === "file";
  switch (kind) {
    case "read":
      return [file ? "file-read" : "state"];
    case "write":
    case "append":
    case "create":
      return [file ? "file-write" : "state"];
    case "delete":
      return [file ? "file-delete" : "state"];
    case "list":
      return [file ? "file-list" : "state"];
    case "execute":
      return ["command"];
    case "load":
      return ["library-load"];
    case "publish":
      return ["upload"];
    case "connect":
    case "listen":
    case "install":
      return [kind];
    case "elevate":
    case "configure":
    case "enable":
    case "disable":
    case "signal":
    case "mount":
      return ["state"];
  }
}

function ofFlow(from: Where, to: Where): readonly Ability[] {
  const away = (where: Where): boolean => where === "network" || where === "store";
  if (to === "code") return from === "none" ? [] : ["command"];
  const abilities: Ability[] = [];
  if (from === "file") abilities.push("file-read");
  if (to === "file") abilities.push("file-write");
  if (away(to) && (from === "file" || from === "in")) abilities.push("upload");
  if (away(from) && (to === "file" || to === "out")) abilities.push("download");
  return abilities;
}
