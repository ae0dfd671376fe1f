import { printValue, type Value } from "./value.ts";

/** What a program can act on. The value is the path, host name, account name, package name, …; sets exist for every kind. */
export const RESOURCE_KINDS = [
  "path",
  "host",
  "unixSocket",
  "account",
  "group",
  "service",
  "schedule",
  "process",
  "package",
  "kernelModule",
  "kernelSetting",
  "firewall",
  "log",
  "device",
  "mount",
  "container",
  "image",
  "clusterObject",
  "cloudObject",
  "repository",
  "database",
  "secret",
  "variable",
  "clipboard",
  "screen",
  "history",
  "power",
  "setting",
  "function",
  "session",
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export interface Resource {
  readonly kind: ResourceKind;
  /**
   * Paths are canonical: `/etc/shadow`, `~/.ssh` (the caller's home), `~bob/x`, `./src` (under a working directory we do not know).
   * Hosts are lower case without port; numeric spellings are dotted decimal.
   */
  readonly value: Value;
  /** host: the port, if named. */
  readonly port?: Value;
  /** host: `http`, `ssh`, `tcp`, … */
  readonly scheme?: string;
  /** host: path and query of the URL, for APIs whose path is an action. */
  readonly route?: Value;
  /** host: a number not written as dotted decimal, an account that looks like a host, or a scheme in odd case.
   * path, deleted: it starts with a variable that may be empty, so that it may start at `/`. */
  readonly spelled?: "odd";
}

export function printResource(resource: Resource): string {
  if (resource.kind === "path") return printValue(resource.value);
  if (resource.kind === "host") return printValue(resource.value) + (resource.port ? `:${printValue(resource.port)}` : "");
  return `${resource.kind} ${printValue(resource.value)}`;
}
