import type { Place } from "./place.ts";
import type { Resource } from "./resource.ts";
import type { Span } from "./span.ts";
import type { Argument, Value } from "./value.ts";

/**
 * `r''m`, `$'\x72m'` are spliced; `${x}m`, `$(echo rm)` computed; `/bin/r?` is a glob, `{rm,-rf,/}` braces; `./ls`, a link and a copy
 * are a known program's name or a known program elsewhere; `CURL` is in odd case. The others say where a plain name stands:
 * `$((a[$(id)]))`, `${ id; }`, back-ticks amid words (`"run `id` first"`), back-ticks in back-ticks in back-ticks, and
 * `case a in [!b]) id` whose outcome is written beside it.
 */
export const SPELLINGS = [
  "spliced",
  "computed",
  "glob",
  "elsewhere",
  "odd-case",
  "subscript",
  "function-substitution",
  "prose",
  "nested",
  "foregone",
] as const;
export type Spelling = (typeof SPELLINGS)[number];

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
  /** How its name was written, if not plainly. */
  readonly spelled?: Spelling;
  readonly span: Span;
}
