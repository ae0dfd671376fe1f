import type { ResourceKind } from "../../model/resource.ts";
import { exact, prefixOf, type Value } from "../../model/value.ts";
import { cutFirst, dropPrefix } from "../scan.ts";
import { data, named, type Reading } from "./reading.ts";

/** Folders of records in a directory service, and what is in them (dscl(1)). */
const RECORDS: readonly (readonly [string, ResourceKind])[] = [
  ["/Users", "account"],
  ["/Groups", "group"],
];

/** `/Users/NAME` is an account, `/Groups/NAME` a group, `/Users` all accounts, any other record data. */
export function readDirectoryRecord(value: Value): readonly Reading[] {
  const prefix = prefixOf(value);
  // `/Local/Default/Users/x`: behind the node where the source is the search policy.
  const start = prefix.startsWith("/Local/Default/") ? "/Local/Default".length : 0;
  for (const [folder, kind] of RECORDS) {
    const rest = prefix.slice(start);
    if (rest === folder && value.kind === "exact") return [named(kind, exact("*"))];
    if (rest.startsWith(`${folder}/`)) return [named(kind, dropPrefix(value, start + folder.length + 1))];
  }
  return [data(value)];
}

/** `NAME:…`, a line of /etc/passwd or for chpasswd: the account; any account if the line is not known. */
export function readLogin(value: Value): Reading {
  const cut = cutFirst(value, ":");
  if (cut) return named("account", cut.before);
  return value.kind === "exact" ? data(value) : named("account", exact("*"));
}
