import type { Truth } from "../model/truth.ts";
import { carry, EMPTY, join, oneOf, piecesOf, textsOf, type Value } from "../model/value.ts";
import type { Operation, Word } from "../syntax/ast.ts";
import { type Fragment, fragment, joined } from "./fragments.ts";
import { type Found, isAlwaysSet, valueIn } from "./lookup.ts";
import { presented } from "./parameter.ts";
import { fragmentsOf } from "./parts.ts";
import { stored } from "./store.ts";
import { assign, variableOf, type Work } from "./work.ts";

type Conditional = Extract<Operation, { kind: "default" | "assign" | "error" | "alternate" }>;

/** `${x:-w}`, `${x:=w}`, `${x:?w}`, `${x:+w}`. */
export function conditional(found: Found, operation: Conditional, quoted: boolean, work: Work): readonly Fragment[] {
  const present = presence(found, operation.colon);
  const operand = (): readonly Fragment[] => operandOf(operation.word, quoted, work);
  switch (operation.kind) {
    case "error":
      return presented(found, quoted, work);
    case "alternate":
      if (present === "yes") return operand();
      return present === "no" ? nothing(quoted) : perhaps(operand(), quoted);
    case "default":
      if (present === "yes") return presented(found, quoted, work);
      return present === "no" || isUnlikely(found) ? operand() : oneOrOther(found, operand(), quoted);
    case "assign": {
      if (present === "yes") return presented(found, quoted, work);
      const fragments = present === "no" || isUnlikely(found) ? operand() : oneOrOther(found, operand(), quoted);
      const value = stored(joined(fragments, " "), variableOf(work, found.name), work);
      if (found.name !== "") assign(work, found.name, value);
      return [fragment(quoted ? "quoted" : "split", value)];
    }
  }
}

/** Unquoted text of the operand is split like the value of a variable. */
function operandOf(word: Word, quoted: boolean, work: Work): readonly Fragment[] {
  const fragments = fragmentsOf(word.parts, quoted, quoted ? "none" : "start", work);
  if (quoted && fragments.length === 0) return [fragment("quoted", EMPTY)];
  return quoted || work.scope.shell === "zsh"
    ? fragments
    : fragments.map((f) => (f.mode === "literal" ? { ...f, mode: "split" } : f));
}

const nothing = (quoted: boolean): readonly Fragment[] => (quoted ? [fragment("quoted", EMPTY)] : []);

/** Is the parameter set (and, with a colon, not empty)? */
function presence(found: Found, colon: boolean): Truth {
  if (found.set === "no" || !colon) return found.set;
  if (found.list !== "no")
    return found.set === "yes" ? (found.items.some((item) => filled(item.value) === "yes") ? "yes" : "maybe") : found.set;
  const known = filled(valueIn(found));
  return known === "maybe" && isAlwaysSet(found.name) ? "yes" : known === "yes" && found.set === "maybe" ? "maybe" : known;
}

function filled(value: Value): Truth {
  const texts = textsOf(value);
  if (texts) return texts.every((text) => text !== "") ? "yes" : texts.every((text) => text === "") ? "no" : "maybe";
  if (value.kind === "unknown")
    return value.origin.name !== undefined && value.origin.by === "operator" && isAlwaysSet(value.origin.name) ? "yes" : "maybe";
  return piecesOf(value).some((piece) => typeof piece === "string") ? "yes" : "maybe";
}

/**
 * A variable of the environment that may well not exist: the default is what the command's author wrote, and what it does is
 * judged; whoever sets the variable is trusted. `${NO_SUCH:-rm}`
 */
function isUnlikely(found: Found): boolean {
  const value = valueIn(found);
  return found.list === "no" && value.kind === "unknown" && value.origin.by === "operator";
}

function oneOrOther(found: Found, operand: readonly Fragment[], quoted: boolean): readonly Fragment[] {
  const value = valueIn(found);
  const kept = value.kind === "oneOf" ? carry(oneOf(value.texts.filter((text) => text !== "")), value.from) : value;
  const inert = operand.length > 0 && operand.every((f) => f.mode === "quoted") && kept.kind !== "unknown";
  return [fragment(quoted ? "quoted" : inert ? "bare" : "split", join(kept, joined(operand, " ")))];
}

/** There or not there. */
function perhaps(operand: readonly Fragment[], quoted: boolean): readonly Fragment[] {
  const value = joined(operand, " ");
  const texts = textsOf(value);
  if (quoted) return [fragment("quoted", texts ? oneOf([...texts, ""], value.from) : value)];
  const plain = operand.length === 1 && operand[0]?.mode === "quoted" ? "bare" : "split";
  if (texts && !operand.some((f) => f.mode === "break")) return [fragment(plain, oneOf([...texts, ""], value.from))];
  return operand.map((f) => ("value" in f ? { ...f, many: true } : f));
}
