import type { Place } from "./place.ts";
import type { Resource } from "./resource.ts";
import type { Span } from "./span.ts";
import type { Argument, Value } from "./value.ts";

/** One program that runs. */
export interface Invocation {
  readonly program: Value;
  /** Name the facts were found by: `tar`, `git push`; undefined when unknown. */
  readonly known?: string;
  readonly args: readonly Argument[];
  /** Wrappers and interpreters it was started through, outermost first. */
  readonly through: readonly string[];
  readonly user?: Value;
  readonly place: Place;
  readonly when: "now" | { readonly deferredBy: Resource };
  /** Environment set for it by the command. */
  readonly env: ReadonlyMap<string, Value>;
  readonly span: Span;
}
