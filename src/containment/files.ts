import { type Reach, type Sandbox, type SandboxMount, worstReach } from "../model/sandbox.ts";
import type { Truth } from "../model/truth.ts";
import type { Value } from "../model/value.ts";
import { printMount } from "./question.ts";
import { isIn, outsidePath, type Spot, spotsOf } from "./spots.ts";

/** How a file is touched. */
export interface Touch {
  readonly changes: boolean;
  /** What is below it is touched too. */
  readonly deep: boolean;
  /** The command mounts something itself: what is mounted read-only may be so no longer. */
  readonly remounts: boolean;
}

/** What becomes of a file's being touched. */
export function fileReach(value: Value, sandbox: Sandbox, touch: Touch): Reach {
  return worstReach(
    spotsOf(value, sandbox, touch.deep).map(({ spots, all }) => {
      const reaches = spots.map((spot) => spotReach(spot, sandbox, touch));
      const worst = worstReach(reaches);
      // One of several places, and nobody can say which.
      return all || reaches.every(({ to }) => to === worst.to) ? worst : unsure(worst);
    }),
  );
}

const unsure = ({ through }: Reach): Reach => (through === undefined ? { to: "unknown" } : { to: "unknown", through });

function spotReach(spot: Spot, sandbox: Sandbox, touch: Touch): Reach {
  const { mount, path } = spot;
  if (sandbox.runtime === "host") return { to: "host", through: "no sandbox", as: path };
  if (sandbox.sockets.some((socket) => isIn(path, socket))) return { to: "host", through: `socket ${path}`, as: path };
  switch (mount?.kind) {
    case "bind":
      return bindReach(spot, mount, sandbox, touch);
    case "volume":
      return stops(mount, sandbox, touch) ?? { to: "host", through: printMount(mount), as: mount.source ?? mount.target };
    case "token":
    case "secret":
      return { to: "host", through: printMount(mount), as: path };
    case "masked":
      return { to: "contained", through: `${mount.target} is hidden` };
    case "tmpfs":
      return stops(mount, sandbox, touch) ?? { to: "contained" };
    case "image":
      return stops(mount, sandbox, touch) ?? { to: "contained" };
    case "proc":
    case "sysfs":
    case "dev":
    case "cgroup":
    case undefined:
      return ownReach(path, mount, sandbox, touch);
  }
}

function bindReach(spot: Spot, mount: SandboxMount, sandbox: Sandbox, touch: Touch): Reach {
  const stopped = stops(mount, sandbox, touch);
  if (stopped) return stopped;
  const as = outsidePath(spot);
  return { to: "host", through: printMount(mount), ...(as === undefined ? {} : { as }) };
}

/** Who may mount can make it writable again. */
function stops(mount: SandboxMount, sandbox: Sandbox, { changes, remounts }: Touch): Reach | undefined {
  if (!changes || mount.writable || (remounts && mayMount(sandbox) !== "no")) return undefined;
  return { to: "contained", through: `${mount.target} is read-only` };
}

export const mayMount = ({ privileged, capabilities, unknown }: Sandbox): Truth =>
  privileged || capabilities.includes("SYS_ADMIN") || capabilities.includes("ALL")
    ? "yes"
    : unknown.some(({ about }) => about === "capabilities")
      ? "maybe"
      : "no";

/** Files that belong to no mount of the host's: the image's, and what the kernel shows. */
function ownReach(path: string, mount: SandboxMount | undefined, sandbox: Sandbox, touch: Touch): Reach {
  if (sandbox.runtime === "vm") return { to: "contained" };
  if (isIn(path, "/proc") || isIn(path, "/sys")) return kernelReach(path, mount, sandbox, touch);
  if (isIn(path, "/dev") && path !== "/dev") return deviceReach(path, sandbox);
  if (sandbox.unknown.some(({ about }) => about === "mounts")) return { to: "unknown", through: "mounts that are not known" };
  if (mount && touch.changes && !mount.writable) return { to: "contained", through: `${mount.target} is read-only` };
  return touch.changes && sandbox.readOnly ? { to: "contained", through: "read-only root" } : { to: "contained" };
}

