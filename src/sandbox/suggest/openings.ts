import { CHANGES } from "../../containment/reach.ts";
import { insidePath } from "../../containment/spots.ts";
import type { SandboxKnowledge } from "../../knowledge/sandbox.ts";
import type { Effect } from "../../model/effect.ts";
import type { Verdict } from "../../model/finding.ts";
import type { Sandbox } from "../../model/sandbox.ts";
import { prefixOf, textsOf, type Value } from "../../model/value.ts";

/** Something that a closed sandbox is opened by: a folder to write in, or a host to talk to. */
export interface Opening {
  readonly kind: "folder" | "host";
  readonly name: string;
}

const HOME = "/home/agent";

/** A container of which only what the openings name is open. */
export function sandboxWith(openings: Iterable<Opening>): Sandbox {
  const all = [...openings];
  const named = (kind: Opening["kind"]): readonly string[] =>
    all.flatMap((opening) => (opening.kind === kind ? [opening.name] : [])).sort();
  return {
    name: "suggested",
    runtime: "container",
    lifetime: "ephemeral",
    user: { home: HOME, root: "no", mapped: "no" },
    privileged: false,
    readOnly: true,
    mounts: named("folder").map((target) => ({ kind: "tmpfs", target, writable: true })),
    project: [],
    precious: [],
    sockets: [],
    devices: [],
    capabilities: [],
    namespaces: [],
    seccomp: "default",
    lsm: "unknown",
    gains: "no",
    masked: true,
    network: { kind: "list", allow: named("host").map((host) => ({ host })) },
    env: [],
    limits: {},
    unknown: [],
  };
}

/** Openings that may be what a verdict in a closed sandbox lacks. */
export function wantedBy({ effects }: Verdict, { registries }: SandboxKnowledge): readonly Opening[] {
  return effects.flatMap((effect) => [
    ...hostsOf(effect, registries).map((name): Opening => ({ kind: "host", name })),
    ...(effect.on.kind === "path" && CHANGES.has(effect.kind) ? foldersOf(effect.on.value) : []).map(
      (name): Opening => ({ kind: "folder", name }),
    ),
  ]);
}

function hostsOf({ on, place, programs }: Effect, registries: SandboxKnowledge["registries"]): readonly string[] {
  const program = programs.at(-1)?.split(" ")[0] ?? "";
  return [
    ...(place.kind === "remote" ? (textsOf(place.name) ?? []) : []),
    ...(on.kind === "host" ? (textsOf(on.value) ?? []) : []),
    ...(on.kind === "package" ? (registries.find(({ programs }) => programs.includes(program))?.hosts ?? []) : []),
  ].filter((host) => host !== "" && host !== "*");
}

/** The folder that a file is in; what is at the top is its own folder, for nobody mounts over `/`; so are homes. */
function foldersOf(value: Value): readonly string[] {
  return (textsOf(value) ?? [prefixOf(value)]).flatMap((text) => {
    const path = insidePath(text, CLOSED);
    if (path === undefined || path === "/") return [];
    const folder = path.slice(0, path.lastIndexOf("/"));
    return [folder === "" || folder === "/home" ? path : folder];
  });
}

const CLOSED = sandboxWith([]);
