import type { Sandbox, SandboxMount } from "../model/sandbox.ts";
import { type Hole, piecesOf, type Value } from "../model/value.ts";

/** A place that a path may stand for: a mount, or the sandbox's own files. */
export interface Spot {
  readonly mount: SandboxMount | undefined;
  /** The path inside, as far as it is known. */
  readonly path: string;
}

/** All the places one path stands for, or one of which it is. */
export interface Spots {
  readonly spots: readonly Spot[];
  readonly all: boolean;
}

/** Where a value's paths lie. `deep`: what is below counts too. One entry for each text that it may be. */
export function spotsOf(value: Value, sandbox: Sandbox, deep: boolean): readonly Spots[] {
  if (value.kind === "exact") return [spotsOfText(value.text, sandbox, deep)];
  if (value.kind === "oneOf") return value.texts.map((text) => spotsOfText(text, sandbox, deep));
  const known = knownFolder(value, sandbox);
  if (known === undefined) return [anywhere(sandbox)];
  const below = sandbox.mounts.filter(({ target }) => isBelow(target, known));
  return [{ spots: [spotAt(known, sandbox), ...below.map((mount) => ({ mount, path: mount.target }))], all: false }];
}

function spotsOfText(text: string, sandbox: Sandbox, deep: boolean): Spots {
  const path = insidePath(text, sandbox);
  if (path === undefined) return anywhere(sandbox);
  const below = deep ? sandbox.mounts.filter(({ target }) => isBelow(target, path)) : [];
  return { spots: [spotAt(path, sandbox), ...below.map((mount) => ({ mount, path: mount.target }))], all: true };
}

const anywhere = (sandbox: Sandbox): Spots => ({
  spots: [{ mount: undefined, path: "" }, ...sandbox.mounts.map((mount) => ({ mount, path: mount.target }))],
  all: false,
});

/** The deepest mount that the path is in; of those at one place the last. */
function spotAt(path: string, sandbox: Sandbox): Spot {
  let found: SandboxMount | undefined;
  for (const mount of sandbox.mounts)
    if (isIn(path, mount.target) && (!found || mount.target.length >= found.target.length)) found = mount;
  return { mount: found, path };
}

/** The absolute path of a text, undefined where the folder it starts from is not known. */
export function insidePath(text: string, { user }: Sandbox): string | undefined {
  if (text.startsWith("/")) return throughProcesses(text);
  if (text !== "~" && !text.startsWith("~/")) return undefined;
  return user.home === undefined ? undefined : user.home + text.slice(1);
}

/** `/proc/self/root/etc` is `/etc`. Those of other processes are judged by the namespace they are in. */
function throughProcesses(text: string): string {
  let path = text;
  for (const start of ["/proc/self/root", "/proc/thread-self/root"])
    while (isIn(path, start)) path = path.slice(start.length) || "/";
  return path;
}

/** The folder that a text with holes is in, if no filling can leave it: file names have no slash, and operators mean what they say. */
function knownFolder(value: Value, sandbox: Sandbox): string | undefined {
  const pieces = piecesOf(value);
  const [first, second] = pieces;
  const home =
    typeof first !== "string" && first?.origin.name === "HOME" && first.glob === undefined ? sandbox.user.home : undefined;
  const known = home === undefined ? first : home + (typeof second === "string" ? second : "");
  if (typeof known !== "string") return undefined;
  if (!pieces.slice(home === undefined ? 1 : 2).every((piece) => typeof piece === "string" || staysBelow(piece)))
    return undefined;
  if (pieces.some((piece, i) => i > 0 && typeof piece === "string" && piece.includes(".."))) return undefined;
  const path = insidePath(known, sandbox);
  return path === undefined ? undefined : path.slice(0, path.lastIndexOf("/")) || "/";
}

const staysBelow = ({ glob, origin }: Hole): boolean => glob !== undefined || origin.by === "operator";

/** It, or below it. */
export const isIn = (path: string, folder: string): boolean =>
  path === folder || folder === "/" || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

const isBelow = (path: string, folder: string): boolean => path !== folder && isIn(path, folder);

/** The host's path of a path inside a mount. */
export function outsidePath({ mount, path }: Spot): string | undefined {
  if (mount?.source === undefined || mount.kind !== "bind") return undefined;
  const rest = mount.target === "/" ? path : path.slice(mount.target.length);
  return joined(mount.source, rest);
}

function joined(folder: string, rest: string): string {
  if (rest === "" || rest === "/") return folder;
  return folder.endsWith("/") ? folder.slice(0, -1) + rest : folder + rest;
}
