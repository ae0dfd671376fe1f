import { posix } from "node:path";
import type { AllowedHost, MountKind, Sandbox, SandboxMount } from "../model/sandbox.ts";
import { CAPABILITIES, plainSandbox } from "../model/sandbox-defaults.ts";
import { suggest } from "./nearest.ts";
import { present } from "./present.ts";
import { type SandboxFacts, sandboxSchema } from "./sandbox-schema.ts";
import { emptyFile, type Path, type Problem, readDocuments, type Source } from "./source.ts";

export interface ReadSandbox {
  readonly sandbox: Sandbox | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a `*.sandbox.yaml`. `folder`: where relative sources of mounts start. What is wrong is a problem with its place. */
export function readSandbox(text: string, file: string, folder?: string): ReadSandbox {
  const [source, more] = readDocuments(text, file);
  if (!source) return { sandbox: undefined, problems: [emptyFile(file)] };
  if (more) more.problem([], "a file holds one sandbox");
  const facts = source.problems.length === 0 ? source.check([], sandboxSchema, source.value) : undefined;
  const sandbox = facts && compileSandbox(facts, facts.sandbox, { source, at: [], folder });
  const problems = [...source.problems, ...(more?.problems ?? [])];
  return { sandbox: problems.length === 0 ? sandbox : undefined, problems };
}

interface Where {
  readonly source: Pick<Source, "problem">;
  readonly at: Path;
  readonly folder?: string | undefined;
}

/** What the facts of a profile amount to; contradictions are problems of the source. */
export function compileSandbox(facts: SandboxFacts, name: string, where: Where): Sandbox {
  const base = plainSandbox(name, facts.runtime);
  const mounts = (facts.mounts ?? []).flatMap((mount, i) => compileMount(mount, where, i) ?? []);
  checkPaths(facts, where);
  const sandbox: Sandbox = {
    ...base,
    ...present({
      lifetime: facts.lifetime,
      privileged: facts.privileged,
      readOnly: facts.read_only,
      writable: facts.writable,
      project: facts.project,
      precious: facts.precious,
      sockets: facts.sockets,
      devices: facts.devices,
      namespaces: facts.namespaces,
      seccomp: facts.seccomp ?? (facts.privileged ? "unconfined" : undefined),
      lsm: facts.lsm ?? (facts.privileged ? "unconfined" : undefined),
      masked: facts.masked ?? (facts.privileged ? false : undefined),
      env: facts.env,
      unknown: facts.unknown,
    }),
    mounts,
    user: userOf(facts, base),
    capabilities: capabilitiesOf(facts, base, where),
    ...(facts.new_privileges === undefined ? {} : { gains: facts.new_privileges ? "yes" : "no" }),
    network: networkOf(facts, base, where),
    limits: present(facts.limits ?? {}),
  };
  checkWhole(sandbox, facts, where);
  return sandbox;
}

function userOf({ user, runtime }: SandboxFacts, base: Sandbox): Sandbox["user"] {
  if (!user) return base.user;
  const { name, uid, home, mapped } = user;
  const named = name === undefined ? undefined : name === "root";
  const root = uid === undefined ? named : uid === "0";
  return {
    ...present({ name, home: home ?? (root === true || (root === undefined && runtime === "container") ? "/root" : undefined) }),
    root: root === undefined ? base.user.root : root ? "yes" : "no",
    mapped: mapped === undefined ? base.user.mapped : mapped ? "yes" : "no",
  };
}

function compileMount(facts: NonNullable<SandboxFacts["mounts"]>[number], where: Where, i: number): SandboxMount | undefined {
  const { source, at, folder } = where;
  const path = [...at, "mounts", i];
  const isPath = facts.source !== undefined && (facts.source.startsWith("/") || facts.source.startsWith("."));
  const kind: MountKind =
    facts.kind ?? (facts.source === undefined ? "tmpfs" : isPath || facts.source.startsWith("~") ? "bind" : "volume");
  if (kind === "bind" && facts.source === undefined)
    source.problem(path, '"source" is missing: which folder of the host?', "key");
  const target = facts.target ?? facts.source;
  if (target === undefined) {
    source.problem(path, '"target" is missing', "key");
    return undefined;
  }
  if (!target.startsWith("/")) source.problem([...path, "target"], `"${target}" is not an absolute path`);
  const from = facts.source?.startsWith(".") && folder !== undefined ? posix.join(folder, facts.source) : facts.source;
  return {
    kind,
    ...(from === undefined ? {} : { source: plainPath(from) }),
    target: plainPath(target),
    writable: facts.writable === true,
  };
}

const plainPath = (path: string): string => (path.startsWith("/") ? posix.normalize(path).replace(/(?<=.)\/$/, "") : path);

function capabilitiesOf({ capabilities, privileged }: SandboxFacts, base: Sandbox, { source, at }: Where): readonly string[] {
  if (!capabilities) return privileged ? ["ALL"] : base.capabilities;
  return capabilities.map((written, i) => {
    const name = capabilityName(written);
    if (!CAPABILITIES.includes(name))
      source.problem([...at, "capabilities", i], `no capability is called "${written}"${suggest(name, CAPABILITIES)}`);
    return name;
  });
}

/** `cap_sys_admin` is SYS_ADMIN. */
export const capabilityName = (text: string): string => text.toUpperCase().replace(/^CAP_/, "");

function networkOf({ network }: SandboxFacts, base: Sandbox, { source, at }: Where): Sandbox["network"] {
  if (network === undefined) return base.network;
  if (typeof network === "string") return { kind: network };
  return {
    kind: "list",
    allow: network.allow.map((text, i) =>
      allowedHost(text, () => source.problem([...at, "network", "allow", i], `"${text}": expected HOST or HOST:PORT`)),
    ),
  };
}

/** `api.test:443`, `*.pypi.org`, `10.0.0.0/8`, `[::1]:80`. */
export function allowedHost(text: string, bad: () => void = () => undefined): AllowedHost {
  const colon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.indexOf(":");
  const bare = (host: string): string => (host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host);
  if (colon <= 0 || (text.indexOf(":", colon + 1) > 0 && !text.startsWith("["))) return { host: bare(text) };
  const port = text.slice(colon + 1);
  if (!/^\d{1,5}$/.test(port) || text.includes("/")) bad();
  return { host: bare(text.slice(0, colon)), port };
}

function checkPaths(facts: SandboxFacts, { source, at }: Where): void {
  for (const key of ["writable", "project", "precious", "sockets", "devices"] as const)
    for (const [i, path] of (facts[key] ?? []).entries())
      if (!path.startsWith("/")) source.problem([...at, key, i], `"${path}" is not an absolute path inside the sandbox`);
}

/** A profile that contradicts itself says nothing. */
function checkWhole(sandbox: Sandbox, facts: SandboxFacts, { source, at }: Where): void {
  const say = (key: keyof SandboxFacts, message: string): void => source.problem([...at, key], message, "key");
  if (sandbox.network.kind === "none" && sandbox.namespaces.includes("network"))
    say("network", "there is no network, yet the network namespace of the host is shared");
  if (sandbox.privileged && facts.capabilities && !sandbox.capabilities.includes("ALL"))
    say("capabilities", "privileged is all capabilities: leave out one of the two");
  if (sandbox.privileged && sandbox.runtime !== "container")
    say("privileged", `only a container is privileged, not a ${sandbox.runtime}`);
  if (sandbox.runtime === "host" && sandbox.mounts.length > 0)
    say("mounts", "runtime host is no sandbox: nothing is mounted into it");
  if (sandbox.runtime === "host" && sandbox.lifetime === "ephemeral") say("lifetime", "the host is not ephemeral");
  sandbox.mounts.forEach((mount, i) => {
    const first = sandbox.mounts.findIndex(({ target }) => target === mount.target);
    if (first < i) source.problem([...at, "mounts", i], `something else is mounted at ${mount.target} already`);
  });
  for (const [i, folder] of (sandbox.writable ?? []).entries()) {
    const mount = sandbox.mounts.filter(({ target }) => folder === target || folder.startsWith(`${target}/`)).at(-1);
    if (mount ? !mount.writable : sandbox.readOnly)
      source.problem(
        [...at, "writable", i],
        `${folder} can't be written: ${mount ? `${mount.target} is mounted read-only` : "read_only is set and nothing is mounted there"}`,
      );
  }
}
