import type { SetNames } from "../knowledge/rule.ts";
import type { MountTest, SandboxCondition } from "../knowledge/sandbox.ts";
import type { Aspect, Sandbox, SandboxMount } from "../model/sandbox.ts";
import { and, not, or, type Truth } from "../model/truth.ts";
import { exact } from "../model/value.ts";
import type { Sets } from "../rules/sets.ts";
import { connection } from "./network.ts";

/** What a sandbox answers, and the parts of it that say so. */
export interface Answer {
  readonly truth: Truth;
  readonly items: readonly Item[];
}

/** A part of a sandbox: `mounts 2`, `capabilities SYS_ADMIN`, `seccomp`. */
export interface Item {
  readonly aspect: Aspect;
  /** Which of several: a number for mounts, else a name. */
  readonly key?: string;
  /** For people: `mount / -> /host`. */
  readonly text: string;
}

const NO: Answer = { truth: "no", items: [] };

/** Answers a question about a sandbox. What is not known of it is a maybe. */
export function ask(condition: SandboxCondition, sandbox: Sandbox, sets: Sets): Answer {
  if ("all" in condition) return allOf(condition.all.map((part) => ask(part, sandbox, sets)));
  if ("any" in condition) return anyOf(condition.any.map((part) => ask(part, sandbox, sets)));
  if ("not" in condition) return { truth: not(ask(condition.not, sandbox, sets).truth), items: [] };
  if ("runtime" in condition) return plain(condition.runtime.includes(sandbox.runtime), []);
  if ("privileged" in condition) {
    const items = condition.privileged ? [item("capabilities", "privileged", "privileged")] : [];
    return openEnded("capabilities", sandbox, sandbox.privileged === condition.privileged, items);
  }
  if ("capability" in condition) return capabilityOf(condition.capability, sandbox);
  if ("namespace" in condition) {
    const shared = condition.namespace.filter((name) => sandbox.namespaces.includes(name));
    return openEnded(
      "namespaces",
      sandbox,
      shared.length > 0,
      shared.map((name) => item("namespaces", `${name} namespace of the host`, name)),
    );
  }
  if ("mount" in condition) return mountAnswer(condition.mount, sandbox, sets);
  if ("socket" in condition) return socketAnswer(condition.socket, sandbox, sets);
  if ("device" in condition) {
    const found = sandbox.devices.filter((path) => isMember(sets, "path", condition.device, path) === "yes");
    return openEnded(
      "devices",
      sandbox,
      found.length > 0,
      found.map((path) => item("devices", `device ${path}`, path)),
    );
  }
  return setting(condition, sandbox, sets);
}

type Setting = Exclude<
  SandboxCondition,
  | { all: unknown }
  | { any: unknown }
  | { not: unknown }
  | { runtime: unknown }
  | { privileged: unknown }
  | { capability: unknown }
  | { namespace: unknown }
  | { mount: unknown }
  | { socket: unknown }
  | { device: unknown }
>;

function setting(condition: Setting, sandbox: Sandbox, sets: Sets): Answer {
  if ("seccomp" in condition) return known("seccomp", sandbox.seccomp, condition.seccomp, `seccomp ${sandbox.seccomp}`);
  // Unless it is turned off the host's module is there, if the host has one.
  if ("lsm" in condition && sandbox.lsm === "unknown" && !condition.lsm.includes("confined")) return NO;
  if ("lsm" in condition) return known("lsm", sandbox.lsm, condition.lsm, `security module ${sandbox.lsm}`);
  if ("gains" in condition) return truthful(sandbox.gains, condition.gains, [item("user", "programs may gain rights", "gains")]);
  if ("root" in condition)
    return truthful(sandbox.user.root, condition.root, [item("user", condition.root ? "root" : "not root")]);
  if ("mapped" in condition) return truthful(sandbox.user.mapped, condition.mapped, []);
  if ("masked" in condition)
    return openEnded("mounts", sandbox, sandbox.masked === condition.masked, [
      item("mounts", "/proc and /sys not masked", "masked"),
    ]);
  if ("read_only" in condition)
    return plain(sandbox.readOnly === condition.read_only, [item("mounts", "writable root file system", "read_only")]);
  if ("reaches" in condition) return reachesAnswer(condition.reaches, sandbox);
  if ("env" in condition) {
    const found = sandbox.env.filter((name) => isMember(sets, "variable", condition.env, name) === "yes");
    return openEnded(
      "env",
      sandbox,
      found.length > 0,
      found.map((name) => item("env", name, name)),
    );
  }
  if ("unlimited" in condition) {
    const open = condition.unlimited.filter((name) => sandbox.limits[name] === undefined);
    return openEnded(
      "limits",
      sandbox,
      open.length > 0,
      open.map((name) => item("limits", name, name)),
    );
  }
  if ("lifetime" in condition) return plain(sandbox.lifetime === condition.lifetime, [item("runtime", condition.lifetime)]);
  const open = sandbox.unknown.filter(({ about }) => condition.unknown.includes(about));
  return plain(
    open.length > 0,
    open.map(({ about, text }) => item(about, text)),
  );
}

const item = (aspect: Aspect, text: string, key?: string): Item => (key === undefined ? { aspect, text } : { aspect, key, text });

const plain = (holds: boolean, items: readonly Item[]): Answer => (holds ? { truth: "yes", items } : NO);

/** Where not everything is known of an aspect, a no is a maybe. */
function openEnded(aspect: Aspect, sandbox: Sandbox, holds: boolean, items: readonly Item[]): Answer {
  if (holds) return { truth: "yes", items };
  const hidden = sandbox.unknown.filter(({ about }) => about === aspect);
  return hidden.length > 0 ? { truth: "maybe", items: hidden.map(({ text }) => item(aspect, text)) } : NO;
}

