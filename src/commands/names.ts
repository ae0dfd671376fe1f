import { exactText, type Hole, type Piece, pattern, piecesOf, type Value } from "../model/value.ts";
import { suffixOf } from "./scan.ts";

const FOUND = { by: "glob", name: "find" } as const;

/** Any path below a folder; with a glob, those whose last part matches it (whose whole path, if it holds `/`). */
export function namedPieces(root: Value, glob: Value | undefined): Value {
  const slash = suffixOf(root).endsWith("/") ? [] : ["/"];
  const deep: Hole = { origin: FOUND, glob: "globstar" };
  if (glob === undefined) return pattern([...piecesOf(root), ...slash, deep], root.from);
  const text = exactText(glob);
  const pieces = text === undefined ? piecesOf(glob) : globPieces(text);
  if (text?.includes("/"))
    return pattern(
      text.startsWith("*") ? [...piecesOf(root), ...slash, ...pieces.map(deepened)] : pieces.map(deepened),
      root.from,
    );
  return pattern([...piecesOf(root), ...slash, deep, "/", ...pieces], root.from);
}

/** In find's -path, `*` also stands for slashes. */
function deepened(piece: Piece): Piece {
  return typeof piece !== "string" && piece.glob === "star" ? { ...piece, glob: "globstar" } : piece;
}

/** fnmatch(3): `*`, `?`, `[set]` and backslashes. */
export function globPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const close = char === "[" ? text.indexOf("]", i + 2) : -1;
    if (char === "*") pieces.push({ origin: FOUND, glob: "star" });
    else if (char === "?") pieces.push({ origin: FOUND, glob: "char" });
    else if (close > 0) {
      pieces.push({ origin: FOUND, glob: "char", set: text.slice(i + 1, close) });
      i = close;
    } else if (char === "\\" && i + 1 < text.length) pieces.push(text.charAt(++i));
    else pieces.push(char);
  }
  return pieces;
}
