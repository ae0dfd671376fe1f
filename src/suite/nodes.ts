import type { Span } from "../model/span.ts";
import type { Script } from "../syntax/ast.ts";

/** Anything of the tree that has a place in the text. */
export interface Placed {
  readonly span: Span;
}

/** Every part of a tree, from the outside in. */
export function* nodesOf(root: Script): Generator<Placed & object> {
  const waiting: unknown[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    if (isPlaced(next)) yield next;
    waiting.push(...Object.values(next).reverse());
  }
}

const isPlaced = (value: object): value is Placed => "span" in value;
