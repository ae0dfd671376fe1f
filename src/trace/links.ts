import type { Place } from "../model/place.ts";
import type { Resource } from "../model/resource.ts";
import { concat, exact, exactText, oneOf, type Value } from "../model/value.ts";
import { fileKey, type Machine } from "./machine.ts";
import { nameOf } from "./made-names.ts";
import { canonical } from "./path.ts";
import type { Frame } from "./state.ts";

/** Folders that are sure to be there: `ln -s X /tmp` makes /tmp/X. */
const FOLDERS: ReadonlySet<string> = new Set([
  ".",
  "..",
  "/",
  "~",
  "/tmp",
  "/var/tmp",
  "/dev/shm",
  "/usr/local/bin",
  "/usr/bin",
  "/bin",
]);

/** `ln TARGET LINK`: what is done to the link is done to its target. `target` is as located from here, `source` as it was written. */
export function link(
  machine: Machine,
  frame: Frame,
  at: { readonly on: Resource; readonly place: Place },
  source: Value,
  target: Value,
): void {
  const path = nameOf(at.on.value);
  if (path === undefined || at.on.kind !== "path") return;
  const reached = relativeTo(path, source, target);
  const name = baseOf(target);
  if (name !== undefined) machine.links.set(fileKey(at.place, `${path === "/" ? "" : path}/${name}`), target);
  if (!FOLDERS.has(path) && path !== exactText(frame.cwd)) machine.links.set(fileKey(at.place, path), reached);
}

/** A symbolic link's text is relative to the link's own folder, a hard link's to ours. */
function relativeTo(path: string, source: Value, target: Value): Value {
  const text = exactText(source);
  const here = exactText(target);
  if (text === undefined || here === undefined || text.startsWith("/") || text.startsWith("~")) return target;
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
  const there = exactText(canonical(concat([exact(`${folder}/`), source]), exact("."), undefined));
  return there === undefined || there === here ? target : oneOf([here, there], target.from);
}

function baseOf(value: Value): string | undefined {
  const text = exactText(value);
  const name = text?.slice(text.lastIndexOf("/") + 1);
  return name === "" || name === "." || name === ".." ? undefined : name;
}
