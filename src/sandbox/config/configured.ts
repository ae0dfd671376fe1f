import type { Path, Source } from "../../load/source.ts";
import type { Aspect, Namespace, Sandbox, SandboxMount } from "../../model/sandbox.ts";
import { ENGINE_CAPABILITIES, plainSandbox } from "../../model/sandbox-defaults.ts";

/** Where something stands in its file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One sandbox that a configuration describes, and where its parts stand. */
export interface Configured {
  readonly sandbox: Sandbox;
  /** By aspect and key: `mounts 0`, `capabilities SYS_ADMIN`, `seccomp`. What is not there stands where the sandbox does. */
  readonly at: ReadonlyMap<string, Position>;
  readonly where: Position;
}

/** A text of a configuration, and where it stands. */
export interface Said {
  readonly text: string;
  readonly at: Position;
}

/** What container engines are told, however it is written. */
export interface ContainerFacts {
  readonly privileged?: Said | undefined;
  readonly added: readonly Said[];
  readonly dropped: readonly Said[];
  readonly mounts: readonly (SandboxMount & { readonly at: Position })[];
  readonly devices: readonly Said[];
  readonly user?: Said | undefined;
  readonly security: readonly Said[];
  readonly network?: Said | undefined;
  /** Namespaces that are set: `pid` to `host`. */
  readonly shared: readonly (Said & { readonly namespace: Namespace })[];
  readonly readOnly: boolean;
  readonly env: readonly Said[];
  readonly limits: Sandbox["limits"];
  readonly ephemeral?: boolean;
  readonly doubts: readonly (Said & { readonly about: Aspect })[];
}

export const NO_FACTS: ContainerFacts = {
  added: [],
  dropped: [],
  mounts: [],
  devices: [],
  security: [],
  shared: [],
  readOnly: false,
  env: [],
  limits: {},
  doubts: [],
};

const capability = (text: string): string => text.toUpperCase().replace(/^CAP_/, "");

/** The sandbox that an engine makes of what it is told. */
export function containerOf(name: string, facts: ContainerFacts, where: Position): Configured {
  const at = new Map<string, Position>();
  const privileged = facts.privileged?.text === "true";
  if (facts.privileged) at.set("capabilities privileged", facts.privileged.at).set("mounts masked", facts.privileged.at);
  const dropped = facts.dropped.map(({ text }) => capability(text));
  const kept = dropped.includes("ALL") ? [] : ENGINE_CAPABILITIES.filter((one) => !dropped.includes(one));
  for (const { text, at: position } of facts.added) at.set(`capabilities ${capability(text)}`, position);
  for (const [i, mount] of facts.mounts.entries()) at.set(`mounts ${i}`, mount.at);
  for (const { text, at: position } of facts.devices) at.set(`devices ${text}`, position);
  for (const { text, at: position } of facts.env) at.set(`env ${text}`, position);
  for (const { namespace, text, at: position } of facts.shared) if (text === "host") at.set(`namespaces ${namespace}`, position);
  const option = (key: string): Said | undefined => facts.security.findLast(({ text }) => text.startsWith(key));
  const [seccomp, lsm, gains] = [option("seccomp"), option("apparmor") ?? option("label"), option("no-new-privileges")];
  if (seccomp) at.set("seccomp", seccomp.at);
  if (lsm) at.set("lsm", lsm.at);
  if (facts.user) at.set("user", facts.user.at);
  if (facts.network) at.set("network", facts.network.at);
  if (facts.network?.text === "host") at.set("namespaces network", facts.network.at);
  for (const { about, at: position } of facts.doubts) at.set(about, position);
  const base = plainSandbox(name, "container");
  const open = (said: Said | undefined): boolean =>
    said !== undefined && (said.text.includes("unconfined") || said.text.includes("disable"));
  const namespaces = facts.shared.filter(({ text }) => text === "host").map(({ namespace }) => namespace);
  const sandbox: Sandbox = {
    ...base,
    lifetime: facts.ephemeral ? "ephemeral" : "kept",
    privileged,
    readOnly: facts.readOnly,
    mounts: facts.mounts.map(({ at: _, ...mount }) => mount),
    devices: facts.devices.map(({ text }) => text),
    capabilities: privileged ? ["ALL"] : [...new Set([...kept, ...facts.added.map(({ text }) => capability(text))])],
    namespaces: facts.network?.text === "host" ? [...namespaces, "network"] : namespaces,
    user: { ...userOf(facts.user), mapped: base.user.mapped },
    seccomp: privileged || open(seccomp) ? "unconfined" : seccomp ? "custom" : "default",
    lsm: privileged || open(lsm) ? "unconfined" : lsm ? "confined" : "unknown",
    gains: gains && !gains.text.endsWith("false") ? "no" : "yes",
    masked: !privileged && !facts.security.some(({ text }) => text.startsWith("systempaths")),
    network: { kind: facts.network?.text === "none" ? "none" : "open" },
    env: facts.env.map(({ text }) => text),
    limits: facts.limits,
    unknown: facts.doubts.map(({ about, text }) => ({ about, text })),
  };
  return { sandbox, at, where };
}

function userOf(said: Said | undefined): Pick<Sandbox["user"], "name" | "root"> {
  const name = said?.text.split(":")[0] ?? "";
  // An image may name another user, which its configuration does not say.
  if (name === "") return { root: "yes" };
  return name === "0" || name === "root" ? { name: "root", root: "yes" } : { name, root: name.includes("$") ? "maybe" : "no" };
}

/** `SOURCE:TARGET[:ro]`; a source with a variable is not known. */
export function volume(text: string, at: Position): SandboxMount & { readonly at: Position } {
  const parts = text.split(":");
  const [source = "", target, options = ""] = parts;
  if (target === undefined) return { kind: "volume", target: source, writable: true, at };
  const kind = source.startsWith("/") || source.startsWith(".") || source.startsWith("~") ? "bind" : "volume";
  return { kind, source: trimmed(source), target: trimmed(target), writable: !options.split(",").includes("ro"), at };
}

const trimmed = (path: string): string => (path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path);

/** A part of a document, which knows where it stands. */
export class Part {
  constructor(
    readonly source: Source,
    readonly path: Path,
    readonly value: unknown,
  ) {}

  get at(): Position {
    this.source.problem(this.path, "", "key");
    const { line = 1, column = 1 } = this.source.problems.pop() ?? {};
    return { line, column };
  }

  get(key: string): Part | undefined {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return undefined;
    return new Part(this.source, [...this.path, key], (value as Record<string, unknown>)[key]);
  }

  /** Its entries, if it is a list. */
  items(): readonly Part[] {
    return Array.isArray(this.value) ? this.value.map((value, i) => new Part(this.source, [...this.path, i], value)) : [];
  }

  keys(): readonly string[] {
    return typeof this.value === "object" && this.value !== null && !Array.isArray(this.value) ? Object.keys(this.value) : [];
  }

  said(): Said | undefined {
    return typeof this.value === "string" && this.value !== "" && this.value !== "null"
      ? { text: this.value, at: this.at }
      : undefined;
  }

  text(key: string): Said | undefined {
    return this.get(key)?.said();
  }

  texts(key: string): readonly Said[] {
    return (
      this.get(key)
        ?.items()
        .flatMap((item) => item.said() ?? []) ?? []
    );
  }
}
