import type { ResourceKind } from "../model/resource.ts";

/**
 * A named group of resources of one kind, or of plain texts (program names, modes, capabilities, contents).
 * Path members are globs over canonical paths: `~` stands for any home, `**` for any number of folders, a member names its whole tree.
 * Host members are names, `*.name`, addresses or CIDR ranges; other members are texts with `*`.
 */
export interface NamedSet {
  readonly name: string;
  readonly of: ResourceKind | "text";
  readonly members: readonly Member[];
  readonly except: readonly string[];
}

export interface Member {
  readonly pattern: string;
  /** Credential: the hosts it is for (host patterns). */
  readonly audience?: readonly string[];
  /** The member itself, not what is below it. */
  readonly exact?: true;
}
