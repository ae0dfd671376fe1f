import type { Arithmetic, CommandSubstitution, Part, Word } from "../syntax/ast.ts";
import { substitutionsOf } from "./substitutions.ts";

type OddPlace = "subscript" | "function-substitution" | "prose" | "nested";

/** Where a substitution stands or how it is written, if hardly anybody means it so. */
export function oddPlaceOf(word: Word, hole: CommandSubstitution): OddPlace | undefined {
  if (hole.form === "nested") return "nested";
  if (hole.form === "function") return "function-substitution";
  if (word.parts.some((part) => isInSubscript(part, hole))) return "subscript";
  return hole.form === "back-ticks" && word.parts.some((part) => isAmidWords(part, hole)) ? "prose" : undefined;
}

/** Markdown in double quotes: `"run `make` first"`. Back-ticks at one end are a value put into a message. */
function isAmidWords(part: Part, hole: CommandSubstitution): boolean {
  if (part.kind !== "double") return false;
  const at = part.parts.indexOf(hole);
  return at > 0 && saysWords(part.parts[at - 1]) && saysWords(part.parts[at + 1]);
}

function saysWords(part: Part | undefined): boolean {
  return (part?.kind === "literal" || part?.kind === "quoted") && part.text.trim().length > 1 && part.text.includes(" ");
}

function isInSubscript(part: Part, hole: CommandSubstitution): boolean {
  if (part.kind === "double") return part.parts.some((inner) => isInSubscript(inner, hole));
  if (part.kind === "parameter") return part.index !== undefined && substitutionsOf(part.index).includes(hole);
  return part.kind === "arithmetic" && isInIndex(part.expression, hole);
}

function isInIndex(a: Arithmetic, hole: CommandSubstitution): boolean {
  switch (a.kind) {
    case "number":
    case "word":
      return false;
    case "variable":
      return a.index !== undefined && substitutionsOf(a.index).includes(hole);
    case "unary":
    case "prefix":
    case "postfix":
      return isInIndex(a.operand, hole);
    case "binary":
      return isInIndex(a.left, hole) || isInIndex(a.right, hole);
    case "assign":
      return isInIndex(a.target, hole) || isInIndex(a.value, hole);
    case "ternary":
      return isInIndex(a.test, hole) || isInIndex(a.yes, hole) || isInIndex(a.no, hole);
  }
}
