import type { SandboxKnowledge } from "../knowledge/sandbox.ts";
import type { Effect, EffectKind } from "../model/effect.ts";
import type { Reach, Sandbox } from "../model/sandbox.ts";
import { concat, exact, exactText, prefixOf, type Value } from "../model/value.ts";
import { deviceReach, fileReach, mayMount, type Touch } from "./files.ts";
import {
  elevation,
  hidden,
  isModule,
  kernelRight,
  moduleRight,
  networkRight,
  processReach,
  settingReach,
  systemSetting,
} from "./kernel.ts";
import { connection, sharesNetwork, somewhere } from "./network.ts";

export const CHANGES: ReadonlySet<EffectKind> = new Set([
  "write",
  "append",
  "create",
  "delete",
  "configure",
  "mount",
  "install",
  "enable",
  "disable",
]);

/** What the whole command does matters for its parts. */
export interface Around {
  readonly sandbox: Sandbox;
  readonly knowledge: SandboxKnowledge;
  /** It mounts something. */
  readonly remounts: boolean;
}

/** Where an effect ends up. */
export function reachOf(effect: Effect, around: Around): Reach {
  const { sandbox } = around;
  switch (effect.place.kind) {
    case "here":
      return here(effect, around);
    case "chroot":
      return effect.on.kind === "path"
        ? here({ ...effect, on: { ...effect.on, value: concat([effect.place.name, effect.on.value]) } }, around)
        : here(effect, around);
    case "container":
    case "build":
      return engineReach(sandbox);
    case "host":
      return hostReach(sandbox);
    case "remote":
      return connection(effect.place.name, undefined, sandbox);
  }
}

const file = (value: Value, effect: Effect, { sandbox, remounts }: Around): Reach =>
  fileReach(value, sandbox, touchOf(effect, remounts));

export function touchOf({ kind, attributes }: Effect, remounts: boolean): Touch {
  const aims = kind === "delete" || kind === "configure" || kind === "create" || kind === "list" || kind === "execute";
  const deep = attributes.recursive === true || attributes.sweep === true || !aims;
  return { changes: CHANGES.has(kind), deep, remounts };
}

function here(effect: Effect, around: Around): Reach {
  const { sandbox } = around;
  const { on } = effect;
  if (sandbox.runtime === "host" && on.kind !== "host") return { to: "host", through: "no sandbox" };
  switch (on.kind) {
    case "path":
      return isModule(effect) ? kernelRight(sandbox, "SYS_MODULE") : file(on.value, effect, around);
    case "host":
      return effect.kind === "listen" ? listenReach(sandbox) : connection(on.value, on.port, sandbox);
    case "unixSocket":
      return prefixOf(on.value).startsWith("@") ? abstractReach(sandbox) : file(on.value, { ...effect, kind: "write" }, around);
    case "account":
    case "group":
      return effect.kind === "elevate" ? elevation(sandbox) : file(exact("/etc/passwd"), effect, around);
    case "service":
      return serviceReach(effect, around);
    case "schedule":
      return file(exact("/var/spool/cron"), effect, around);
    case "log":
      return exactText(on.value) === "kernel" ? kernelRight(sandbox, "SYSLOG") : file(exact("/var/log"), effect, around);
    case "history":
      return file(exact("~"), effect, around);
    case "setting":
      return systemSetting(on.value, sandbox) ?? file(exact("~"), effect, around);
    case "package":
      return packageReach(effect, around);
    case "process":
    case "session":
      return processReach(sandbox);
    case "kernelModule":
      return kernelRight(sandbox, moduleRight(on.value));
    case "kernelSetting":
      return settingReach(on.value, sandbox);
    case "firewall":
      return networkRight(sandbox);
    case "device":
      return deviceReach(exactText(on.value) ?? "/dev/…", sandbox);
    case "mount":
      return mayMount(sandbox) === "no" ? { to: "contained", through: "no right to mount" } : { to: "contained" };
    case "container":
    case "image":
      return engineReach(sandbox);
    case "clusterObject":
    case "cloudObject":
    case "repository":
    case "database":
    case "secret":
      return somewhere(sandbox);
    case "clipboard":
    case "screen":
      return sandbox.runtime === "jail" ? { to: "unknown", through: "the desktop" } : { to: "contained" };
    case "power":
      return sandbox.namespaces.includes("pid") ? kernelRight(sandbox, "SYS_BOOT") : { to: "contained" };
    case "variable":
    case "function":
      return { to: "contained" };
  }
}

const listenReach = (sandbox: Sandbox): Reach =>
  sharesNetwork(sandbox) ? { to: "host", through: "network namespace of the host" } : { to: "contained" };

const abstractReach = (sandbox: Sandbox): Reach =>
  sharesNetwork(sandbox) ? { to: "host", through: "network namespace of the host" } : { to: "contained" };

const BUSES = ["/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket", "/run/systemd/private", "/run/systemd"];

function serviceReach(effect: Effect, around: Around): Reach {
  const bus = around.sandbox.sockets.find((path) => BUSES.includes(path));
  return bus === undefined ? file(exact("/etc/systemd/system"), effect, around) : { to: "host", through: `socket ${bus}` };
}

/** Installing fetches and writes; whichever goes further. */
function packageReach(effect: Effect, around: Around): Reach {
  if (effect.kind !== "install" && effect.kind !== "publish") return file(exact("/usr"), effect, around);
  const program = effect.programs.at(-1)?.split(" ")[0] ?? "";
  const hosts = around.knowledge.registries.find(({ programs }) => programs.includes(program))?.hosts ?? [];
  const fetched = somewhere(around.sandbox, hosts);
  return effect.kind === "publish" || fetched.to !== "contained"
    ? fetched
    : { to: "contained", through: fetched.through ?? "no network" };
}

export const ENGINE_SOCKETS = ["docker.sock", "podman.sock", "containerd.sock", "crio.sock", "buildkitd.sock"];

/** What a container engine is told happens where the engine is. */
export function engineReach(sandbox: Sandbox): Reach {
  if (sandbox.runtime === "host") return { to: "host", through: "no sandbox" };
  const socket = engineSocket(sandbox);
  if (socket !== undefined) return { to: "host", through: socket };
  if (sandbox.unknown.some(({ about }) => about === "sockets" || about === "mounts"))
    return { to: "unknown", through: "sockets" };
  return { to: "contained", through: "no engine's socket" };
}

function engineSocket({ sockets, mounts }: Sandbox): string | undefined {
  const socket = sockets.find((path) => ENGINE_SOCKETS.some((name) => path.endsWith(name)));
  if (socket !== undefined) return `socket ${socket}`;
  const mount = mounts.find(
    ({ kind, source, target }) =>
      kind === "bind" &&
      ([source ?? "", target].some((path) => ENGINE_SOCKETS.some((name) => path.endsWith(name))) ||
        ["/", "/run", "/var/run"].includes(source ?? "")),
  );
  return mount === undefined ? undefined : `mount ${mount.source} -> ${mount.target}`;
}

/** Entering the host's namespaces takes seeing a process of the host. */
function hostReach(sandbox: Sandbox): Reach {
  if (sandbox.runtime === "host" || sandbox.namespaces.includes("pid"))
    return { to: "host", through: "pid namespace of the host" };
  return sandbox.runtime === "vm" ? { to: "contained", through: "a kernel of its own" } : hidden(sandbox, "namespaces");
}
