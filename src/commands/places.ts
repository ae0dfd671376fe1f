import type { PlaceSpec } from "../knowledge/command.ts";
import type { PlaceChange } from "../model/binding.ts";
import { exact, exactText, unknown, type Value } from "../model/value.ts";
import { holds } from "./conditions.ts";
import { alternatives, cutAll } from "./scan.ts";
import { type Mounted, mountOf, volumeOf } from "./shapes/mount.ts";
import { read } from "./shapes/read.ts";
import type { Work } from "./work.ts";

/** The place that the program's runs are in; undefined: its own. */
export function placeOf(work: Work): PlaceChange | undefined {
  for (let spec = work.parsed.grammar.place; spec; spec = spec.otherwise) {
    if (!spec.when || holds(spec.when, work.facts()) !== "no") return change(spec, work);
  }
  return undefined;
}

/** What the place of `[place:]path` is. */
export function placeKind(work: Work): PlaceChange["kind"] {
  return work.parsed.grammar.place?.kind ?? "remote";
}

function change(spec: PlaceSpec, work: Work): PlaceChange {
  const mounts = spec.mounts.flatMap((name) => mountsOf(name, work));
  const capabilities = spec.capabilities.flatMap((name) => work.values(name).flatMap((given) => listed(given.value)));
  const namespaces = spec.namespaces.filter(({ when }) => holds(when, work.facts()) !== "no").map(({ name }) => name);
  for (const name of [...spec.mounts, ...spec.capabilities]) for (const given of work.values(name)) work.use(given, "argument");
  return {
    kind: spec.kind,
    name: nameOf(spec, work),
    ...(mounts.length > 0 ? { mounts } : {}),
    ...(spec.privileged && holds(spec.privileged, work.facts()) !== "no" ? { privileged: true } : {}),
    ...(capabilities.length > 0 ? { capabilities } : {}),
    ...(namespaces.length > 0 ? { namespaces } : {}),
  };
}

function nameOf(spec: PlaceSpec, work: Work): Value {
  if ("text" in spec.name) return exact(spec.name.text);
  const given = work.last(spec.name.argument);
  work.use(given, "argument");
  if (!given) return unknown("author");
  const [named] = read(work.shape(spec.name.argument), given.value);
  return named?.kind === "resource" && named.on.kind === "host" ? named.on.value : given.value;
}

function mountsOf(name: string, work: Work): readonly Mounted[] {
  if (name.startsWith("=")) return present(volumeOf(exact(name.slice(1))));
  const shape = work.shape(name);
  return work
    .values(name)
    .flatMap((given) =>
      alternatives(given.value).flatMap((value) => present(shape === "mount" ? mountOf(value) : volumeOf(value))),
    );
}

const present = (mounted: Mounted | undefined): readonly Mounted[] => (mounted ? [mounted] : []);

/** `SYS_ADMIN,NET_ADMIN`; a name we cannot see may be any. */
function listed(value: Value): readonly string[] {
  return alternatives(value).flatMap((one) => cutAll(one, ",").map((part) => exactText(part) ?? "ALL"));
}
