import type { Severity } from "../model/finding.ts";
import type { Aspect, MountKind, Namespace, Runtime } from "../model/sandbox.ts";
import { lazily } from "./lazily.ts";
import type { Rule, SetNames } from "./rule.ts";

/** A question about a sandbox. */
export type SandboxCondition =
  | { readonly all: readonly SandboxCondition[] }
  | { readonly any: readonly SandboxCondition[] }
  | { readonly not: SandboxCondition }
  | { readonly runtime: readonly Runtime[] }
  | { readonly privileged: boolean }
  /** It has one of these. Being privileged is having them all. */
  | { readonly capability: readonly string[] }
  /** It shares one of these with the host. */
  | { readonly namespace: readonly Namespace[] }
  | { readonly mount: MountTest }
  /** A socket of the host in one of these path sets can be reached, by itself or in a folder that is mounted. */
  | { readonly socket: SetNames }
  /** A device in one of these path sets. */
  | { readonly device: SetNames }
  | { readonly seccomp: readonly ("default" | "custom" | "unconfined")[] }
  | { readonly lsm: readonly ("confined" | "unconfined")[] }
  /** Programs may gain rights. */
  | { readonly gains: boolean }
  | { readonly root: boolean }
  /** Root inside is somebody else outside. */
  | { readonly mapped: boolean }
  | { readonly masked: boolean }
  | { readonly read_only: boolean }
  /** This host can be reached over the network; `any` is some host. */
  | { readonly reaches: string }
  /** A variable in one of these sets is there. */
  | { readonly env: SetNames }
  /** There is no limit on it. */
  | { readonly unlimited: readonly ("memory" | "cpus" | "processes")[] }
  | { readonly lifetime: "ephemeral" | "kept" }
  | { readonly unknown: readonly Aspect[] };

export interface MountTest {
  /** Path sets that its source is in. */
  readonly source?: SetNames;
  /** Path sets that its target is in. */
  readonly target?: SetNames;
  readonly kind?: readonly MountKind[];
  readonly writable?: boolean;
}

/** What makes a sandbox escapable or leaky. */
export interface SandboxRule {
  /** `sandbox/rule`. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** `{items}` are the parts of the sandbox that it is about. */
  readonly message: string;
  readonly fix: string;
  readonly attack: readonly string[];
  readonly when: SandboxCondition;
  /** Rules that say less than this one where both fire. */
  readonly covers: readonly string[];
}

/** A way out: what a command that tries it does, and what a sandbox that lets it through is like. */
export interface Escape {
  /** Judged as a rule of a command. */
  readonly rule: Rule;
  readonly needs: SandboxCondition;
}

/** A finding that a sandbox adds. */
export interface ContainmentRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remediation: string;
  readonly attack: readonly string[];
}

/** Everything known of sandboxes, compiled from rules/sandbox/. */
export interface SandboxKnowledge {
  readonly checks: readonly SandboxRule[];
  readonly escapes: readonly Escape[];
  readonly containment: readonly ContainmentRule[];
  /** Packs whose findings cost less when all they are about stays inside. */
  readonly lowers: readonly string[];
  /** Programs that fetch packages, and the hosts they fetch from. */
  readonly registries: readonly { readonly programs: readonly string[]; readonly hosts: readonly string[] }[];
}

/** Each item a text of JSON. */
export type StoredSandboxes = Readonly<Record<keyof SandboxKnowledge, readonly string[]>>;

/** Nothing is read before a sandbox is asked about. */
export function readSandboxes(stored: StoredSandboxes): SandboxKnowledge {
  const items = <T>(texts: readonly string[]): (() => readonly T[]) =>
    lazily(() => JSON.parse(`[${texts.join(",")}]`) as readonly T[]);
  const checks = items<SandboxRule>(stored.checks);
  const escapes = items<Escape>(stored.escapes);
  const containment = items<ContainmentRule>(stored.containment);
  const lowers = items<string>(stored.lowers);
  const registries = items<SandboxKnowledge["registries"][number]>(stored.registries);
  return {
    get checks() {
      return checks();
    },
    get escapes() {
      return escapes();
    },
    get containment() {
      return containment();
    },
    get lowers() {
      return lowers();
    },
    get registries() {
      return registries();
    },
  };
}
