import type { ResourceKind } from "../../model/resource.ts";
import { concat, exact, prefixOf, type Value } from "../../model/value.ts";
import { cutFirst, dropPrefix, dropSuffix, isHidden, suffixOf } from "../scan.ts";
import { readPath } from "./path.ts";
import { placed, readPlaced } from "./placed.ts";
import { data, named, type Reading } from "./reading.ts";
import { readUrl } from "./url.ts";

/** What git and package managers fetch from: a URL, `[user@]host:path`, a folder, or the name of a repository. */
export function readRemote(value: Value): Reading {
  const prefix = prefixOf(value);
  if (prefix.includes("://") || prefix.startsWith("file:")) return readUrl(value);
  if (isPathLike(prefix)) return readPath(value);
  // `ext::sh -c x`: a helper of git's, to which the rest is text.
  if (cutFirst(value, ":/")?.char === ":" && prefix.includes("::")) return data(value);
  if (!isHidden(value) && placed(value)) return readPlaced(value, "remote");
  return named("repository", value);
}

const isPathLike = (text: string): boolean =>
  text.startsWith("/") ||
  text.startsWith("~") ||
  text === "." ||
  text === ".." ||
  text.startsWith("./") ||
  text.startsWith("../");

const CLOUDS = ["s3://", "gs://", "az://", "oss://", "s3a://", "abfs://", "wasb://", "b2://", "r2://"];

/** `s3://bucket/key`, the object `s3 bucket/key`; or a path. */
export function readCloudPath(value: Value): Reading {
  const prefix = prefixOf(value).toLowerCase();
  const cloud = CLOUDS.find((one) => prefix.startsWith(one));
  if (cloud === undefined) return readPath(value);
  return named("cloudObject", concat([exact(`${cloud.slice(0, -3)} `), dropPrefix(value, cloud.length)]));
}

/** A service, with or without `.service`. */
export function readUnit(value: Value): Reading {
  return named("service", suffixOf(value).endsWith(".service") ? dropSuffix(value, ".service".length) : value);
}

/** `NAME` or `NAME=VALUE`: what is named is the NAME. */
export function readSetting(kind: ResourceKind, value: Value): Reading {
  const prefix = prefixOf(value);
  const sign = prefix.indexOf("=");
  if (sign <= 0) return named(kind, value);
  return named(
    kind,
    value.kind === "exact" || value.kind === "pattern" ? { kind: "exact", text: prefix.slice(0, sign).trim() } : value,
  );
}
