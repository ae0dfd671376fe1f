import type { Argument } from "../../model/value.ts";
import type { Abstract, FunctionValue, Handle, Source } from "./abstract.ts";
import type { Source as SourceText } from "./holes.ts";
import type { Library } from "./library.ts";
import type { Results } from "./results.ts";
import type { Scope } from "./scope.ts";
import type { Program } from "./tree.ts";

/** A call of a library's function, or of a handle's method. */
export interface Call {
  readonly world: World;
  readonly path: string;
  readonly args: readonly Abstract[];
  readonly named: ReadonlyMap<string, Abstract>;
  readonly self?: Abstract;
  /** Names around the call: what `exec` runs sees them. */
  readonly scope?: Scope;
}

export type Native = (call: Call) => Abstract;

/** What one language has of its own. */
export interface Language {
  readonly name: string;
  readonly library: Library;
  readonly natives: ReadonlyMap<string, Native>;
  readonly parse: (source: SourceText) => Program | undefined;
  /** First parts of names that belong to the language's own library. */
  readonly modules: ReadonlySet<string>;
  /** A name that no code defined: the library's path for it, if it has one. */
  readonly global: (name: string) => string | undefined;
  /** One spelling for each name of the library. */
  readonly canonical: (path: string) => string;
  /** The value of the last expression may be printed. */
  readonly showsLast?: true;
}

/** The state of one walk. */
export interface World {
  readonly language: Language;
  readonly results: Results;
  readonly top: Scope;
  /** Arguments of the script. */
  readonly args: readonly Argument[];
  /** Descriptors that were made to be something else: 0 and 1 of programs that are run. */
  readonly descriptors: Map<number, Source>;
  /** Functions that code defines, until they are called. */
  readonly uncalled: Map<FunctionValue["definition"], FunctionValue>;
  readonly handles: Handle[];
  /** Variables that were set for the programs it runs. */
  readonly environment: Map<string, Abstract>;
  /** Calls inside one another, and code inside code. */
  depth: number;
  /** Steps left. */
  fuel: number;
  /** Values returned by the function that is walked. */
  returned: Abstract[];
  /** How many calls of each function are being walked. */
  readonly calls: Map<FunctionValue["definition"], number>;
}
