import type { Resource } from "../model/resource.ts";
import { concat, exact, type Piece, type Value } from "../model/value.ts";
import { isHidden, isKnownFolder } from "./scan.ts";
import type { Reading } from "./shapes/reading.ts";
import type { Work } from "./work.ts";

/** Adds what other arguments say: the folder that paths are relative to, scheme, port and route of a host. */
export function completed(reading: Reading, name: string, work: Work): Reading {
  if (reading.kind !== "resource") return reading;
  const { on } = reading;
  if (on.kind === "path" && !reading.at) return { ...reading, on: underFolder(on, name, work) };
  if (on.kind !== "host" && on.kind !== "unixSocket") return reading;
  const spec = work.parsed.grammar.hosts.get(name);
  if (!spec) return reading;
  const port = spec.port === undefined ? undefined : work.last(spec.port);
  const route = spec.route === undefined ? undefined : work.last(spec.route);
  work.use(port, "argument");
  work.use(route, "argument");
  return {
    ...reading,
    on: {
      ...on,
      ...(spec.scheme !== undefined && on.scheme === undefined ? { scheme: spec.scheme } : {}),
      ...(port && !on.port ? { port: port.value } : {}),
      ...(route && !on.route ? { route: route.value } : {}),
    },
  };
}

/** `tar -C ~ .ssh`: relative paths lie under DIR, where DIR is given. */
function underFolder(on: Resource, name: string, work: Work): Resource {
  const { relative } = work.parsed.grammar;
  if (relative.size === 0) return on;
  const folder = relative.get(name) ?? relative.get("*");
  if (folder === undefined || folder === name || isHidden(on.value) || isRooted(on.value)) return on;
  const given = work.parsed.given.get(folder)?.at(-1);
  if (!given) return on;
  work.use(given, "argument");
  return { ...on, value: concat([given.value, exact("/"), on.value]) };
}

function isRooted(value: Value): boolean {
  if (value.kind === "oneOf") return value.texts.every((text) => isRooted(exact(text)));
  if (value.kind === "unknown") return isKnownFolder({ origin: value.origin });
  const first: Piece | undefined = value.kind === "exact" ? value.text : value.pieces[0];
  if (first === undefined) return false;
  return typeof first === "string" ? first.startsWith("/") || first.startsWith("~") : isKnownFolder(first);
}
