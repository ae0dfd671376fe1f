import type { PlaceChange } from "../model/binding.ts";
import type { Mount, Place } from "../model/place.ts";
import type { Resource } from "../model/resource.ts";
import { concat, exact, exactText, pattern, piecesOf, prefixOf, type Value } from "../model/value.ts";
import { fileKey, type Machine } from "./machine.ts";
import { nameOf, pathNamed } from "./made-names.ts";
import { canonical } from "./path.ts";
import type { Frame } from "./state.ts";

/** A path as the outermost place that sees it names it. */
export interface Located {
  readonly path: Value;
  readonly place: Place;
}

/** Canonical, with links made by this command followed and mounts and chroots undone as far as they are known. */
export function locatePath(machine: Machine, frame: Frame, path: Value, place: Place = frame.place): Located {
  const same = place === frame.place;
  // An effect and the edges of one program locate the same path.
  const memo = same && machine.links.size === 0 ? memoFor(machine, frame) : undefined;
  const known = memo?.get(path);
  if (known) return known;
  const home = place.kind === "here" ? machine.context.home : undefined;
  const cwd = same ? frame.cwd : exact(".");
  const real = upFromLinks(machine, path, cwd, place);
  const own = real === path ? followLinks(machine, canonical(path, cwd, home), place) : real;
  const located = outward(own, place);
  memo?.set(path, located);
  return located;
}

function memoFor(machine: Machine, { cwd, place }: Frame): Map<Value, Located> {
  const { located } = machine;
  if (located.cwd !== cwd || located.place !== place) {
    located.cwd = cwd;
    located.place = place;
    located.paths.clear();
  }
  return located.paths;
}

function outward(path: Value, place: Place): Located {
  if (!place.outer) return { path, place };
  if (place.kind === "chroot")
    return outward(canonical(concat([place.name, exact("/"), path]), exact("."), undefined), place.outer);
  for (const mount of place.mounts) {
    const moved = through(mount, path);
    if (moved) return outward(moved, place.outer);
  }
  return { path, place };
}

/** The path as the mount's source has it, if it lies at or below its target. */
function through(mount: Mount, path: Value): Value | undefined {
  const target = exactText(mount.target);
  if (target === undefined) return undefined;
  const folder = target === "/" ? "/" : `${target}/`;
  const prefix = prefixOf(path);
  if (exactText(path) === target) return mount.source;
  if (!prefix.startsWith(folder)) return undefined;
  const [, ...rest] = piecesOf(path);
  const below = path.kind === "oneOf" ? undefined : pattern([prefix.slice(folder.length), ...rest]);
  return below && canonical(concat([mount.source, exact("/"), below]), exact("."), undefined);
}

function followLinks(machine: Machine, path: Value, place: Place): Value {
  if (machine.links.size === 0) return path;
  let text = nameOf(path);
  const own = text;
  for (let hops = 0; text !== undefined && hops < 8; hops++) {
    const next = followOne(machine, text, place);
    if (next === undefined) break;
    const reached = nameOf(next);
    if (reached === undefined) return next;
    text = reached;
  }
  return text === undefined || text === own ? path : { ...pathNamed(text), ...(path.from ? { from: path.from } : {}) };
}

function followOne(machine: Machine, text: string, place: Place): Value | undefined {
  for (let cut = text.length; cut > 0; cut = text.lastIndexOf("/", cut - 1)) {
    const target = machine.links.get(fileKey(place, text.slice(0, cut)));
    if (target) return below(target, text.slice(cut + 1));
  }
  return undefined;
}

/** A path below a folder that may be somebody's home. */
function below(folder: Value, rest: string): Value {
  return rest === "" ? folder : canonical(exact(rest), folder, undefined);
}

/** The kernel goes up from where a link leads: `/tmp/l/..` is the folder of what l stands for. */
function upFromLinks(machine: Machine, path: Value, cwd: Value, place: Place): Value {
  const text = exactText(path);
  if (machine.links.size === 0 || text === undefined || !text.includes("/..")) return path;
  let at: Value = text.startsWith("/") ? exact("/") : cwd;
  for (const part of text.split("/")) if (part !== "") at = followLinks(machine, canonical(exact(part), at, undefined), place);
  return at;
}

/** The place that a nested run is in. */
export function enter(machine: Machine, frame: Frame, change: PlaceChange): Place {
  const mounts = (change.mounts ?? []).map((mount) => ({
    source: canonical(mount.source, frame.cwd, frame.place.kind === "here" ? machine.context.home : undefined),
    target: canonical(mount.target, exact("/"), undefined),
    writable: mount.writable,
  }));
  const name = change.kind === "chroot" ? canonical(change.name, frame.cwd, undefined) : change.name;
  const inner: Place = {
    kind: change.kind,
    name,
    mounts,
    privileged: change.privileged ?? false,
    capabilities: change.capabilities ?? [],
    namespaces: change.namespaces ?? [],
  };
  return { ...inner, outer: frame.place };
}

/** The resource as the place names it; paths become canonical and may move outward. */
export function locateResource(
  machine: Machine,
  frame: Frame,
  on: Resource,
  place: Place = frame.place,
): { on: Resource; place: Place } {
  if (on.kind !== "path" && on.kind !== "unixSocket") return { on, place };
  const located = locatePath(machine, frame, on.value, place);
  return { on: located.path === on.value ? on : { ...on, value: located.path }, place: located.place };
}
