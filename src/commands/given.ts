import { NOWHERE } from "../model/span.ts";
import type { Argument, Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import { dropPrefix } from "./scan.ts";

/** Built without spreading: there is one for each word. */
export function givenOf({ value, count, span, verbatim, quoted }: Argument, group: number, settled: boolean): Given {
  const given: { -readonly [key in keyof Given]: Given[key] } = { value, count, span, group };
  if (verbatim !== undefined) given.verbatim = verbatim;
  if (quoted) given.quoted = quoted;
  if (settled) given.settled = true;
  return given;
}

/** An argument that is there without being written. */
export const always = (value: Value): Given => ({ value, count: "one", span: NOWHERE, group: 0, byDefault: true, settled: true });

/** What is left of a word after its first `length` characters. */
export function part(argument: Argument, length: number): Argument {
  const value = dropPrefix(argument.value, length);
  if (argument.verbatim === undefined) return { ...argument, value };
  const start = argument.verbatim + length;
  return { ...argument, value, verbatim: start, span: { ...argument.span, start } };
}
