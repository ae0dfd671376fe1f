import { prefixOf, type Value } from "../../model/value.ts";
import { dropPrefix, suffixOf } from "../scan.ts";
import { readPath } from "./path.ts";
import { readPlaced } from "./placed.ts";
import { named, type Reading } from "./reading.ts";
import { readUrl } from "./url.ts";

const ARCHIVES = [
  ".tgz",
  ".tar.gz",
  ".tar.bz2",
  ".tar.xz",
  ".tar",
  ".zip",
  ".whl",
  ".gem",
  ".deb",
  ".rpm",
  ".apk",
  ".pkg",
  ".msi",
  ".snap",
  ".vsix",
  ".jar",
  ".crate",
];
const CARRIERS = ["git+", "hg+", "svn+", "bzr+"];
const HUBS: readonly (readonly [prefix: string, host: string])[] = [
  ["github:", "github.com"],
  ["gitlab:", "gitlab.com"],
  ["bitbucket:", "bitbucket.org"],
];

/** The package that is named, then where its code comes from if it is not a registry. */
export function readPackage(value: Value): readonly Reading[] {
  const origin = originOf(value);
  return origin ? [named("package", value), origin] : [named("package", value)];
}

/** The program a registry's package is named after: `@scope/name@1.2` → `name`. */
export function programOfPackage(text: string): string {
  if (text.startsWith(".") || text.startsWith("/") || isOrigin(text)) return text;
  const scoped = text.startsWith("@") ? text.slice(text.indexOf("/") + 1) : text;
  const version = scoped.indexOf("@", 1);
  return version < 0 ? scoped : scoped.slice(0, version);
}

function originOf(value: Value): Reading | undefined {
  const prefix = prefixOf(value);
  const at = prefix.indexOf("@ ");
  if (at > 0) return originOf(dropPrefix(value, at + 2));
  const versioned = prefix.indexOf("@", 1);
  const where = versioned > 0 && isOrigin(prefix.slice(versioned + 1)) ? dropPrefix(value, versioned + 1) : value;
  return readOrigin(where);
}

function isOrigin(text: string): boolean {
  return text.includes("://") || text.startsWith("file:") || HUBS.some(([hub]) => text.startsWith(hub)) || isFolder(text);
}

function readOrigin(value: Value): Reading | undefined {
  const prefix = prefixOf(value);
  const carrier = CARRIERS.find((start) => prefix.startsWith(start));
  if (carrier) return readOrigin(dropPrefix(value, carrier.length));
  const hub = HUBS.find(([start]) => prefix.startsWith(start));
  if (hub)
    return {
      kind: "resource",
      on: { kind: "host", value: { kind: "exact", text: hub[1] }, route: dropPrefix(value, hub[0].length) },
    };
  if (prefix.startsWith("git@")) return readPlaced(value, "remote");
  if (prefix.includes("://") || prefix.startsWith("file:")) return readUrl(value);
  if (isFolder(prefix) || ARCHIVES.some((end) => suffixOf(value).toLowerCase().endsWith(end))) return readPath(value);
  if (isHubPath(prefix))
    return { kind: "resource", on: { kind: "host", value: { kind: "exact", text: "github.com" }, route: value } };
  return undefined;
}

const isFolder = (text: string): boolean =>
  text.startsWith("/") ||
  text.startsWith("./") ||
  text.startsWith("../") ||
  text === "." ||
  text === ".." ||
  text.startsWith("~");

/** npm reads `user/repo` as GitHub's; `@scope/name` is the registry's. Go modules and images begin with a host name. */
function isHubPath(text: string): boolean {
  const slash = text.indexOf("/");
  return slash > 0 && slash === text.lastIndexOf("/") && !text.startsWith("@") && !text.slice(0, slash).includes(".");
}
