import type { Span } from "./span.ts";

/** Tells what was said before at the same place. Texts are only made where a place is spoken of more than once. */
export class Repeats<T extends { readonly span: Span }> {
  private readonly places = new Map<number, T | Set<string>>();
  private readonly print: (item: T) => string;

  constructor(print: (item: T) => string) {
    this.print = print;
  }

  /** True the first time. */
  isNew(item: T): boolean {
    const { start, argument } = item.span;
    // Offsets are below 2^21.
    const place = argument === undefined ? start : start + 0x20_0000 * (argument + 1);
    const known = this.places.get(place);
    if (known === undefined) {
      this.places.set(place, item);
      return true;
    }
    const texts = known instanceof Set ? known : new Set([this.print(known)]);
    if (texts !== known) this.places.set(place, texts);
    const text = this.print(item);
    if (texts.has(text)) return false;
    texts.add(text);
    return true;
  }
}