function known<Word extends string>(aspect: Aspect, is: Word, wanted: readonly Word[], text: string): Answer {
  if (is === "unknown") return { truth: "maybe", items: [item(aspect, text)] };
  return plain(wanted.includes(is), [item(aspect, text)]);
}

function truthful(is: Truth, wanted: boolean, items: readonly Item[]): Answer {
  const truth = wanted ? is : not(is);
  return { truth, items: truth === "no" ? [] : items };
}

function capabilityOf(wanted: readonly string[], sandbox: Sandbox): Answer {
  if (sandbox.privileged) return { truth: "yes", items: [item("capabilities", "privileged", "privileged")] };
  const has = sandbox.capabilities.includes("ALL") ? ["ALL"] : wanted.filter((name) => sandbox.capabilities.includes(name));
  return openEnded(
    "capabilities",
    sandbox,
    has.length > 0,
    has.map((name) => item("capabilities", `capability ${name}`, name)),
  );
}

function mountAnswer(test: MountTest, sandbox: Sandbox, sets: Sets): Answer {
  const found = sandbox.mounts
    .map((mount, i) => ({ mount, i, truth: mountHolds(test, mount, sets) }))
    .filter(({ truth }) => truth !== "no");
  if (found.length === 0) return openEnded("mounts", sandbox, false, []);
  return {
    truth: found.some(({ truth }) => truth === "yes") ? "yes" : "maybe",
    items: found.map(({ mount, i }) => item("mounts", printMount(mount), String(i))),
  };
}

function mountHolds({ source, target, kind, writable }: MountTest, mount: SandboxMount, sets: Sets): Truth {
  if (kind && !kind.includes(mount.kind)) return "no";
  if (writable !== undefined && writable !== mount.writable) return "no";
  if (source && mount.kind !== "bind") return "no";
  const from = source ? isMember(sets, "path", source, mount.source ?? "") : "yes";
  return and(from, target ? isMember(sets, "path", target, mount.target) : "yes");
}

function socketAnswer(names: SetNames, sandbox: Sandbox, sets: Sets): Answer {
  const found = sandbox.sockets.filter((path) => isMember(sets, "path", names, path) === "yes");
  const mounts = sandbox.mounts
    .map((mount, i) => ({ mount, i }))
    .filter(
      ({ mount }) =>
        mount.kind === "bind" &&
        (isMember(sets, "path", names, mount.source ?? "") === "yes" || isMember(sets, "path", names, mount.target) === "yes"),
    );
  const items = [
    ...found.map((path) => item("sockets", `socket ${path}`, path)),
    ...mounts.map(({ mount, i }) => item("mounts", printMount(mount), String(i))),
  ];
  if (items.length > 0) return { truth: "yes", items };
  const folders = sandbox.mounts
    .map((mount, i) => ({ mount, i }))
    .filter(({ mount }) => mount.kind === "bind" && mount.writable && holds(sets, names, mount.source ?? ""));
  if (folders.length > 0)
    return { truth: "maybe", items: folders.map(({ mount, i }) => item("mounts", printMount(mount), String(i))) };
  return or(openEnded("sockets", sandbox, false, []).truth, openEnded("mounts", sandbox, false, []).truth) === "no"
    ? NO
    : {
        truth: "maybe",
        items: sandbox.unknown
          .filter(({ about }) => about === "sockets" || about === "mounts")
          .map(({ about, text }) => item(about, text)),
      };
}

function reachesAnswer(host: string, sandbox: Sandbox): Answer {
  const reached = host === "any" ? sandbox.network.kind !== "none" : connection(exact(host), undefined, sandbox).to === "network";
  return openEnded("network", sandbox, reached, [
    item("network", sandbox.network.kind === "open" ? "open network" : "allowed hosts"),
  ]);
}

function isMember(sets: Sets, kind: "path" | "variable", names: SetNames, text: string): Truth {
  if (names.includes("any")) return "yes";
  const wanted = names.map((name) => sets.resolve(name, kind));
  const hits = sets.ofValue(kind, exact(text)).filter((hit) => wanted.includes(hit.set));
  if (hits.some((hit) => hit.inside === "yes")) return "yes";
  return hits.some((hit) => hit.inside === "maybe") ? "maybe" : "no";
}

/** It is a folder that holds members. */
function holds(sets: Sets, names: SetNames, folder: string): boolean {
  const wanted = names.map((name) => sets.resolve(name, "path"));
  return sets.ofValue("path", exact(folder)).some((hit) => wanted.includes(hit.set) && hit.sweeps !== "no");
}

export function printMount({ kind, source, target, writable }: SandboxMount): string {
  const what = source === undefined ? `${kind} ${target}` : `${kind === "bind" ? "mount" : kind} ${source} -> ${target}`;
  return writable ? what : `read-only ${what}`;
}

function allOf(answers: readonly Answer[]): Answer {
  const truth = answers.reduce<Truth>((so, { truth: one }) => and(so, one), "yes");
  return truth === "no" ? NO : { truth, items: answers.flatMap(({ items }) => items) };
}

/** Certain parts speak alone where there are any. */
function anyOf(answers: readonly Answer[]): Answer {
  const truth = answers.reduce<Truth>((so, { truth: one }) => or(so, one), "no");
  return truth === "no" ? NO : { truth, items: answers.filter((one) => one.truth === truth).flatMap(({ items }) => items) };
}
