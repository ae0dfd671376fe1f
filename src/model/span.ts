/**
 * Where in the input something stands: a half-open range of UTF-16 code units into the input text,
 * or into argument number `argument` (0 is the program) when the input is an argv array.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly argument?: number;
}

export const NOWHERE: Span = { start: 0, end: 0 };

/** The smallest span that holds both; spans of different arguments keep the first. */
export function cover(a: Span, b: Span): Span {
  if (a.argument !== b.argument) return a;
  return { ...a, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Maps a range of some parsed text to the input the user gave. Code inside a quoted argument has its own text. */
export type Locate = (start: number, end: number) => Span;

export const identity: Locate = (start, end) => ({ start, end });
/** Text that cannot be mapped character by character (decoded, expanded): all of it stands where its argument stood. */
export const locatedAt =
  (span: Span): Locate =>
  () =>
    span;
/** Text that stands unchanged in the input, `offset` code units into `span`'s argument. */
export const shiftedBy =
  (offset: number, argument?: number): Locate =>
  (start, end) =>
    argument === undefined
      ? { start: start + offset, end: end + offset }
      : { start: start + offset, end: end + offset, argument };
