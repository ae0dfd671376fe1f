import type { End } from "../../model/binding.ts";
import type { Resource } from "../../model/resource.ts";
import type { Span } from "../../model/span.ts";
import { exact, exactText, pattern, piecesOf, prefixOf, type Value } from "../../model/value.ts";

const SCHEMES = [
  "http://",
  "https://",
  "ftp://",
  "ftps://",
  "tcp://",
  "udp://",
  "ssl://",
  "tls://",
  "ws://",
  "wss://",
  "sftp://",
  "gopher://",
];

export const isUrl = (value: Value): boolean => SCHEMES.some((scheme) => prefixOf(value).toLowerCase().startsWith(scheme));

/** The host that a URL names, with its route. Text without a scheme is taken for `HOST:PORT`. */
export function hostOf(url: Value, scheme = "tcp"): Resource {
  const prefix = prefixOf(url);
  const mark = prefix.indexOf("://");
  const named = mark > 0 ? prefix.slice(0, mark).toLowerCase() : scheme;
  const rest = cutFront(url, mark > 0 ? mark + 3 : 0);
  const known = prefixOf(rest);
  const end = [...known].findIndex((char) => "/?#".includes(char));
  const authority = end < 0 ? rest : exact(known.slice(0, end));
  const text = exactText(authority);
  const route = end < 0 ? {} : { route: cutFront(rest, end) };
  if (text === undefined) return { kind: "host", value: authority, scheme: named, ...route };
  const bare = text.slice(text.lastIndexOf("@") + 1);
  const colon = bare.lastIndexOf(":");
  const isPort = colon >= 0 && !bare.endsWith("]");
  const port = isPort ? { port: exact(bare.slice(colon + 1)) } : {};
  return { kind: "host", value: exact(isPort ? bare.slice(0, colon) : bare), scheme: named, ...port, ...route };
}

function cutFront(value: Value, length: number): Value {
  if (value.kind === "exact") return { ...value, text: value.text.slice(length) };
  if (value.kind !== "pattern") return value;
  const [first, ...more] = piecesOf(value);
  return typeof first === "string" ? pattern([first.slice(length), ...more], value.from) : value;
}

export const endOf = (on: Resource, span: Span): End => ({ kind: "resource", on, span });
