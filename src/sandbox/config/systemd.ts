import type { Namespace, Sandbox } from "../../model/sandbox.ts";
import { CAPABILITIES, plainSandbox } from "../../model/sandbox-defaults.ts";
import type { Configured, Position } from "./configured.ts";
import { unitDoubts } from "./systemd-doubts.ts";
import { mountsOf } from "./systemd-mounts.ts";
import { UnitSection } from "./unit-lines.ts";

/** What protections take from root, by systemd.exec(5). */
const TAKEN: ReadonlyMap<string, readonly string[]> = new Map([
  ["ProtectKernelModules", ["SYS_MODULE"]],
  ["ProtectKernelLogs", ["SYSLOG"]],
  ["ProtectClock", ["SYS_TIME", "WAKE_ALARM"]],
  ["PrivateDevices", ["SYS_RAWIO", "MKNOD"]],
]);
const OWN: ReadonlyMap<string, Namespace> = new Map([
  ["PrivateNetwork", "network"],
  ["PrivateIPC", "ipc"],
  ["PrivatePIDs", "pid"],
  ["ProtectHostname", "uts"],
  ["ProtectControlGroups", "cgroup"],
]);

/** The service of a systemd unit; undefined if the text is no unit of a service. */
export function readUnitSandbox(text: string, file: string): Configured | undefined {
  if (!/^\[Service\][ \t\r]*$/m.test(text)) return undefined;
  const unit = new UnitSection(text, "Service");
  const where = { line: text.slice(0, text.indexOf("[Service]")).split("\n").length, column: 1 };
  const at = new Map<string, Position>();
  const note = (part: string, key: string): void => {
    const said = unit.last(key);
    if (said) at.set(part, said.at);
  };
  for (const [part, key] of PLACES) note(part, key);
  const dynamic = unit.is("DynamicUser");
  const user = unit.last("User")?.text ?? "";
  const root = !dynamic && ["", "root", "0"].includes(user);
  const mounts = mountsOf(unit, dynamic);
  for (const [i, mount] of mounts.entries()) if (mount.at) at.set(`mounts ${i}`, mount.at);
  const env = [...unit.words("Environment"), ...unit.words("PassEnvironment")];
  for (const { text: one, at: position } of env) at.set(`env ${one.split("=")[0] ?? one}`, position);
  const unknown = unitDoubts(unit);
  for (const { about, at: position } of unknown) at.set(about, position);
  const sandbox: Sandbox = {
    ...plainSandbox(file.slice(file.lastIndexOf("/") + 1), "jail"),
    user: {
      ...(root || user === "" ? {} : { name: user }),
      root: root ? "yes" : user.includes("%") ? "maybe" : "no",
      mapped: unit.is("PrivateUsers") || unit.is("PrivateUsers", "self", "identity") ? "yes" : "no",
    },
    mounts: mounts.map(({ at: _, ...mount }) => mount),
    // A user that is not known may be root.
    capabilities: capabilitiesOf(unit, root || user.includes("%")),
    namespaces: sharedBy(unit),
    seccomp: unit.all("SystemCallFilter").length > 0 ? "custom" : "unconfined",
    lsm: unit.last("AppArmorProfile") || unit.last("SELinuxContext") ? "confined" : "unknown",
    gains: unit.is("NoNewPrivileges") || dynamic ? "no" : "yes",
    masked: unit.is("ProtectKernelTunables"),
    network: networkOf(unit),
    env: env.map(({ text: one }) => one.split("=")[0] ?? one),
    limits: limitsOf(unit),
    unknown: unknown.map(({ about, text: said }) => ({ about, text: said })),
  };
  return { sandbox, at, where };
}

const PLACES: readonly (readonly [string, string])[] = [
  ["user", "User"],
  ["capabilities", "CapabilityBoundingSet"],
  ["capabilities", "AmbientCapabilities"],
  ["seccomp", "SystemCallFilter"],
  ["network", "IPAddressAllow"],
];

/** Root has what the bounding set leaves; another user what is ambient. */
function capabilitiesOf(unit: UnitSection, root: boolean): readonly string[] {
  const ambient = setOf(unit, "AmbientCapabilities", []);
  if (!root) return ambient;
  const taken = [...TAKEN].flatMap(([key, names]) => (unit.is(key) ? names : []));
  const all = CAPABILITIES.filter((name) => name !== "ALL");
  const bounded = unit.last("CapabilityBoundingSet") ? setOf(unit, "CapabilityBoundingSet", all) : all;
  const left = bounded.filter((name) => !taken.includes(name));
  return left.length === all.length ? ["ALL"] : left;
}

/** Lines add up; a line that starts with `~` takes away. */
function setOf(unit: UnitSection, key: string, all: readonly string[]): readonly string[] {
  const lines = unit.all(key);
  let names: readonly string[] = lines[0]?.text.startsWith("~") ? all : [];
  for (const { text } of lines) {
    const said = text
      .replace(/^~/, "")
      .split(/\s+/)
      .map((name) => name.toUpperCase().replace(/^CAP_/, ""))
      .filter((name) => name !== "");
    names = !text.startsWith("~")
      ? [...new Set([...names, ...said])]
      : said.length === 0
        ? all
        : names.filter((name) => !said.includes(name));
  }
  return names;
}

/** Services share all that is not taken from them. The mount namespace is judged by its mounts, the user's by the user. */
function sharedBy(unit: UnitSection): readonly Namespace[] {
  const on = (key: string): boolean => unit.is(key) || unit.is(key, "private", "strict");
  return [...OWN].flatMap(([key, namespace]) => (on(key) ? [] : [namespace]));
}

function networkOf(unit: UnitSection): Sandbox["network"] {
  const families = unit.words("RestrictAddressFamilies").map(({ text }) => text);
  const closed =
    families.length > 0 &&
    !families[0]?.startsWith("~") &&
    families.every((one) => one === "none" || one === "AF_UNIX" || one === "AF_NETLINK");
  if (unit.is("PrivateNetwork") || closed) return { kind: "none" };
  const denied = unit.words("IPAddressDeny").some(({ text }) => text === "any");
  const allowed = unit.words("IPAddressAllow").map(({ text }) => text);
  if (!denied || allowed.includes("any")) return { kind: "open" };
  const ranges = allowed.flatMap((one) =>
    one === "localhost" ? ["127.0.0.0/8", "::1"] : one === "link-local" ? ["169.254.0.0/16"] : [one],
  );
  return ranges.length === 0 ? { kind: "none" } : { kind: "list", allow: ranges.map((host) => ({ host })) };
}

/** Without a limit of its own a service may have as many tasks as DefaultTasksMax= says, 15 % of the host's. */
function limitsOf(unit: UnitSection): Sandbox["limits"] {
  const memory = unit.last("MemoryMax")?.text;
  const cpus = unit.last("CPUQuota")?.text;
  const processes = unit.last("TasksMax")?.text ?? "the manager's";
  return {
    ...(memory && memory !== "infinity" ? { memory } : {}),
    ...(cpus ? { cpus } : {}),
    ...(processes === "infinity" ? {} : { processes }),
  };
}
