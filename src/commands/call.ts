import type { Content } from "../model/content.ts";
import type { Span } from "../model/span.ts";
import type { Argument, Value } from "../model/value.ts";

/** One program that is about to run. `stdin` undefined: not known. `env`: variables that the command itself set. */
export interface Call {
  readonly program: string;
  readonly args: readonly Argument[];
  readonly env: ReadonlyMap<string, Value>;
  readonly stdin: Content | undefined;
  readonly span: Span;
}

/** A word, or a part of one, that was found to be the argument of this name. */
export interface Given extends Argument {
  /** Words of one occurrence of an option share it; all operands are group 0. */
  readonly group: number;
  /** Nobody wrote it: the facts say what a missing argument stands for. */
  readonly byDefault?: true;
  /** It could not have been an option: after `--`, or an option's argument. */
  readonly settled?: true;
}
