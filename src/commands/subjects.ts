import type { PathsBelow, Subject } from "../knowledge/command.ts";
import type { Given } from "./call.ts";
import { completed } from "./completion.ts";
import { fixedBy } from "./fixed.ts";
import { valuesOf } from "./keyed.ts";
import type { Manner, Meant } from "./meant.ts";
import { namedPieces } from "./names.ts";
import { placeKind } from "./places.ts";
import { read as readings } from "./shapes/read.ts";
import type { Work } from "./work.ts";

export function meantBy(subject: Subject, manner: Manner, work: Work): readonly Meant[] {
  if ("paths" in subject) return below(subject, work);
  if ("kind" in subject) return fixedBy(subject, manner, work);
  const values = work.values(subject.argument);
  const only = values[0];
  if (values.length < 2) return only ? meantByWord(subject.argument, only, manner, work) : [];
  const all: Meant[] = [];
  for (const given of values) for (const meant of meantByWord(subject.argument, given, manner, work)) all.push(meant);
  return all;
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
  const found: Meant[] = [];
  const { span } = given;
  for (const { value, shape, maybe } of valuesOf(name, given, manner, work)) {
    for (const read of readings(shape, value, placeKind(work))) {
      const reading = completed(read, name, work);
      found.push(maybe ? { reading, span, name, given, value, shape, maybe } : { reading, span, name, given, value, shape });
    }
  }
  return found;
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
