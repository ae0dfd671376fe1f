import type { Resource } from "./resource.ts";
import type { Span } from "./span.ts";
import type { Author } from "./value.ts";

export const DOUBT_KINDS = [
  "hidden-program",
  "hidden-argument",
  "unknown-command",
  "unknown-option",
  "unexplained-argument",
  "opaque-code",
  "syntax",
  "limit",
] as const;
export type DoubtKind = (typeof DOUBT_KINDS)[number];

/** What could not be decided. Every doubt reaches the verdict; the profile says what it costs. */
export interface Doubt {
  readonly kind: DoubtKind;
  /** Lower case, names the thing: `unknown option --frob of tar`. */
  readonly text: string;
  readonly span: Span;
  /** Who chose what is hidden. */
  readonly by?: Author;
  /** What the hidden text is used as: a program's plain argument, code, the target of something destructive. */
  readonly role: "argument" | "code" | "destructive";
  /** Opaque code: handed over inline, a file of the project, fetched, or decoded. */
  readonly source?: "inline" | "project" | "network" | "decoded";
  /** What it touches as far as is known: the paths, hosts and programs among the arguments. */
  readonly about: readonly Resource[];
}
