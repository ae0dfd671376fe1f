import type { Truth } from "./truth.ts";

export const RUNTIMES = ["host", "container", "vm", "jail"] as const;
/** `jail`: the host's own files and kernel behind restrictions, as bubblewrap, nsjail, systemd and agents' sandboxes do it. */
export type Runtime = (typeof RUNTIMES)[number];

export const MOUNT_KINDS = [
  "bind",
  "volume",
  "tmpfs",
  "token",
  "secret",
  "proc",
  "sysfs",
  "dev",
  "cgroup",
  "masked",
  "image",
] as const;
/**
 * What is mounted. A `bind` shows a folder of the host; a `volume` is kept by the engine; `token` and `secret` hold credentials;
 * `masked` hides what is there; an `image` is a folder of the sandbox's own.
 */
export type MountKind = (typeof MOUNT_KINDS)[number];

export const NAMESPACES = ["pid", "network", "ipc", "uts", "user", "cgroup", "mount"] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** Parts of a sandbox that may be not known: what is said of them is then not all there is. */
export const ASPECTS = [
  "user",
  "mounts",
  "sockets",
  "devices",
  "capabilities",
  "namespaces",
  "seccomp",
  "lsm",
  "network",
  "env",
  "limits",
  "runtime",
] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface SandboxMount {
  readonly kind: MountKind;
  /** Path of the host (bind), or a volume's name. */
  readonly source?: string;
  /** Absolute path inside. */
  readonly target: string;
  readonly writable: boolean;
}

export interface AllowedHost {
  /** A name, an address, a range of addresses, or `*.name`. */
  readonly host: string;
  /** Absent: every port. */
  readonly port?: string;
}

export type SandboxNetwork =
  | { readonly kind: "none" | "open" }
  | { readonly kind: "list"; readonly allow: readonly AllowedHost[] };

/** Where commands run: what is open to them. What is not named here is closed, unless `unknown` says otherwise. */
export interface Sandbox {
  readonly name: string;
  readonly runtime: Runtime;
  /** `ephemeral`: nobody misses what is lost in it. */
  readonly lifetime: "ephemeral" | "kept";
  readonly user: { readonly name?: string; readonly home?: string; readonly root: Truth; readonly mapped: Truth };
  readonly privileged: boolean;
  /** Its own file system can't be written. */
  readonly readOnly: boolean;
  readonly mounts: readonly SandboxMount[];
  /** Where writing is meant to happen; absent: wherever it can. */
  readonly writable?: readonly string[];
  readonly project: readonly string[];
  readonly precious: readonly string[];
  /** The host's sockets, by their path inside. */
  readonly sockets: readonly string[];
  readonly devices: readonly string[];
  /** Without `CAP_`; `ALL` is all of them. */
  readonly capabilities: readonly string[];
  /** Shared with the host. */
  readonly namespaces: readonly Namespace[];
  readonly seccomp: "default" | "custom" | "unconfined" | "unknown";
  /** AppArmor, SELinux, Landlock, Seatbelt. */
  readonly lsm: "confined" | "unconfined" | "unknown";
  /** A program may gain rights by set-user-ID files. */
  readonly gains: Truth;
  /** The engine hides what is dangerous in /proc and /sys, and lets nobody write there. */
  readonly masked: boolean;
  readonly network: SandboxNetwork;
  /** Names of environment variables that are there. */
  readonly env: readonly string[];
  readonly limits: { readonly memory?: string; readonly cpus?: string; readonly processes?: string };
  readonly unknown: readonly { readonly about: Aspect; readonly text: string }[];
}

/** Where an effect ends up. */
export const REACHES = ["contained", "host", "network", "unknown"] as const;
export interface Reach {
  readonly to: (typeof REACHES)[number];
  /** What lets it through, or what stops it: `mount /home/me/src -> /app`, `socket /var/run/docker.sock`, `no network`. */
  readonly through?: string;
  /** The host's path or name of what it is about. */
  readonly as?: string;
}

/** Of what stands for several: the one that matters most. */
export function worstReach(reaches: readonly Reach[]): Reach {
  const order = ["contained", "unknown", "network", "host"] as const;
  return reaches.reduce(
    (worst, reach) => (order.indexOf(reach.to) > order.indexOf(worst.to) ? reach : worst),
    reaches[0] ?? UNKNOWN,
  );
}
const UNKNOWN: Reach = { to: "unknown" };
