import type { PlaceChange } from "../../model/binding.ts";
import { exactText, prefixOf, type Value } from "../../model/value.ts";
import { cutFirst, cutLast, dropPrefix } from "../scan.ts";
import { hostOf } from "./host.ts";
import { readPath } from "./path.ts";
import { type Reading, resource } from "./reading.ts";
import { readUrl } from "./url.ts";

/** The place and the path of `host:path`; a colon after a slash is part of a path. */
export function placed(value: Value): { readonly place: Value; readonly path: Value } | undefined {
  if (prefixOf(value).startsWith("[")) {
    const bracket = cutFirst(value, "]");
    return bracket && prefixOf(bracket.after).startsWith(":")
      ? { place: dropPrefix(bracket.before, 1), path: dropPrefix(bracket.after, 1) }
      : undefined;
  }
  const cut = cutFirst(value, ":/");
  if (cut?.char !== ":" || exactText(cut.before) === "") return undefined;
  return { place: cut.before, path: cut.after };
}

/** `pod:path`, `namespace/pod:path`, `container:path`. */
function inside(value: Value): ReturnType<typeof placed> {
  const lead = prefixOf(value).charAt(0);
  const cut = lead === "/" || lead === "." || lead === "~" ? undefined : cutFirst(value, ":");
  return cut && exactText(cut.before) !== "" ? { place: cut.before, path: cut.after } : undefined;
}

/** `rest:http://h/x` and `sftp:h:/x` of backup programs, which name the way before the place. */
function withoutWay(value: Value): Value {
  const prefix = prefixOf(value);
  const scheme = prefix.indexOf("://");
  if (scheme > 0) return dropPrefix(value, prefix.lastIndexOf(":", scheme - 1) + 1);
  const rest = prefix.startsWith("sftp:") ? dropPrefix(value, "sftp:".length) : value;
  return rest !== value && placed(rest) ? rest : value;
}

/** `host:path`, `user@host:path`, `container:path`, `host::module`, or a path. */
export function readPlaced(text: Value, kind: PlaceChange["kind"]): Reading {
  const value = withoutWay(text);
  if (prefixOf(value).includes("://")) return readUrl(value);
  const found = kind === "remote" ? placed(value) : inside(value);
  if (!found) return readPath(value);
  if (kind !== "remote") return { kind: "resource", on: { kind: "path", value: found.path }, at: { kind, name: found.place } };
  const user = cutLast(found.place, "@");
  const host = user ? user.after : found.place;
  return resource({ ...hostOf(host), route: prefixOf(found.path).startsWith(":") ? dropPrefix(found.path, 1) : found.path });
}
