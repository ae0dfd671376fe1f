import { carry, concat, EMPTY, exact, exactText, originOf, textsOf, unknown, type Value } from "../model/value.ts";
import type { Operation, Parameter, Word } from "../syntax/ast.ts";
import { evaluateText } from "./arithmetic.ts";
import { changeCase } from "./casing.ts";
import { conditional } from "./conditional.ts";
import { joint } from "./fields.ts";
import { type Fragment, fragment, joined } from "./fragments.ts";
import { countOf, type Found, type Item, isAssociative, itemsOf, lookup, named, namesWith, valueIn } from "./lookup.ts";
import { fragmentsOf } from "./parts.ts";
import { removed } from "./remove.ts";
import { replaced } from "./replace.ts";
import { sliced } from "./slice.ts";
import { transformed } from "./transform.ts";
import { template, unsupported, variableOf, type Work } from "./work.ts";

/** Expands `$x`, `${x…}`. */
export function parameter(p: Parameter, quoted: boolean, work: Work): readonly Fragment[] {
  const { operation } = p;
  if (operation?.kind === "names") return itemsAs(namesWith(p.name, work), "at", quoted, work);
  if (operation?.kind === "keys")
    return itemsAs(keysOf(p, work), exactText(subscript(p.index, work)) === "*" ? "star" : "at", quoted, work);
  const found = target(p, work);
  if (p.length) return [fragment(quoted ? "quoted" : "bare", lengthOf(found))];
  return operation ? operated(found, operation, p, quoted, work) : presented(found, quoted, work);
}

/** What the parameter stands for, indirection followed. */
function target(p: Parameter, work: Work): Found {
  const index = p.index && subscriptOf(p.name, p.index, work);
  if (!p.indirect) return lookup(p.name, index, work);
  const reference = variableOf(work, p.name)?.reference;
  if (reference) return { items: [{ value: reference, many: false }], list: "no", set: "yes", numeric: false, name: p.name };
  const pointer = valueIn(lookup(p.name, index, work));
  const texts = textsOf(pointer);
  if (!texts)
    return {
      items: [{ value: unknown(originOf(pointer)?.by ?? "author", originOf(pointer)?.name, pointer.from), many: false }],
      list: "no",
      set: "maybe",
      numeric: false,
      name: "",
    };
  const all = texts.map((text) => named(text, undefined, work));
  const [first] = all;
  if (all.length === 1 && first) return each(first, (value) => carry(value, pointer.from));
  const values = all.map(valueIn);
  const known = values.map(textsOf);
  const value: Value = known.every((t) => t !== undefined) ? { kind: "oneOf", texts: known.flat() } : unknown("author");
  return { items: [{ value: carry(value, pointer.from), many: false }], list: "no", set: "maybe", numeric: false, name: "" };
}

/** A subscript is text for an associative array and arithmetic for any other. */
export function subscriptOf(name: string, index: Word, work: Work): Value {
  const text = subscript(index, work);
  const known = exactText(text);
  if (known === "@" || known === "*" || isAssociative(variableOf(work, name))) return text;
  return evaluateText(text, work);
}

const subscript = (index: Word | undefined, work: Work): Value =>
  index ? joined(fragmentsOf(index.parts, false, "none", work), " ") : EMPTY;

function keysOf(p: Parameter, work: Work): readonly Item[] {
  const variable = variableOf(work, p.name);
  if (!variable) return work.scope.unset.has(p.name) ? [] : [{ value: unknown("operator", p.name), many: true }];
  return itemsOf(variable).map((item) => ({ value: exact(item.key ?? "0"), many: item.many }));
}

function lengthOf(found: Found): Value {
  if (found.list !== "no") return countOf(found.items);
  const value = valueIn(found);
  const texts = textsOf(value);
  // A length says nothing of what was measured: neither its name nor its sources go along.
  return texts ? oneOfLengths(texts) : unknown(originOf(value)?.by ?? "operator");
}

