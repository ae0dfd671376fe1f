import type { Piece } from "../model/value.ts";

/** Folders whose entries have nothing in common: knowing one is no evidence of what a hidden name in it is. */
const GENERAL: ReadonlySet<string> = new Set([
  "~/.config",
  "~/.local",
  "~/.local/share",
  "~/.cache",
  "~/Library",
  "~/Library/Application Support",
  "/usr/local",
  "/usr/lib",
  "/usr/share",
  "/usr/local/lib",
  "/usr/local/share",
  "/var/lib",
  "/var/log",
  "/var/run",
  "/run/user",
  "/etc/default",
]);

/** Whether a hidden name in this known folder is likely to be a member when members are in that folder. */
export function isSpecific(folders: readonly string[]): boolean {
  const [first = "", second, third] = folders;
  if (first.startsWith("~")) return second !== undefined && !GENERAL.has(["~", ...folders.slice(1)].join("/"));
  if (first !== "" || second === undefined) return false;
  if (second === "root") return third !== undefined;
  if (second === "home" || second === "Users") return folders.length > 3;
  return third !== undefined && !GENERAL.has(folders.join("/"));
}

/** A folder is named at all, below the root or the home. */
export const isNamed = (folders: readonly string[]): boolean =>
  folders.length > 1 && (folders[0] === "" || folders[0]?.startsWith("~") === true);

/** One segment of a path: text, or text around holes. */
export type Segment = readonly Piece[];

export function segmentsOf(pieces: readonly Piece[]): readonly Segment[] {
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

export const textOf = (segment: Segment): string | undefined =>
  segment.length === 0 ? "" : segment.length === 1 && typeof segment[0] === "string" ? segment[0] : undefined;

/** What a segment may hold beyond one name: any folders that exist, or any text at all. */
export function reachOf(segment: Segment): "folders" | "anything" | undefined {
  const [only] = segment;
  if (segment.length !== 1 || only === undefined || typeof only === "string") return undefined;
  return only.glob === undefined ? "anything" : only.glob === "globstar" ? "folders" : undefined;
}

/** A walk's `**NAME` and `NAME**` are any folders and a name. */
export function spread(segments: readonly Segment[]): readonly Segment[] {
  return segments.flatMap((segment): readonly Segment[] => {
    const first = segment[0];
    const last = segment.at(-1);
    if (segment.length < 2) return [segment];
    if (first !== undefined && typeof first !== "string" && first.glob === "globstar")
      return [[first], [star, ...segment.slice(1).map(narrow)]];
    if (last !== undefined && typeof last !== "string" && last.glob === "globstar")
      return [[...segment.slice(0, -1).map(narrow), star], [last]];
    return [segment.map(narrow)];
  });
}

const star: Piece = { origin: { by: "glob" }, glob: "star" };
const narrow = (piece: Piece): Piece => (typeof piece !== "string" && piece.glob === "globstar" ? star : piece);
