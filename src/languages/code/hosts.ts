import type { Resource } from "../../model/resource.ts";
import { EMPTY, exactText, type Piece, pattern, piecesOf, prefixOf, type Value } from "../../model/value.ts";

/** The value up to the first of these characters, and from there. */
function cutAt(value: Value, chars: string): { readonly before: Value; readonly after: Value } {
  const pieces = piecesOf(value);
  const before: Piece[] = [];
  for (const [i, piece] of pieces.entries()) {
    const at = typeof piece === "string" ? [...piece].findIndex((char) => chars.includes(char)) : -1;
    if (typeof piece !== "string" || at < 0) {
      before.push(piece);
      continue;
    }
    const offset = [...piece].slice(0, at).join("").length;
    return {
      before: pattern([...before, piece.slice(0, offset)], value.from),
      after: pattern([piece.slice(offset), ...pieces.slice(i + 1)], value.from),
    };
  }
  return { before: value, after: EMPTY };
}

function dropped(value: Value, count: number): Value {
  const [first, ...others] = piecesOf(value);
  return typeof first === "string" ? pattern([first.slice(count), ...others], value.from) : value;
}

/** `scheme://user@host:port/route`; a `file:` URL is a path. */
export function resourceOfUrl(url: Value): Resource {
  const prefix = prefixOf(url);
  const colon = prefix.indexOf("://");
  if (colon < 0) return url.kind === "unknown" ? { kind: "host", value: url } : hostOf(url, {});
  const scheme = prefix.slice(0, colon).toLowerCase();
  const rest = dropped(url, colon + 3);
  return scheme === "file" ? { kind: "path", value: rest } : hostOf(rest, { scheme: scheme === "https" ? "https" : scheme });
}

function hostOf(rest: Value, more: { readonly scheme?: string }): Resource {
  const { before, after } = cutAt(rest, "/?#\\");
  const text = prefixOf(before);
  const at = text.lastIndexOf("@");
  const { host, port } = withPort(at >= 0 ? dropped(before, at + 1) : before);
  const route = exactText(after) === "" ? {} : { route: after };
  return { kind: "host", value: host, ...port, ...route, ...more };
}

function withPort(value: Value): { readonly host: Value; readonly port: { readonly port?: Value } } {
  if (prefixOf(value).startsWith("[")) {
    const { before, after } = cutAt(dropped(value, 1), "]");
    const port = dropped(after, 2);
    return { host: before, port: exactText(port) === "" ? {} : { port } };
  }
  const { before, after } = cutAt(value, ":");
  const host = lower(before);
  const port = dropped(after, 1);
  return { host, port: exactText(after) === "" ? {} : { port } };
}

const lower = (value: Value): Value => (value.kind === "exact" ? { ...value, text: value.text.toLowerCase() } : value);

/** A host and a port that were given apart. */
export function resourceOfHost(host: Value, port: Value | undefined, scheme: string): Resource {
  const text = exactText(host);
  const value: Value = text === "" ? { ...host, kind: "exact", text: "0.0.0.0" } : lower(host);
  return { kind: "host", value, scheme, ...(port ? { port } : {}) };
}
