import type { Shape } from "../../knowledge/command.ts";
import { exactText, type Value } from "../../model/value.ts";
import { alternatives, cutAll, cutFirst, dropPrefix } from "../scan.ts";

export interface Pair {
  readonly key: Value;
  readonly value: Value;
}

export const PAIR_SHAPES: ReadonlySet<Shape> = new Set<Shape>(["key=value", "key=value,...", "socat"]);

/** The keys and values that an argument holds. */
export function pairsOf(shape: Shape, value: Value): readonly Pair[] {
  if (shape === "key=value,...")
    return alternatives(value)
      .flatMap((one) => cutAll(one, ","))
      .flatMap((one) => pair(one, "="));
  if (shape !== "socat") return alternatives(value).flatMap((one) => pair(one, "= \t"));
  return alternatives(value).flatMap((one) => {
    const found = pair(one, ":");
    return found.map((whole) => ({ key: whole.key, value: cutFirst(whole.value, ",")?.before ?? whole.value }));
  });
}

/** `key=value`, `key value`, `key = value`; a key alone has no value. */
function pair(value: Value, separators: string): readonly Pair[] {
  const cut = cutFirst(value, separators);
  if (!cut) return [{ key: value, value: { kind: "exact", text: "" } }];
  let rest = cut.after;
  if (separators.includes(" ")) {
    rest = trimmed(rest);
    if (cut.char !== "=" && rest.kind !== "unknown" && startsWith(rest, "=")) rest = trimmed(dropPrefix(rest, 1));
  }
  return [{ key: cut.before, value: rest }];
}

function trimmed(value: Value): Value {
  let rest = value;
  while (startsWith(rest, " ") || startsWith(rest, "\t")) rest = dropPrefix(rest, 1);
  return rest;
}

function startsWith(value: Value, text: string): boolean {
  if (value.kind === "pattern") return typeof value.pieces[0] === "string" && value.pieces[0].startsWith(text);
  return exactText(value)?.startsWith(text) ?? false;
}
