import type { Mount, Place } from "../model/place.ts";
import type { Resource } from "../model/resource.ts";
import { and, not, or, type Truth } from "../model/truth.ts";
import { exact, type Value } from "../model/value.ts";
import type { PlaceCheck, ResourceCheck, SetTest, Setting } from "./conditions.ts";
import type { Hits } from "./hits.ts";
import type { SetKind, Sets } from "./sets.ts";

/** Whether what has these hits is in one of the sets. */
export function isIn(test: SetTest, hits: Hits, sweep: boolean): Truth {
  if (test.any) return "yes";
  let best: Truth = "no";
  for (const hit of hits) {
    if (!test.ids.includes(hit.set)) continue;
    const truth = sweep ? or(hit.inside, hit.sweeps) : hit.inside;
    if (truth === "yes") return "yes";
    if (truth === "maybe") best = "maybe";
  }
  return best;
}

export const valueIn = (sets: Sets, test: SetTest, kind: SetKind, value: Value): Truth =>
  test.any ? "yes" : isIn(test, kind === "text" ? sets.textWithin(value, test.ids) : sets.ofValue(kind, value), false);

export const textIn = (sets: Sets, test: SetTest, text: string): boolean =>
  test.any || isIn(test, sets.textWithin(exact(text), test.ids), false) !== "no";

export function resourceIn(sets: Sets, check: ResourceCheck, on: Resource, hits: Hits): Truth {
  const test = check.in.get(on.kind);
  if (!test) return "no";
  if (check.scheme && (on.scheme === undefined || !check.scheme.has(on.scheme))) return "no";
  if (check.odd && on.spelled !== "odd") return "no";
  let truth = isIn(test, hits, check.sweep);
  const except = check.except?.get(on.kind);
  if (except && truth !== "no") truth = and(truth, not(isIn(except, hits, false)));
  if (check.port && truth !== "no") truth = and(truth, on.port ? valueIn(sets, check.port, "text", on.port) : "no");
  if (check.route && truth !== "no") truth = and(truth, on.route ? valueIn(sets, check.route, "text", on.route) : "no");
  return truth;
}

export function settingHolds(
  sets: Sets,
  setting: Setting,
  at: { readonly place: Place; readonly user?: Value; readonly when: "now" | { readonly deferredBy: Resource } },
): Truth {
  if (setting.when && (setting.when === "now") !== (at.when === "now")) return "no";
  const place = setting.place ? placeHolds(sets, setting.place, at.place) : "yes";
  if (!setting.user || place === "no") return place;
  const { user } = at;
  if (setting.user.changed && user) return place;
  if (!user) return setting.user.any ? place : "no";
  return and(place, valueIn(sets, setting.user, "text", user));
}

function placeHolds(sets: Sets, check: PlaceCheck, place: Place): Truth {
  if (check.kind && !check.kind.has(place.kind)) return "no";
  if (check.not?.has(place.kind) || (check.privileged && !place.privileged)) return "no";
  const { capabilities, namespaces } = check;
  if (capabilities && !place.capabilities.some((name) => textIn(sets, capabilities, name))) return "no";
  if (namespaces && !namespaces.some((name) => place.namespaces.includes(name))) return "no";
  if (!check.mounts && !check.targets && !check.writable) return "yes";
  return place.mounts.reduce<Truth>((best, mount) => or(best, mountHolds(sets, check, mount)), "no");
}

/** Source, target and whether it can be written are asked of the same mount. */
function mountHolds(sets: Sets, check: PlaceCheck, mount: Mount): Truth {
  if (check.writable && !mount.writable) return "no";
  const source = check.mounts ? valueIn(sets, check.mounts, "path", mount.source) : "yes";
  return and(source, check.targets ? valueIn(sets, check.targets, "path", mount.target) : "yes");
}

/** The name without its folders: `/usr/bin/nc` is nc. Names behind a hole stay hidden. */
export function baseName(program: Value): Value {
  if (program.kind === "exact") return exact(program.text.slice(program.text.lastIndexOf("/") + 1));
  if (program.kind === "oneOf")
    return { kind: "oneOf", texts: program.texts.map((text) => text.slice(text.lastIndexOf("/") + 1)) };
  if (program.kind === "unknown") return program;
  const at = program.pieces.findLastIndex((piece) => typeof piece === "string" && piece.includes("/"));
  const text = program.pieces[at];
  if (typeof text !== "string") return program;
  const rest = [text.slice(text.lastIndexOf("/") + 1), ...program.pieces.slice(at + 1)].filter((piece) => piece !== "");
  const [only] = rest;
  if (rest.length === 1 && only !== undefined)
    return typeof only === "string" ? exact(only) : { kind: "unknown", origin: only.origin };
  return { kind: "pattern", pieces: rest };
}
