import { carry, exact, exactText, type Hole, oneOf, type Piece, pattern, piecesOf, type Value } from "../model/value.ts";

/** One segment of a path: text, or text around holes. */
type Segment = readonly Piece[];

/**
 * The canonical form of a path as a program under `cwd` sees it: absolute, `~/…` or `./…`, without `.`, `..` and doubled slashes as far as the text is known.
 * `home` is the caller's home if known; it is written `~`.
 */
export function canonical(path: Value, cwd: Value, home: string | undefined): Value {
  if (path.kind === "oneOf") {
    const all = path.texts.map((text) => exactText(canonical(exact(text), cwd, home)));
    return carry(all.some((text) => text === undefined) ? path : oneOf(all.filter((text) => text !== undefined)), path.from);
  }
  if (cwd.kind === "oneOf" && !isRooted(path)) {
    const all = cwd.texts.map((dir) => exactText(canonical(path, exact(dir), home)));
    if (all.every((text) => text !== undefined)) return carry(oneOf(all.filter((text) => text !== undefined)), path.from);
  }
  const quick = exactText(path);
  const base = exactText(cwd);
  if (quick !== undefined && base !== undefined) {
    const short = shortcut(normal(quick, base), home);
    return exactText(short) === quick ? path : carry(short, path.from);
  }
  return carry(canonicalPieces(path, cwd, home), path.from);
}

function canonicalPieces(path: Value, cwd: Value, home: string | undefined): Value {
  const rooted = isRooted(path);
  const pieces = symbolic(rooted ? piecesOf(path) : [...piecesOf(cwd), "/", ...piecesOf(path)]);
  const first = pieces[0];
  if (!rooted && cwd.kind === "exact" && path.kind === "unknown") return path;
  const absolute = typeof first === "string" && first.startsWith("/");
  const segments = resolve(split(pieces));
  const joined: Piece[] = absolute ? ["/"] : [];
  segments.forEach((segment, i) => {
    if (i > 0) joined.push("/");
    joined.push(...segment);
  });
  const value = pattern(joined);
  const text = exactText(value);
  return text === undefined ? value : shortcut(text, home);
}

function isRooted(path: Value): boolean {
  const first = piecesOf(path)[0];
  return typeof first === "string" ? first.startsWith("/") : first !== undefined && homeOf(first) !== undefined;
}

/** `~`, `~bob` for a hole that is somebody's home directory. */
function homeOf(hole: Hole): string | undefined {
  const { by, name } = hole.origin;
  if (by !== "operator" || name === undefined) return undefined;
  return name === "HOME" ? "~" : name.startsWith("~") ? name : undefined;
}

function symbolic(pieces: readonly Piece[]): readonly Piece[] {
  const [first, ...rest] = pieces;
  if (first === undefined || typeof first === "string") return pieces;
  const home = homeOf(first);
  if (home !== undefined) return [home, ...rest];
  return first.origin.by === "operator" && first.origin.name === "PWD" ? [".", ...rest] : pieces;
}

function split(pieces: readonly Piece[]): Segment[] {
  const segments: Piece[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece !== "string") {
      segments.at(-1)?.push(piece);
      continue;
    }
    piece.split("/").forEach((text, i) => {
      if (i > 0) segments.push([]);
      if (text !== "") segments.at(-1)?.push(text);
    });
  }
  return segments.filter((segment, i) => segment.length > 0 || i === 0);
}

function resolve(segments: readonly Segment[]): readonly Segment[] {
  const out: Segment[] = [];
  segments.forEach((segment, i) => {
    const text =
      segment.length === 1 && typeof segment[0] === "string"
        ? segment[0]
        : segment.map((p) => (typeof p === "string" ? p : "\0")).join("");
    if (segment.length === 0 || (text === "." && i > 0)) return;
    const last = out.at(-1);
    if (text === ".." && last && !(last.length === 1 && (last[0] === ".." || last[0] === "."))) out.pop();
    else out.push(text.includes("\0") ? segment : [text]);
  });
  return out;
}

/** Exact text under an exact directory; both may be symbolic. Relative results start with `./` or `../`. */
function normal(path: string, cwd: string): string {
  if (isClean(path) && (path.startsWith("/") || cwd === "." || isClean(cwd)))
    return path.startsWith("/") ? path : `${cwd}/${path}`;
  const full = path.startsWith("/") ? path : path === "" ? cwd : `${cwd}/${path}`;
  const absolute = full.startsWith("/");
  const out: string[] = [];
  for (const part of full.split("/")) {
    if (part === "" || (part === "." && out.length > 0)) continue;
    const last = out.at(-1);
    if (part !== ".." || (!absolute && (last === undefined || last === ".."))) out.push(part);
    else if (last === ".") out[0] = "..";
    else if (!absolute && out.length === 1 && last?.startsWith("~"))
      return normal(["/home", ...full.split("/").slice(full.split("/").indexOf("..") + 1)].join("/"), cwd);
    else out.pop();
  }
  if (absolute) return `/${out.filter((p) => p !== ".").join("/")}`;
  return out.join("/") || ".";
}

/** No part can be empty, `.` or `..`. */
const isClean = (path: string): boolean =>
  path !== "" && !path.startsWith(".") && !path.endsWith("/") && !path.includes("/.") && !path.includes("//");

/** Folders of every Unix root: `../../../etc/passwd` from wherever we are is most likely `/etc/passwd`. */
const ROOT_FOLDERS: ReadonlySet<string> = new Set([
  "etc",
  "proc",
  "sys",
  "dev",
  "root",
  "home",
  "var",
  "usr",
  "boot",
  "run",
  "Users",
  "bin",
  "sbin",
]);

/** Other names of `/`. */
const ROOTS = ["/proc/self/root", "/proc/thread-self/root", "/dev/fd/../.."] as const;

function shortcut(path: string, home: string | undefined): Value {
  if (home !== undefined && home.length > 1 && (path === home || path.startsWith(`${home}/`)))
    return exact(`~${path.slice(home.length)}`);
  if (path.startsWith("/private/")) {
    const rest = path.slice("/private".length);
    if (rest.startsWith("/etc") || rest.startsWith("/var") || rest.startsWith("/tmp")) return exact(rest);
  }
  if (path.startsWith("/proc/") || path.startsWith("/dev/")) {
    for (const self of ROOTS) if (path === self || path.startsWith(`${self}/`)) return exact(path.slice(self.length) || "/");
    if (path.startsWith("/proc/self/fd/")) return exact(`/dev/fd/${path.slice("/proc/self/fd/".length)}`);
  }
  if (!path.startsWith("../..")) return exact(path);
  const parts = path.split("/").filter((part) => part !== "..");
  return ROOT_FOLDERS.has(parts[0] ?? "") && parts.length > 1 ? oneOf([`/${parts.join("/")}`, path]) : exact(path);
}