function oneOfLengths(texts: readonly string[]): Value {
  const lengths = [...new Set(texts.map((text) => String(Array.from(text).length)))];
  const [only] = lengths;
  return lengths.length === 1 && only !== undefined ? exact(only) : { kind: "oneOf", texts: lengths };
}

function operated(found: Found, operation: Operation, p: Parameter, quoted: boolean, work: Work): readonly Fragment[] {
  switch (operation.kind) {
    case "default":
    case "assign":
    case "error":
    case "alternate":
      return conditional(found, operation, quoted, work);
    case "slice":
      return presented(sliced(found, operation, work), quoted, work);
    case "remove": {
      const remove = removed(operation, work);
      return presented(each(found, remove), quoted, work);
    }
    case "replace": {
      const replace = replaced(operation, work);
      return presented(each(found, replace), quoted, work);
    }
    case "case": {
      const change = changeCase(operation, work);
      return presented(each(found, change), quoted, work);
    }
    case "transform":
      return presented(transformed(found, operation.operator, variableOf(work, found.name), work), quoted, work);
    case "unsupported": {
      const inner = `${p.name}${operation.text}`;
      if (isTemplate(inner)) {
        template(work, `\${${inner}}`);
        return [fragment(quoted ? "quoted" : "split", unknown("operator", filledBy(inner)))];
      }
      unsupported(work, `\${${inner}}`);
      return [fragment(quoted ? "quoted" : "split", unknown("unsupported", operation.text, valueIn(found).from))];
    }
    case "names":
    case "keys":
      return presented(found, quoted, work);
  }
}

const each = (found: Found, f: (value: Value) => Value): Found => ({
  ...found,
  items: found.items.map((item) => ({ ...item, value: f(item.value) })),
});

/** The parameter's elements as fragments of the word. */
export function presented(found: Found, quoted: boolean, work: Work): readonly Fragment[] {
  if (found.list !== "no") return itemsAs(found.items, found.list, quoted, work);
  const value = valueIn(found);
  if (quoted) return [fragment("quoted", value)];
  return [fragment(work.scope.shell === "zsh" || (found.numeric && value.kind === "unknown") ? "bare" : "split", value)];
}

function itemsAs(items: readonly Item[], kind: "at" | "star", quoted: boolean, work: Work): readonly Fragment[] {
  if (quoted && kind === "star") return [fragment("quoted", together(items, joint(work)))];
  // Unquoted, the elements are joined and split again, which keeps empty elements where the separator is no blank.
  const separator = joint(work);
  if (!quoted && work.scope.shell !== "zsh" && items.length > 0 && separator.trim() !== "" && !items.some((item) => item.many))
    return [fragment("split", together(items, separator))];
  const mode = quoted ? "quoted" : work.scope.shell === "zsh" ? "bare" : "split";
  const out: Fragment[] = [];
  items.forEach((item, i) => {
    if (i > 0) out.push({ mode: "break", star: kind === "star" });
    out.push(item.many ? { mode, value: item.value, many: true } : { mode, value: item.value });
  });
  return out;
}

/** `"$*"`: an unknown number of elements is an unknown text. */
function together(items: readonly Item[], separator: string): Value {
  return concat(items.flatMap((item, i) => [...(i > 0 ? [exact(separator)] : []), item.many ? whole(item.value) : item.value]));
}

const whole = (value: Value): Value => unknown(originOf(value)?.by ?? "author", originOf(value)?.name, value.from);

/** bash refuses `${{ … }}`; a workflow's runner fills it in. What strangers write into an event is not the operator's. */
const isTemplate = (text: string): boolean =>
  text.startsWith("{") &&
  !text.includes("github.event.") &&
  !text.includes("head_ref") &&
  !text.includes("`") &&
  !text.includes("$");

/** `{ secrets.NAME ` is the variable NAME. */
function filledBy(text: string): string {
  const inner = text.slice(1).trim();
  const name = inner.startsWith("secrets.")
    ? inner.slice("secrets.".length)
    : inner.startsWith("env.")
      ? inner.slice("env.".length)
      : inner;
  return name.trim();
}
