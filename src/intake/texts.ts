import { type Arguments, isRecord, Unreadable } from "./arguments.ts";

/** A text among a call's arguments, or a list of words. */
export interface Text {
  /** `steps[0].run` */
  readonly path: string;
  /** The name nearest to it: `run`. */
  readonly key: string;
  readonly value: string | readonly (string | number)[];
}

/** More are not judged one by one. */
const MOST = 256;

/** All texts, however deep they lie. Throws Unreadable if they are too many: none may go unjudged. */
export function textsIn(args: Arguments): readonly Text[] {
  const found: Text[] = [];
  // By hand, since nesting is the caller's choice, and a stack of calls ends.
  const waiting: { readonly path: string; readonly key: string; readonly value: unknown }[] = under("", args).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, key, value } = next;
    if (isText(value)) found.push({ path, key, value });
    else if (Array.isArray(value))
      waiting.push(...value.map((item: unknown, i) => ({ path: `${path}[${i}]`, key, value: item })).reverse());
    else if (isRecord(value)) waiting.push(...under(`${path}.`, value).reverse());
    if (found.length > MOST || waiting.length > MOST * 16) throw new Unreadable("the call holds more texts than can be judged");
  }
  return found;
}

function under(before: string, table: Arguments) {
  return Object.entries(table).map(([name, value]) => ({
    path: `${before}${name}`,
    key: name.slice(name.lastIndexOf(".") + 1),
    value,
  }));
}

function isText(value: unknown): value is Text["value"] {
  if (typeof value === "string") return true;
  return (
    Array.isArray(value) &&
    value.some((item) => typeof item === "string") &&
    value.every((item) => typeof item === "string" || typeof item === "number")
  );
}
