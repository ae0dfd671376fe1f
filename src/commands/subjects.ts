import type { PathsBelow, Shape, Subject } from "../knowledge/command.ts";
import type { Resource } from "../model/resource.ts";
import type { Span } from "../model/span.ts";
import { concat, exact, exactText, type Piece, type Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import { hostSpecOf, relativeTo } from "./grammar.ts";
import { namedPieces } from "./names.ts";
import { placeKind } from "./places.ts";
import { isHidden, isKnownFolder, isLike } from "./scan.ts";
import { PAIR_SHAPES, pairsOf } from "./shapes/pairs.ts";
import { read, readFixed } from "./shapes/read.ts";
import type { Reading } from "./shapes/reading.ts";
import type { Work } from "./work.ts";

/** One thing that a statement acts on, and the word that named it. */
export interface Meant {
  readonly reading: Reading;
  readonly span: Span;
  readonly name?: string;
  readonly given?: Given;
  /** A key that we cannot see may be one of those asked for. */
  readonly maybe?: true;
}

/** How a statement reads its arguments. */
export interface Manner {
  readonly key?: readonly string[];
  readonly shape?: Shape;
}

export function meantBy(subject: Subject, manner: Manner, work: Work): readonly Meant[] {
  if ("paths" in subject) return below(subject, work);
  if ("kind" in subject) {
    return filled(subject.text, work).map(({ value, span }) => ({ reading: readFixed(subject.kind, value), span }));
  }
  return work.values(subject.argument).flatMap((given) => meantByWord(subject.argument, given, manner, work));
}

/** What one word means: by its shape, or the values of its keys. */
export function meantByWord(name: string, given: Given, manner: Manner, work: Work): readonly Meant[] {
  return valuesOf(name, given, manner, work).flatMap(({ value, shape, maybe }) =>
    read(shape, value, placeKind(work)).map((reading) => ({
      reading: completed(reading, name, work),
      span: given.span,
      name,
      given,
      ...(maybe ? { maybe } : {}),
    })),
  );
}

/** The texts of a word that a statement looks at. */
export function valuesOf(
  name: string,
  given: Given,
  manner: Manner,
  work: Work,
): readonly { readonly value: Value; readonly shape: Shape; readonly maybe?: true }[] {
  const declared = work.shape(name);
  if (!manner.key) return [{ value: given.value, shape: manner.shape ?? declared }];
  const shape = manner.shape ?? "text";
  return pairsOf(PAIR_SHAPES.has(declared) ? declared : "key=value", given.value).flatMap((pair) => {
    const key = exactText(pair.key)?.trim();
    if (key === undefined) return [{ value: pair.value, shape, maybe: true as const }];
    return manner.key?.some((glob) => isLike(glob, key)) ? [{ value: pair.value, shape }] : [];
  });
}

/** Adds what other arguments say: the folder that paths are relative to, scheme, port and route of a host. */
function completed(reading: Reading, name: string, work: Work): Reading {
  if (reading.kind !== "resource") return reading;
  const { on } = reading;
  if (on.kind === "path" && !reading.at) return { ...reading, on: underFolder(on, name, work) };
  if (on.kind !== "host" && on.kind !== "unixSocket") return reading;
  const spec = hostSpecOf(work.parsed.grammar, name);
  if (!spec) return reading;
  const port = spec.port === undefined ? undefined : work.last(spec.port);
  const route = spec.route === undefined ? undefined : work.last(spec.route);
  work.use(port, "argument");
  work.use(route, "argument");
  return {
    ...reading,
    on: {
      ...on,
      ...(spec.scheme !== undefined && on.scheme === undefined ? { scheme: spec.scheme } : {}),
      ...(port && !on.port ? { port: port.value } : {}),
      ...(route && !on.route ? { route: route.value } : {}),
    },
  };
}

/** `tar -C ~ .ssh`: relative paths lie under DIR, where DIR is given. */
function underFolder(on: Resource, name: string, work: Work): Resource {
  const folder = relativeTo(work.parsed.grammar, name);
  if (folder === undefined || folder === name || isHidden(on.value) || isRooted(on.value)) return on;
  const given = work.parsed.given.get(folder)?.at(-1);
  if (!given) return on;
  work.use(given, "argument");
  return { ...on, value: concat([given.value, exact("/"), on.value]) };
}

function isRooted(value: Value): boolean {
  if (value.kind === "oneOf") return value.texts.every((text) => isRooted(exact(text)));
  if (value.kind === "unknown") return isKnownFolder({ origin: value.origin });
  const first: Piece | undefined = value.kind === "exact" ? value.text : value.pieces[0];
  if (first === undefined) return false;
  return typeof first === "string" ? first.startsWith("/") || first.startsWith("~") : isKnownFolder(first);
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

/** Text with `{ARGUMENT}`: one for each value; a missing argument is `*`. */
function filled(text: string, work: Work): readonly { readonly value: Value; readonly span: Span }[] {
  const open = text.indexOf("{");
  const close = text.indexOf("}", open);
  if (open < 0 || close < 0) return [{ value: exact(text), span: work.call.span }];
  const values = work.values(text.slice(open + 1, close));
  const rest = filled(text.slice(close + 1), work);
  const heads = values.length > 0 ? values : [undefined];
  return heads.slice(0, 64).flatMap((given) => {
    work.use(given, "argument");
    return rest.slice(0, 64).map((tail) => ({
      value: concat([exact(text.slice(0, open)), given?.value ?? exact("*"), tail.value]),
      span: given?.span ?? tail.span,
    }));
  });
}
