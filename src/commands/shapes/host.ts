import type { Resource } from "../../model/resource.ts";
import { exact, exactText, prefixOf, type Value } from "../../model/value.ts";
import { cutFirst, cutLast, dropPrefix, dropSuffix, mapKnown, suffixOf } from "../scan.ts";
import { canonicalHost } from "./address.ts";
import { named, type Reading, resource } from "./reading.ts";

/** `[user@]host[:port]`, brackets around IPv6. */
export function hostOf(authority: Value): Resource {
  const user = cutLast(authority, "@");
  const place = user ? user.after : authority;
  const found = hostAt(place);
  return user && looksLikeHost(user.before) ? { ...found, spelled: "odd" } : found;
}

/** `http://example.org@h.test/`: what comes before `@` is no host. */
function looksLikeHost(user: Value): boolean {
  const text = exactText(user);
  return text?.includes(".") === true && !text.includes(":") && !text.includes("@");
}

function hostAt(place: Value): Resource {
  const bracket = prefixOf(place).startsWith("[") ? cutFirst(place, "]") : undefined;
  if (bracket) {
    const colon = prefixOf(bracket.after).startsWith(":");
    return host(dropPrefix(bracket.before, 1), colon ? dropPrefix(bracket.after, 1) : undefined);
  }
  const text = exactText(place);
  if (text !== undefined && text.indexOf(":") !== text.lastIndexOf(":")) return host(place, undefined);
  const port = cutLast(place, ":");
  return port ? host(port.before, exactText(port.after) === "" ? undefined : port.after) : host(place, undefined);
}

function host(name: Value, port: Value | undefined): Resource {
  const value = name.kind === "pattern" ? mapKnown(name, (text) => text.toLowerCase()) : mapKnown(name, canonicalHost);
  const found: Resource = port ? { kind: "host", value, port } : { kind: "host", value };
  return isOddNumber(exactText(name), exactText(value)) ? { ...found, spelled: "odd" } : found;
}

/** `127.1`, `0x7f000001`, full-width digits: other characters than the address that they mean. */
function isOddNumber(written: string | undefined, meant: string | undefined): boolean {
  if (written === undefined || meant === undefined || written === meant || !isDottedDecimal(meant)) return false;
  return written !== `${meant}.`;
}

function isDottedDecimal(text: string): boolean {
  for (const char of text) if (char !== "." && (char < "0" || char > "9")) return false;
  return text.includes(".");
}

/** A network host; with a scheme it is read as a URL. */
export function readHost(value: Value, url: (value: Value) => Reading): Reading {
  return prefixOf(value).includes("://") ? url(value) : resource(hostOf(value));
}

/** `[BIND:]PORT:HOST:HOSTPORT` (ssh -L, -R), a path instead of a port, or `[BIND:]PORT` alone (-D). */
export function readForward(value: Value): readonly Reading[] {
  const port = cutLast(value, ":");
  if (!port) return [resource({ kind: "host", value: exact("localhost"), port: value })];
  if (prefixOf(port.after).includes("/")) return [named("unixSocket", port.after)];
  const bracket = suffixOf(port.before).endsWith("]") ? cutLast(port.before, "[") : undefined;
  const host = bracket ? dropSuffix(bracket.after, 1) : (cutLast(port.before, ":")?.after ?? port.before);
  return [resource({ ...hostOf(host), port: port.after })];
}

/** `HOST:PORT:ADDRESS[,ADDRESS]` (curl --resolve): the addresses. */
export function readResolve(value: Value): readonly Reading[] {
  const first = cutFirst(value, ":");
  const second = first && cutFirst(first.after, ":");
  if (!second) return [resource(hostOf(value))];
  const found: Reading[] = [];
  for (let rest: Value | undefined = second.after; rest; ) {
    const comma = cutFirst(rest, ",");
    const text = comma ? comma.before : rest;
    const bracketed =
      text.kind === "exact" && text.text.includes(":") && !text.text.startsWith("[") ? exact(`[${text.text}]`, text.from) : text;
    found.push(resource(hostOf(bracketed)));
    rest = comma?.after;
  }
  return found;
}
