import type { Aspect, Sandbox, SandboxMount } from "../../model/sandbox.ts";
import { plainSandbox } from "../../model/sandbox-defaults.ts";
import type { Configured, Position, Said } from "./configured.ts";

/** Whose home `~` is can't be known from a project's settings. */
const HOME = "/home/user";
/** Where engines listen. Sandboxes that let nobody open a Unix socket shut these too. */
const SOCKETS = ["/run/docker.sock", "/var/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock"];

/** What a coding agent's own sandbox is told: the host's files to read, some of them to write. */
export interface AgentJail {
  readonly name: string;
  readonly where: Position;
  readonly writable: readonly Said[];
  readonly hidden: readonly Said[];
  readonly locked: readonly Said[];
  readonly network: Sandbox["network"];
  readonly networkAt?: Position | undefined;
  readonly sockets: readonly Said[];
  /** Unix sockets that are there can be opened. */
  readonly opensSockets: boolean;
  readonly env: readonly Said[];
  readonly weaker?: Said | undefined;
  readonly doubts: readonly (Said & { readonly about: Aspect })[];
}

export const PROJECT = ".";

/** The sandbox that an agent makes: bubblewrap with seccomp on Linux, Seatbelt on macOS. */
export function jailOf(jail: AgentJail): Configured {
  const at = new Map<string, Position>();
  const bind = ({ text, at: position }: Said, writable: boolean): SandboxMount & { at: Position } => ({
    kind: "bind",
    source: text,
    target: homely(text),
    writable,
    at: position,
  });
  const masks = [
    ...jail.hidden.map(({ text, at: position }) => ({ target: homely(text), at: position })),
    ...(jail.opensSockets ? [] : SOCKETS.map((target) => ({ target, at: jail.where }))),
  ];
  const mounts = [
    bind({ text: "/", at: jail.where }, false),
    ...jail.writable.map((said) => bind(said, true)),
    ...jail.locked.map((said) => bind(said, false)),
    ...masks.map((mask) => ({ kind: "masked" as const, writable: false, ...mask })),
  ];
  for (const [i, mount] of mounts.entries()) at.set(`mounts ${i}`, mount.at);
  for (const { text, at: position } of jail.env) at.set(`env ${text}`, position);
  for (const { text, at: position } of jail.sockets) at.set(`sockets ${text}`, position);
  for (const { about, at: position } of jail.doubts) at.set(about, position);
  if (jail.networkAt) at.set("network", jail.networkAt);
  if (jail.weaker) at.set("namespaces pid", jail.weaker.at);
  const sandbox: Sandbox = {
    ...plainSandbox(jail.name, "jail"),
    user: { root: "no", mapped: "yes", home: HOME },
    mounts: mounts.map(({ at: _, ...mount }) => mount),
    sockets: jail.sockets.map(({ text }) => homely(text)),
    namespaces: jail.weaker ? ["pid"] : [],
    seccomp: "custom",
    lsm: "confined",
    network: jail.network,
    env: jail.env.map(({ text }) => text),
    // An agent's commands are the user's own: it sets no limits.
    limits: {},
    unknown: jail.doubts.map(({ about, text }) => ({ about, text })),
  };
  return { sandbox, at, where: jail.where };
}

/** No sandbox: commands run as the user does. */
export function unconfined(name: string, said: Said, env: readonly Said[], doubts: AgentJail["doubts"] = []): Configured {
  const base = plainSandbox(name, "host");
  const at = new Map<string, Position>(env.map(({ text, at: position }) => [`env ${text}`, position]));
  for (const { about, at: position } of doubts) at.set(about, position);
  const unknown = doubts.map(({ about, text }) => ({ about, text }));
  return { sandbox: { ...base, env: env.map(({ text }) => text), unknown }, at, where: said.at };
}

const homely = (path: string): string => (path === "~" || path.startsWith("~/") ? `${HOME}${path.slice(1)}` : path);
