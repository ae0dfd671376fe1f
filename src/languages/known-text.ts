import { LIMITS } from "../model/limits.ts";
import { type Argument, exactText, type Value } from "../model/value.ts";

/**
 * Text of code whose holes are plain words: what the operator, a file name or the command's author put there. Undefined where nothing is
 * known, or where the network or the caller's input is part of it: that could be any code; and where it is
 * too long to be read.
 */
export function knownText(code: Argument, filler = "x"): string | undefined {
  const text = exactText(code.value) ?? filled(code.value, filler);
  return text !== undefined && text.length <= LIMITS.nestedLength ? text : undefined;
}

function filled(value: Value, filler: string): string | undefined {
  if (value.kind !== "pattern") return undefined;
  const foreign = value.pieces.some(
    (piece) => typeof piece !== "string" && (piece.origin.by === "network" || piece.origin.by === "input"),
  );
  return foreign ? undefined : value.pieces.map((piece) => (typeof piece === "string" ? piece : filler)).join("");
}
