import type { Knowledge } from "../knowledge/knowledge.ts";
import { type Argument, exactText, type Piece, type Value } from "../model/value.ts";
import { matcherOf } from "../words/matcher.ts";

/** No file's name is longer (NAME_MAX), though a bracket expression may be. */
const LONGEST = 255;

/** More than this is anybody's guess. */
const MOST = 32;

/** The shell a variable names that the command left alone. A script's `$0` is the script, unless it is told `-c` as shells are. */
export function shellNamed(value: Value, args: readonly Argument[]): readonly string[] | undefined {
  if (value.kind !== "unknown" || value.origin.by !== "operator") return undefined;
  const { name } = value.origin;
  if (name === "SHELL" || name === "BASH") return ["bash"];
  const first = exactText(args[0]?.value);
  return name === "0" && first?.startsWith("-") && !first.startsWith("--") && first.includes("c") ? ["bash"] : undefined;
}

/** Programs a partly known name can mean; undefined when that is anybody's guess. */
export function programsLike(knowledge: Knowledge, value: Value): readonly string[] | undefined {
  if (value.kind !== "pattern") return undefined;
  const tail = value.pieces.at(-1);
  // `$PREFIX/bin/python`: the operator chose the folder, the name is here.
  if (
    typeof tail === "string" &&
    tail.includes("/") &&
    value.pieces.every((piece) => typeof piece === "string" || piece.origin.by === "operator")
  ) {
    const name = tail.slice(tail.lastIndexOf("/") + 1);
    return name === "" ? undefined : [name];
  }
  if (!value.pieces.every((piece) => typeof piece === "string" || piece.glob !== undefined)) return undefined;
  const last = lastPart(value.pieces);
  if (last.reduce((sum, piece) => sum + (typeof piece === "string" ? piece : (piece.set ?? "")).length, 0) > LONGEST)
    return undefined;
  const isLike = matcherOf(last);
  const found: string[] = [];
  for (const candidate of knowledge.commandNames) {
    if (!isLike(candidate) || candidate.includes(" ")) continue;
    found.push(candidate);
    if (found.length > MOST) return undefined;
  }
  return found.length > 0 ? found : undefined;
}

/** Pieces after the last slash. */
function lastPart(pieces: readonly Piece[]): readonly Piece[] {
  const at = pieces.findLastIndex((piece) => typeof piece === "string" && piece.includes("/"));
  const piece = pieces[at];
  return typeof piece === "string" ? [piece.slice(piece.lastIndexOf("/") + 1), ...pieces.slice(at + 1)] : pieces;
}
