import type { Content } from "../model/content.ts";
import { type Argument, exactText, type Value } from "../model/value.ts";

/** Options that only choose an order, or names that are printed as they were given. GNU ls 9.1 --help. */
const PLAIN = /^-[1dtrSUcufvX]+$/;

/**
 * What `ls ~/.ssh/id_*` prints: the names as the pattern made them, and the contents of those that are folders. Undefined where
 * a name is a folder's for all we know.
 */
export function ls(args: readonly Argument[]): Content | undefined {
  const names: Value[] = [];
  let folders = true;
  for (const { value } of args) {
    const text = exactText(value);
    if (text?.startsWith("-")) {
      if (!PLAIN.test(text)) return undefined;
      if (text.includes("d")) folders = false;
    } else names.push(value);
  }
  if (names.length === 0 || (folders && !names.every(namesFiles))) return undefined;
  const from = names.flatMap((name) => name.from ?? []);
  return { lines: names, more: folders, ...(from.length > 0 ? { from } : {}) };
}

/** Its last part is a pattern, which names what there is. */
function namesFiles(value: Value): boolean {
  if (value.kind !== "pattern") return false;
  const last = value.pieces.findLastIndex((piece) => typeof piece === "string" && piece.includes("/"));
  return value.pieces.slice(last + 1).some((piece) => typeof piece !== "string" && piece.glob !== undefined);
}
