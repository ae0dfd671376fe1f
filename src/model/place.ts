import { exact, type Value } from "./value.ts";

/** A folder of one place that is visible in another. `source` is a path of the outer place. */
export interface Mount {
  readonly source: Value;
  readonly target: Value;
  readonly writable: boolean;
}

export const PLACE_KINDS = ["here", "container", "host", "remote", "chroot", "build"] as const;
/**
 * Where a program runs. `here` is where the command was handed to us; `host` is the machine under a container we broke out of;
 * `chroot` is a folder of the outer place used as root.
 */
export type PlaceKind = (typeof PLACE_KINDS)[number];

export interface Place {
  readonly kind: PlaceKind;
  readonly name: Value;
  readonly mounts: readonly Mount[];
  readonly privileged: boolean;
  readonly capabilities: readonly string[];
  /** Namespaces shared with the outer place: pid, net, ipc, uts, user, mount. */
  readonly namespaces: readonly string[];
  readonly outer?: Place;
}

export const HERE: Place = { kind: "here", name: exact("here"), mounts: [], privileged: false, capabilities: [], namespaces: [] };
