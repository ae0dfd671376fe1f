import type { End } from "../../model/binding.ts";
import type { Transform } from "../../model/flow.ts";
import { concat, exact, exactText, join, originOf, unknown, type Value } from "../../model/value.ts";
import type { Block } from "./node.ts";

/** Data that a thing holds, and what was done to it. */
export interface Datum {
  readonly end: End;
  readonly step?: Transform;
}

/** An open file, connection or program. */
export interface Handle {
  readonly kind: "file" | "socket" | "server" | "command" | "standard" | "web";
  /** Where reads come from and writes go. Undefined: a socket that is not connected yet. */
  end: End | undefined;
  /** As `sh <&3` would name it. */
  readonly number: number;
  /** Opened for writing: text written so far, to be told when all is known. */
  readonly written?: Value[];
  append?: boolean;
  /** Something was written that is not plain text. */
  mixed?: boolean;
}

/** What an expression stands for. */
export interface Thing {
  readonly value: Value;
  readonly from: readonly Datum[];
  readonly items?: readonly Thing[];
  readonly pairs?: ReadonlyMap<string, Thing>;
  readonly handle?: Handle;
  /** The name it is known by: `File`, `os.execute`, `IO::Socket::INET`. */
  readonly path?: string;
  /** Made by the `new` of this class. */
  readonly type?: string;
  readonly closure?: Block;
}

export const NO_DATA: readonly Datum[] = [];
export const UNKNOWN: Thing = { value: unknown("author"), from: NO_DATA };

export const text = (value: Value | string, from: readonly Datum[] = NO_DATA): Thing => ({
  value: typeof value === "string" ? exact(value) : value,
  from,
});

export const known = (thing: Thing | undefined): string | undefined => exactText(thing?.value);

export const listOf = (items: readonly Thing[]): Thing => ({ ...blend(items), items });

export function withStep(from: readonly Datum[], step: Transform): readonly Datum[] {
  return from.map(({ end }) => ({ end, step }));
}

export function dataOf(things: readonly Thing[]): readonly Datum[] {
  const [only] = things;
  if (only && things.length === 1) return only.from;
  const seen = new Set<string>();
  return things
    .flatMap((thing) => thing.from)
    .filter((datum) => {
      const key = JSON.stringify(datum);
      return !seen.has(key) && seen.add(key).size <= 32;
    });
}

/** Something made of these in a way that is not followed: their data, and text that nobody knows. */
export function blend(things: readonly Thing[]): Thing {
  const from = dataOf(things);
  const foreign = things
    .map((thing) => originOf(thing.value))
    .find((origin) => origin && origin.by !== "author" && origin.by !== "glob");
  return { value: { kind: "unknown", origin: foreign ?? { by: "author" } }, from };
}

export function glue(things: readonly Thing[]): Thing {
  return { value: concat(things.length > 0 ? things.map((thing) => thing.value) : [exact("")]), from: dataOf(things) };
}

/** One or the other. */
export function either(a: Thing, b: Thing): Thing {
  const handle = a.handle ?? b.handle;
  const path = a.path ?? b.path;
  const closure = a.closure ?? b.closure;
  return {
    value: join(a.value, b.value),
    from: dataOf([a, b]),
    ...(handle ? { handle } : {}),
    ...(path === undefined ? {} : { path }),
    ...(closure ? { closure } : {}),
  };
}

/** Any member of a list or table; the thing itself if it is none. */
export function elementOf(thing: Thing): Thing {
  if (!thing.items || thing.items.length === 0)
    return thing.pairs || thing.items ? blend([thing]) : { value: thing.value, from: thing.from };
  return thing.items.reduce(either);
}
