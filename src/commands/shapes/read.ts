import type { Shape } from "../../knowledge/command.ts";
import type { PlaceChange } from "../../model/binding.ts";
import type { ResourceKind } from "../../model/resource.ts";
import { exactText, type Value } from "../../model/value.ts";
import { alternatives } from "../scan.ts";
import { clusterObjects } from "./cluster.ts";
import { readCookie, readFileOrText, readFileUrlOrText, readNamedFileOrText } from "./file-or-text.ts";
import { hostOf, readForward, readHost, readResolve } from "./host.ts";
import { readDirectoryRecord, readLogin } from "./login.ts";
import { mountOf, readMount, volumeOf } from "./mount.ts";
import { readPackage } from "./package.ts";
import { readPath } from "./path.ts";
import { readPlaced } from "./placed.ts";
import { DASH, data, named, type Reading, resource } from "./reading.ts";
import { readCloudPath, readRemote, readSetting, readUnit } from "./remote.ts";
import { readSocat } from "./socat.ts";
import { readUrl } from "./url.ts";

type Reader = (value: Value, place: PlaceChange["kind"]) => readonly Reading[];

const asHost: Reader = (value) => [exactText(value) === "-" ? DASH : readHost(value, readUrl)];
const asData: Reader = (value) => [data(value)];

/** Every shape that is no kind of resource, and the kinds that are more than a name. */
const READERS: Readonly<Record<Exclude<Shape, ResourceKind> | "path" | "host" | "package" | "mount", Reader>> = {
  path: (value) => [readPath(value)],
  "[place:]path": (value, place) => [readPlaced(value, place)],
  url: (value) => [readUrl(value)],
  host: asHost,
  "host:port": asHost,
  "[user@]host": asHost,
  remote: (value) => [readRemote(value)],
  "[cloud:]path": (value) => [readCloudPath(value)],
  "@file-or-text": readFileOrText,
  "=@file-or-text": readNamedFileOrText,
  "file:-or-text": readFileUrlOrText,
  cookie: readCookie,
  socat: readSocat,
  volume: (value) => readMount(volumeOf(value)),
  mount: (value) => readMount(mountOf(value)),
  forward: readForward,
  resolve: readResolve,
  package: readPackage,
  unit: (value) => [readUnit(value)],
  directoryRecord: readDirectoryRecord,
  "login:text": (value) => [readLogin(value)],
  "key=value": asData,
  "key=value,...": asData,
  mode: asData,
  pattern: asData,
  code: asData,
  argv: asData,
  text: asData,
  name: asData,
  number: asData,
};

/** What an argument of this shape names. `place`: what the place of `[place:]path` is. */
export function read(shape: Shape, value: Value, place: PlaceChange["kind"] = "remote"): readonly Reading[] {
  if (shape === "path") return [readPath(value)];
  if (value.kind === "oneOf") return alternatives(value).flatMap((one) => readOne(shape, one, place));
  return readOne(shape, value, place);
}

function readOne(shape: Shape, value: Value, place: PlaceChange["kind"]): readonly Reading[] {
  if (isSpecial(shape)) return READERS[shape](value, place);
  if (shape === "kernelSetting" || shape === "setting" || shape === "variable") return [readSetting(shape, value)];
  return (shape === "clusterObject" ? clusterObjects(value) : [value]).map((one) => named(shape, one));
}

const isSpecial = (shape: Shape): shape is keyof typeof READERS => Object.hasOwn(READERS, shape);

/** A fixed resource: `host:` texts are read as `host:port`. */
export function readFixed(kind: ResourceKind, value: Value): Reading {
  return kind === "host" ? resource(hostOf(value)) : named(kind, value);
}