/** What the kernel shows of itself and of all processes; there is one kernel for host and containers. */
function kernelReach(path: string, mount: SandboxMount | undefined, sandbox: Sandbox, touch: Touch): Reach {
  const named = processOf(path);
  if (named !== undefined) {
    if (named === "self" || named === "thread-self") return { to: "contained" };
    if (sandbox.namespaces.includes("pid")) return { to: "host", through: "pid namespace of the host", as: path };
    return sandbox.unknown.some(({ about }) => about === "namespaces")
      ? { to: "unknown", through: "namespaces" }
      : { to: "contained" };
  }
  // Settings of the network are each namespace's own.
  if (isIn(path, "/proc/sys/net") && !sandbox.namespaces.includes("network")) return { to: "contained" };
  if (!touch.changes && !REVEALING.some((secret) => isIn(path, secret))) return { to: "contained" };
  const truth = kernelOpen(sandbox, mount);
  if (truth === "no") return { to: "contained", through: touch.changes ? `${topOf(path)} is read-only` : `${path} is hidden` };
  return { to: truth === "yes" ? "host" : "unknown", through: kernelDoor(sandbox), as: path };
}

const REVEALING: readonly string[] = [
  "/proc/kcore",
  "/proc/keys",
  "/proc/timer_list",
  "/sys/firmware",
  "/sys/kernel/debug",
  "/sys/kernel/security",
];
const topOf = (path: string): string => (isIn(path, "/sys") ? "/sys" : isIn(path, "/proc/sys") ? "/proc/sys" : "/proc");

function processOf(path: string): string | undefined {
  const [, proc, name = ""] = path.split("/");
  if (proc !== "proc") return undefined;
  return name === "self" || name === "thread-self" || (name !== "" && [...name].every((char) => char >= "0" && char <= "9"))
    ? name
    : undefined;
}

/** Whether the kernel's settings can be written: root of the host's own namespace, past the engine's protection. */
export function kernelOpen(sandbox: Sandbox, mount?: SandboxMount): Truth {
  if (sandbox.runtime === "host") return "yes";
  if (sandbox.runtime === "vm" || sandbox.user.mapped === "yes") return "no";
  const open = sandbox.privileged || !sandbox.masked || mayMount(sandbox) === "yes" || mount?.writable === true;
  const hidden = sandbox.unknown.some(({ about }) => about === "capabilities" || about === "mounts" || about === "runtime");
  if (!open && !hidden) return "no";
  if (sandbox.user.root === "no" && sandbox.gains === "no") return "no";
  return open && sandbox.user.root === "yes" && sandbox.user.mapped === "no" ? "yes" : "maybe";
}

function kernelDoor({ privileged, masked }: Sandbox): string {
  if (privileged) return "privileged";
  return masked ? "capability SYS_ADMIN" : "/proc and /sys not masked";
}

const HARMLESS: readonly string[] =
  "null zero full random urandom tty console stdin stdout stderr fd ptmx pts mqueue core tcp udp log"
    .split(" ")
    .map((name) => `/dev/${name}`);

export function deviceReach(path: string, sandbox: Sandbox): Reach {
  if (sandbox.runtime === "host") return { to: "host", through: "no sandbox", as: path };
  if (HARMLESS.some((name) => isIn(path, name))) return { to: "contained" };
  if (isIn(path, "/dev/shm"))
    return sandbox.namespaces.includes("ipc")
      ? { to: "host", through: "ipc namespace of the host", as: path }
      : { to: "contained" };
  if (sandbox.runtime === "vm") return { to: "contained" };
  if (sandbox.privileged) return { to: "host", through: "privileged: every device", as: path };
  const device = sandbox.devices.find((known) => isIn(path, known));
  if (device !== undefined) return { to: "host", through: `device ${device}`, as: path };
  if (sandbox.unknown.some(({ about }) => about === "devices")) return { to: "unknown", through: "devices" };
  return { to: "contained", through: `no device ${path}` };
}
