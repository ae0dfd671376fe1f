import type { Runtime, Sandbox } from "./sandbox.ts";

/** What container engines leave to root in a container (moby `DefaultCapabilities`, containerd the same). */
export const ENGINE_CAPABILITIES: readonly string[] = [
  "CHOWN",
  "DAC_OVERRIDE",
  "FSETID",
  "FOWNER",
  "MKNOD",
  "NET_RAW",
  "SETGID",
  "SETUID",
  "SETFCAP",
  "SETPCAP",
  "NET_BIND_SERVICE",
  "SYS_CHROOT",
  "KILL",
  "AUDIT_WRITE",
];

/** Names of capabilities(7), Linux 6.1. */
export const CAPABILITIES: readonly string[] = [
  ...ENGINE_CAPABILITIES,
  ..."DAC_READ_SEARCH LINUX_IMMUTABLE NET_BROADCAST NET_ADMIN IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_PTRACE SYS_PACCT SYS_ADMIN".split(
    " ",
  ),
  ..."SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG LEASE AUDIT_CONTROL MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND".split(
    " ",
  ),
  ..."AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE ALL".split(" "),
];

/** A sandbox of which nothing else is said: as its runtime makes it, and open where runtimes differ. */
export function plainSandbox(name: string, runtime: Runtime): Sandbox {
  const host = runtime === "host";
  const container = runtime === "container";
  return {
    name,
    runtime,
    lifetime: "kept",
    user: {
      root: container ? "yes" : runtime === "vm" ? "maybe" : host ? "maybe" : "no",
      mapped: runtime === "jail" || runtime === "vm" ? "yes" : "no",
    },
    privileged: false,
    readOnly: false,
    mounts: [],
    project: [],
    precious: [],
    sockets: [],
    devices: [],
    capabilities: container ? ENGINE_CAPABILITIES : host ? ["ALL"] : [],
    namespaces: host ? ["pid", "network", "ipc", "uts", "user", "cgroup", "mount"] : [],
    seccomp: container ? "default" : "unconfined",
    lsm: "unknown",
    gains: runtime === "jail" ? "no" : "yes",
    masked: container,
    network: { kind: "open" },
    env: [],
    limits: {},
    unknown: [],
  };
}
