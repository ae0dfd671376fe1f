import { exactText, prefixOf, type Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import type { Looked, Manner } from "./meant.ts";
import { fitsStart, isLike } from "./scan.ts";
import { PAIR_SHAPES, pairsOf } from "./shapes/pairs.ts";
import type { Work } from "./work.ts";

/** The texts of a word that a statement looks at. */
export function valuesOf(name: string, given: Given, manner: Manner, work: Work): readonly Looked[] {
  const declared = work.shape(name);
  if (!manner.key) return [{ value: given.value, shape: manner.shape ?? declared }];
  const shape = manner.shape ?? "text";
  return pairsOf(PAIR_SHAPES.has(declared) ? declared : "key=value", given.value).flatMap((pair): readonly Looked[] => {
    const key = exactText(pair.key)?.trim();
    if (key === undefined)
      return mayBeKey(pair.key, manner.key) ? [{ value: pair.value, shape, key: pair.key, maybe: true }] : [];
    return manner.key?.some((glob) => isLike(glob, key)) ? [{ value: pair.value, shape, key: pair.key }] : [];
  });
}

/** The known beginning of a key fits; of a key that is all hidden nothing is said. */
function mayBeKey(key: Value, globs: readonly string[] = []): boolean {
  const prefix = prefixOf(key).trim();
  return prefix !== "" && globs.some((glob) => fitsStart(prefix, glob));
}
