import type { Content } from "../model/content.ts";
import { exact, exactText, type Piece, pattern, type Value } from "../model/value.ts";

/** Stands around what mktemp filled in, in a file's name: no path holds it. */
const MARK = "\0";
const MADE = "mktemp ";

/** What one run of mktemp prints: its name is not known, but it is no other file's. */
export function ownName(text: Content, run: number): Content {
  const own = (piece: Piece): Piece =>
    typeof piece === "string" || piece.origin.name !== "mktemp"
      ? piece
      : { ...piece, origin: { ...piece.origin, name: `${MADE}${run}` } };
  return {
    ...text,
    lines: text.lines.map((line) => (line.kind === "pattern" ? { ...line, pieces: line.pieces.map(own) } : line)),
  };
}

/** The name by which a file is remembered; undefined where it could be that of several. */
export function nameOf(path: Value): string | undefined {
  if (path.kind !== "pattern") return exactText(path);
  let name = "";
  for (const piece of path.pieces) {
    const own = typeof piece === "string" ? piece : piece.origin.name;
    if (typeof piece === "string") name += own;
    else if (own?.startsWith(MADE)) name += `${MARK}${own.slice(MADE.length)}${MARK}`;
    else return undefined;
  }
  return name;
}

/** The path that has this name. */
export function pathNamed(name: string): Value {
  if (!name.includes(MARK)) return exact(name);
  return pattern(
    name
      .split(MARK)
      .map((part, i): Piece => (i % 2 === 0 ? part : { origin: { by: "author", name: `${MADE}${part}` }, glob: "star" })),
  );
}
