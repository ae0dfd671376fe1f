import { exactText, prefixOf, type Value } from "../../model/value.ts";
import { cutAll, cutFirst, dropPrefix, isHidden } from "../scan.ts";
import { readPath } from "./path.ts";
import { data, type Reading } from "./reading.ts";

/** `@FILE`, `@-`, else text (curl -d). Text that we cannot see may be either. */
export function readFileOrText(value: Value): readonly Reading[] {
  if (prefixOf(value).startsWith("@")) return [readPath(dropPrefix(value, 1))];
  return [data(value)];
}

/** `name=@FILE;type=x`, `name=<FILE`, `name@FILE`, `@FILE`, `=text`, else text (curl -F, --data-urlencode). */
export function readNamedFileOrText(value: Value): readonly Reading[] {
  const cut = cutFirst(value, "=@");
  if (!cut) return [data(value)];
  if (cut.char === "@") return [readPath(untilSemicolon(cut.after))];
  const lead = prefixOf(cut.after).charAt(0);
  if (lead !== "@" && lead !== "<") return [data(value)];
  const files = dropPrefix(cut.after, 1);
  if (lead === "<") return [readPath(untilSemicolon(files))];
  return cutAll(untilSemicolon(files), ",").map(readPath);
}

const untilSemicolon = (value: Value): Value => cutFirst(value, ";")?.before ?? value;

/** `file://PATH`, `fileb://PATH`, else text (aws). */
export function readFileUrlOrText(value: Value): readonly Reading[] {
  const prefix = prefixOf(value);
  for (const scheme of ["file://", "fileb://"])
    if (prefix.startsWith(scheme)) return [readPath(dropPrefix(value, scheme.length))];
  return [data(value)];
}

/** Text if it holds `=`, else the path of a cookie jar (curl -b). */
export function readCookie(value: Value): readonly Reading[] {
  if (isHidden(value) || cutFirst(value, "=") || exactText(value) === "") return [data(value)];
  return [readPath(value)];
}
