import type { AttributeSpec, Shape } from "../knowledge/command.ts";
import type { Span } from "../model/span.ts";
import type { Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import type { Reading } from "./shapes/reading.ts";

/** One thing that a statement acts on, and the word that named it. */
export interface Meant {
  readonly reading: Reading;
  readonly span: Span;
  readonly name?: string;
  readonly given?: Given;
  readonly shape?: Shape;
  /** The text looked at: the word, or the value of its key. */
  readonly value?: Value;
  /** A key that we cannot see may be one of those asked for. */
  readonly maybe?: true;
}

/** How a statement reads its arguments. */
export interface Manner {
  readonly key?: readonly string[];
  readonly shape?: Shape;
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
}

/** One text of a word that a statement looks at. */
export interface Looked {
  readonly value: Value;
  readonly shape: Shape;
  readonly key?: Value;
  readonly maybe?: true;
}
