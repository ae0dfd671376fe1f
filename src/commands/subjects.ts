import type { AttributeSpec, PathsBelow, Shape, Subject } from "../knowledge/command.ts";
import type { Span } from "../model/span.ts";
import { exactText, prefixOf, type Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import { completed } from "./completion.ts";
import { fixedBy } from "./fixed.ts";
import { namedPieces } from "./names.ts";
import { placeKind } from "./places.ts";
import { fitsStart, isLike } from "./scan.ts";
import { PAIR_SHAPES, pairsOf } from "./shapes/pairs.ts";
import { read } from "./shapes/read.ts";
import type { Reading } from "./shapes/reading.ts";
import type { Work } from "./work.ts";

/** One thing that a statement acts on, and the word that named it. */
export interface Meant {
  readonly reading: Reading;
  readonly span: Span;
  readonly name?: string;
  readonly given?: Given;
  readonly shape?: Shape;
  /** The text looked at: the word, or the value of its key. */
  readonly value?: Value;
  /** A key that we cannot see may be one of those asked for. */
  readonly maybe?: true;
}

/** How a statement reads its arguments. */
export interface Manner {
  readonly key?: readonly string[];
  readonly shape?: Shape;
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
}

/** One text of a word that a statement looks at. */
export interface Looked {
  readonly value: Value;
  readonly shape: Shape;
  readonly key?: Value;
  readonly maybe?: true;
}

export function meantBy(subject: Subject, manner: Manner, work: Work): readonly Meant[] {
  if ("paths" in subject) return below(subject, work);
  if ("kind" in subject) return fixedBy(subject, manner, work);
  return work.values(subject.argument).flatMap((given) => meantByWord(subject.argument, given, manner, work));
}

/** What one word means: by its shape, or the values of its keys. */
export function meantByWord(name: string, given: Given, manner: Manner, work: Work): readonly Meant[] {
  if (manner.key || manner.shape) return readWord(name, given, manner, work);
  let meant = work.meanings.get(given);
  if (!meant) {
    meant = readWord(name, given, manner, work);
    work.meanings.set(given, meant);
  }
  return meant;
}

function readWord(name: string, given: Given, manner: Manner, work: Work): readonly Meant[] {
  return valuesOf(name, given, manner, work).flatMap(({ value, shape, maybe }) =>
    read(shape, value, placeKind(work)).map((reading) => ({
      reading: completed(reading, name, work),
      span: given.span,
      name,
      given,
      value,
      shape,
      ...(maybe ? { maybe } : {}),
    })),
  );
}

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

/** Paths below a folder, those of a certain name. */
export function below(paths: PathsBelow, work: Work): readonly Meant[] {
  const names = paths.named === undefined ? [] : work.values(paths.named);
  for (const given of names) work.use(given, "argument");
  return work.values(paths.paths).flatMap((given) =>
    meantByWord(paths.paths, given, {}, work).flatMap((meant): Meant[] => {
      if (meant.reading.kind !== "resource") return [meant];
      const { on } = meant.reading;
      const tails = names.length > 0 && work.narrowing() ? names.map(({ value }) => value) : [undefined];
      return tails.map((tail) => ({
        ...meant,
        reading: { kind: "resource", on: { ...on, value: namedPieces(on.value, tail) } },
      }));
    }),
  );
}
