import type { Resource } from "../../model/resource.ts";
import { EMPTY, exactText, prefixOf, type Value } from "../../model/value.ts";
import { cutFirst, dropPrefix } from "../scan.ts";
import { hostOf } from "./host.ts";
import { DASH, data, named, type Reading, resource } from "./reading.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const SCHEME_CHARS = `${LETTERS}0123456789+-.`;

/** A URL, or a host with or without a path as curl and wget take them. */
export function readUrl(value: Value): Reading {
  if (exactText(value) === "-") return DASH;
  const { scheme, rest, relative, odd } = partScheme(value);
  if (scheme === "file") return named("path", filePath(rest));
  if (scheme === "data") return data(value);
  if (scheme === "unix" || scheme === "npipe") return named("unixSocket", filePath(rest));
  return resource({
    ...authority(relative ? rest : withoutSlashes(rest)),
    ...(scheme === undefined ? {} : { scheme }),
    ...(odd ? { spelled: "odd" } : {}),
  });
}

/** `scheme:`; `$x://h` has one that we cannot see, `h:80/x` has none. */
function partScheme(value: Value): {
  readonly scheme?: string;
  readonly rest: Value;
  readonly relative?: true;
  readonly odd?: true;
} {
  const colon = cutFirst(value, ":/?#");
  if (colon?.char !== ":") return prefixOf(value).startsWith("//") ? { rest: value } : { rest: value, relative: true };
  const slashes = prefixOf(colon.after).startsWith("//");
  const written = exactText(colon.before);
  const scheme = written?.toLowerCase();
  const bare = scheme === "file" || scheme === "data" || scheme === "unix" || scheme === "npipe";
  if (slashes || bare)
    return scheme !== undefined && isScheme(scheme)
      ? { scheme, rest: colon.after, ...(written === scheme ? {} : { odd: true as const }) }
      : { rest: colon.after };
  return { rest: value, relative: true };
}

function isScheme(text: string): boolean {
  if (!LETTERS.includes(text.charAt(0)) || text === "") return false;
  for (const char of text) if (!SCHEME_CHARS.includes(char)) return false;
  return true;
}

function withoutSlashes(value: Value): Value {
  const prefix = prefixOf(value);
  let count = 0;
  while (prefix.charAt(count) === "/") count++;
  return dropPrefix(value, count);
}

/** `///etc/passwd`, `//localhost/etc/passwd`, `/etc/passwd`. */
function filePath(rest: Value): Value {
  if (!prefixOf(rest).startsWith("//")) return rest;
  const path = cutFirst(dropPrefix(rest, 2), "/");
  if (!path) return dropPrefix(rest, 2);
  const host = exactText(path.before);
  return host === undefined ? dropPrefix(rest, 2) : dropPrefix(rest, 2 + host.length);
}

/** The host, and as its route what follows it. A backslash ends the host as a slash does (WHATWG URL). */
function authority(value: Value): Resource {
  const end = cutFirst(value, "/\\?#");
  if (!end) return hostOf(value);
  const length = exactText(end.before)?.length;
  const route = length === undefined ? prefixed(end.char, end.after) : dropPrefix(value, length);
  const host = hostOf(end.before);
  return exactText(end.before) === "" ? { ...host, value: EMPTY, route } : { ...host, route };
}

function prefixed(char: string, value: Value): Value {
  if (value.kind === "exact") return { ...value, text: char + value.text };
  if (value.kind === "pattern") return { ...value, pieces: [char, ...value.pieces] };
  if (value.kind === "unknown")
    return { kind: "pattern", pieces: [char, { origin: value.origin }], ...(value.from ? { from: value.from } : {}) };
  return value;
}
