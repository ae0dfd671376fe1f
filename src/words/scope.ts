import type { Span } from "../model/span.ts";
import type { Argument, Value } from "../model/value.ts";
import type { CommandSubstitution, ProcessSubstitution } from "../syntax/ast.ts";

export interface Variable {
  /** Scalar value, and element 0 of an array. */
  readonly value: Value;
  /** Elements of an indexed or associative array, by subscript text, in order. */
  readonly elements?: ReadonlyMap<string, Value>;
  /** declare -A. Absent: associative if a subscript of `elements` is no number. */
  readonly associative?: boolean;
  readonly exported?: boolean;
  /** Set on some way here, perhaps not on all: `${x:-word}` may be either. */
  readonly maybe?: boolean;
  readonly integer?: boolean;
  readonly casing?: "upper" | "lower";
  /** declare -n: the name it stands for. */
  readonly reference?: Value;
}

/** All that expansion may know; data only. Names that are in no map are the operator's environment. */
export interface WordScope {
  readonly variables: ReadonlyMap<string, Variable>;
  /** Names known to be unset. */
  readonly unset: ReadonlySet<string>;
  /** $0. */
  readonly name: Value;
  /** $1, $2, …; an argument of count `any` stands for an unknown number. */
  readonly positionals: readonly Argument[];
  /** What each substitution of the word printed (command) or the path it became (process); trace runs them first. */
  readonly filled: ReadonlyMap<CommandSubstitution | ProcessSubstitution, Value>;
  /** Shell dialect: zsh does not split, dash has no braces and no $'…'. */
  readonly shell: string;
  /** Private-use characters that stand for holes in text that was itself computed (eval "$x", sh -c "…$x…"). */
  readonly holes: ReadonlyMap<string, Value>;
  /** Elementary steps left for all expansions that share this; what they take is taken from it. */
  readonly fuel?: { left: number };
}

/** A variable set while expanding: `${x:=word}`, `$((x++))`; an element is named `a[1]`. */
export interface Assigned {
  readonly name: string;
  readonly value: Value;
}

/** Words that reach the program, and what expansion itself did. */
export interface Expansion {
  readonly arguments: readonly Argument[];
  readonly assigned: readonly Assigned[];
  /** Something that runs code or could not be modelled: `${x@P}`, `$((a[$(c)]))` through a variable. */
  readonly unsupported: readonly Unsupported[];
}

export interface Unsupported {
  readonly text: string;
  readonly span: Span;
  /** A limit was reached: the word is blurred. */
  readonly limit?: true;
  /** `${{ … }}`: a template that is filled in before a shell sees it, by who runs the workflow. */
  readonly template?: true;
  /** Text whose substitutions the shell runs when it expands it once more. */
  readonly code?: Value;
}
