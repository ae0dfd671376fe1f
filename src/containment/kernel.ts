import type { Effect } from "../model/effect.ts";
import type { Reach, Sandbox } from "../model/sandbox.ts";
import { exactText, prefixOf, type Value } from "../model/value.ts";
import { kernelOpen } from "./files.ts";
import { sharesNetwork } from "./network.ts";

/** insmod(8) names the module's file. */
export const isModule = ({ kind, programs }: Effect): boolean => kind === "load" && MODULE_LOADERS.has(programs.at(-1) ?? "");
const MODULE_LOADERS: ReadonlySet<string> = new Set(["insmod", "modprobe", "kmod"]);

export function moduleRight(value: Value): string {
  const name = exactText(value);
  if (name === "bpf program") return "BPF";
  return name === "another kernel" ? "SYS_BOOT" : "SYS_MODULE";
}

/** Settings that the kernel keeps: some for each namespace, the clock for all. Others are files of the user's. */
export function systemSetting(name: Value, sandbox: Sandbox): Reach | undefined {
  switch (exactText(name)) {
    case "clock":
      return kernelRight(sandbox, "SYS_TIME");
    case "hostname":
      return sandbox.namespaces.includes("uts")
        ? kernelRight(sandbox, "SYS_ADMIN", "uts namespace of the host")
        : hidden(sandbox, "namespaces");
    case "network":
      return networkRight(sandbox);
    default:
      return undefined;
  }
}

export const networkRight = (sandbox: Sandbox): Reach =>
  sharesNetwork(sandbox) ? kernelRight(sandbox, "NET_ADMIN", "network namespace of the host") : hidden(sandbox, "namespaces");

export const processReach = (sandbox: Sandbox): Reach =>
  sandbox.namespaces.includes("pid") ? { to: "host", through: "pid namespace of the host" } : hidden(sandbox, "namespaces");

export const elevation = ({ gains }: Sandbox): Reach =>
  gains === "no" ? { to: "contained", through: "no new privileges" } : { to: "contained" };

export function hidden(sandbox: Sandbox, about: "namespaces" | "sockets"): Reach {
  return sandbox.unknown.some((one) => one.about === about) ? { to: "unknown", through: about } : { to: "contained" };
}

export function settingReach(name: Value, sandbox: Sandbox): Reach {
  const text = prefixOf(name);
  if (text.startsWith("net.") && !sharesNetwork(sandbox)) return { to: "contained" };
  const truth = kernelOpen(sandbox);
  if (truth === "no")
    return { to: "contained", through: sandbox.runtime === "vm" ? "a kernel of its own" : "/proc/sys is read-only" };
  return { to: truth === "yes" ? "host" : "unknown", through: "writable /proc/sys", as: text };
}

export function kernelRight(sandbox: Sandbox, capability: string, through = `capability ${capability}`): Reach {
  if (sandbox.runtime === "vm") return { to: "contained", through: "a kernel of its own" };
  if (sandbox.user.mapped === "yes") return { to: "contained", through: "its own user namespace" };
  if (sandbox.privileged || sandbox.capabilities.includes(capability) || sandbox.capabilities.includes("ALL"))
    return { to: "host", through };
  return sandbox.unknown.some(({ about }) => about === "capabilities")
    ? { to: "unknown", through: "capabilities" }
    : { to: "contained", through: `no capability ${capability}` };
}
