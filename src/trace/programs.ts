import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Hole, Piece, Value } from "../model/value.ts";

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
  const units = value.pieces.flatMap((piece): (string | Hole)[] => (typeof piece === "string" ? [...piece] : [piece]));
  const name = units.slice(units.lastIndexOf("/") + 1);
  const found = knowledge.commandNames.filter((candidate) => !candidate.includes(" ") && globMatches(name, candidate));
  return found.length > 0 && found.length <= 32 ? found : undefined;
}

/** Whether a glob can become this text; each character of text is looked at once per unit. */
function globMatches(units: readonly Piece[], text: string): boolean {
  let reached = new Set([0]);
  for (const unit of units) {
    const next = new Set<number>();
    for (const at of reached) step(unit, text, at, next);
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(text.length);
}

function step(unit: Piece, text: string, at: number, next: Set<number>): void {
  if (typeof unit === "string") {
    if (text[at] === unit) next.add(at + 1);
    return;
  }
  if (unit.glob === "char") {
    if (at < text.length) next.add(at + 1);
    return;
  }
  for (let end = at; end <= text.length; end++) next.add(end);
}
