import { carry, exact, type NodeId, oneOf, originOf, piecesOf, textsOf, unknown, type Value } from "../model/value.ts";
import type { Operation } from "../syntax/ast.ts";
import { arithmeticValue } from "./arithmetic.ts";
import { type Found, type Item, isPath, valueIn } from "./lookup.ts";
import { charsOf, sliceOf } from "./matcher.ts";
import type { Work } from "./work.ts";

type Slice = Extract<Operation, { kind: "slice" }>;
type Bounds = readonly [offset: number, length: number | undefined];

/** `${x:1:2}`; of a list, its elements. */
export function sliced(found: Found, operation: Slice, work: Work): Found {
  const offset = arithmeticValue(operation.offset, work);
  const length = operation.length && arithmeticValue(operation.length, work);
  const from = [...(offset.from ?? []), ...(length?.from ?? [])];
  const bounds = boundsOf(offset, length);
  if (found.list !== "no")
    return { ...found, items: elements(found, bounds, work).map((item) => ({ ...item, value: carry(item.value, from) })) };
  const value = carry(characters(valueIn(found), bounds, from), from);
  return { ...found, items: [{ value, many: false }], numeric: false };
}

/** Each pair of offset and length that is possible; undefined: not known. */
function boundsOf(offset: Value, length: Value | undefined): readonly Bounds[] | undefined {
  const starts = textsOf(offset);
  const lengths = length ? textsOf(length) : [undefined];
  if (!starts || !lengths) return undefined;
  return starts.flatMap((start) => lengths.map((size): Bounds => [Number(start), size === undefined ? undefined : Number(size)]));
}

function characters(value: Value, bounds: readonly Bounds[] | undefined, from: readonly NodeId[]): Value {
  const texts = textsOf(value);
  // The author picks from text that is known to him: what comes out is his choice.
  if (!bounds) return unknown("author", originOf(value)?.name, value.from);
  if (bounds.every(([, length]) => length === 0)) return exact("", value.from);
  if (texts)
    return oneOf(
      texts.flatMap((text) => bounds.map(([offset, length]) => cut(text, offset, length))),
      [...(value.from ?? []), ...from],
    );
  const [only] = bounds;
  if (bounds.length === 1 && only) {
    const start = knownStart(value);
    if (only[0] >= 0 && only[1] !== undefined && only[1] >= 0 && only[0] + only[1] <= start.length)
      return exact(cut(start, only[0], only[1]), value.from);
    if (only[0] === 0 && only[1] === undefined) return value;
  }
  const origin = originOf(value);
  return unknown(origin?.by === "operator" ? "author" : (origin?.by ?? "author"), origin?.name, value.from);
}

/** `${PATH:0:1}` is a slash. */
function knownStart(value: Value): string {
  const [first] = piecesOf(value);
  if (typeof first === "string") return first;
  return first?.origin.by === "operator" && isPath(first.origin.name) ? "/" : "";
}

function cut(text: string, offset: number, length: number | undefined): string {
  const chars = charsOf(text);
  const start = offset < 0 ? chars.length + offset : offset;
  if (start < 0 || start > chars.length) return "";
  const end = length === undefined ? chars.length : length < 0 ? chars.length + length : start + length;
  return end < start ? "" : sliceOf(chars, start, end);
}

/** `${@:1:2}` counts from $0, `${a[@]:1:2}` by position. */
function elements(found: Found, bounds: readonly Bounds[] | undefined, work: Work): readonly Item[] {
  const isPositional = found.name === "@" || found.name === "*";
  const items = isPositional ? [{ value: work.scope.name, many: false }, ...found.items] : found.items;
  const only = bounds?.length === 1 ? bounds[0] : undefined;
  const vague = items.findIndex((item) => item.many);
  const [offset, length] = only ?? [0, undefined];
  const isDecided = only !== undefined && (vague < 0 || (offset >= 0 && length !== undefined && offset + length <= vague));
  if (!isDecided) {
    if (only && offset >= 0 && length === undefined && offset <= vague) return items.slice(offset);
    return items.slice(isPositional ? 1 : 0).map((item) => ({ ...item, many: true }));
  }
  const last = items.length - 1;
  const highest =
    isPositional || found.items.every((item) => item.key === undefined) ? last : Number(found.items.at(-1)?.key ?? last);
  const start = offset < 0 ? highest + 1 + offset : offset;
  if (start < 0) return [];
  const first = isPositional ? start : items.findIndex((item, i) => Number(item.key ?? i) >= start);
  return first < 0 ? [] : items.slice(first, length === undefined ? undefined : first + Math.max(0, length));
}
