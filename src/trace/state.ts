import type { Content } from "../model/content.ts";
import type { Effect } from "../model/effect.ts";
import type { Spelling } from "../model/invocation.ts";
import type { Place } from "../model/place.ts";
import type { Locate } from "../model/span.ts";
import type { Truth } from "../model/truth.ts";
import type { Argument, NodeId, Value } from "../model/value.ts";
import type { FunctionDefinition } from "../syntax/ast.ts";
import type { Variable } from "../words/scope.ts";
import type { Machine } from "./machine.ts";

/** Gathers what is written to a stream. */
export interface Collector {
  readonly contents: Content[];
}

export interface Source {
  readonly node: NodeId;
  /** Undefined: not known. */
  readonly content: Content | undefined;
  /** How many lines have been read; shared by all who hold the descriptor. */
  readonly at: { line: number };
}

export interface Sink {
  readonly node: NodeId;
  readonly collector?: Collector;
}

export interface Descriptor {
  readonly source?: Source;
  readonly sink?: Sink;
}

/** A function with the text it was defined in, so that its spans still mean something when it is called from elsewhere. */
export interface Callable {
  readonly definition: FunctionDefinition;
  readonly locate: Locate;
  readonly holes: ReadonlyMap<string, Value>;
  /** `export -f` */
  readonly exported?: boolean;
}

/** One shell process: a subshell, a pipeline's part and a wrapped program have their own. */
export interface Frame {
  variables: Map<string, Variable>;
  unset: Set<string>;
  /** Several bodies where we cannot tell which definition holds. */
  functions: Map<string, readonly Callable[]>;
  aliases: Map<string, Value>;
  /** `hash -p`, BASH_CMDS: names whose file was said. */
  hashed: ReadonlyMap<string, string>;
  /** Canonical path; `.` is the unknown directory where the command was started. */
  cwd: Value;
  positionals: readonly Argument[];
  name: Value;
  descriptors: Map<number, Descriptor>;
  place: Place;
  user: Value | undefined;
  through: readonly string[];
  when: Effect["when"];
  shell: string;
  /** What is odd about where these commands stand. */
  within: Spelling | undefined;
  /** Placeholders for holes of the text that is being walked. */
  holes: ReadonlyMap<string, Value>;
  locate: Locate;
  depth: number;
  /** Functions being called, innermost last. */
  calls: readonly string[];
  /** What the variables that the function declared for itself were before. */
  locals: Map<string, Variable | undefined>;
  /** Inside a pipeline or in the background since the function was entered. */
  concurrent: boolean;
  /** Did the last command succeed, as far as can be told? */
  status: Truth;
  /** The rest of this branch does not run: after `return` up to the call, after `exit` at all. */
  ended: "no" | "return" | "exit";
  /** Text that `trap … EXIT` runs at the end. */
  atExit: readonly Argument[];
}

/** A copy that changes on its own; descriptors, and how far they were read, stay shared. */
export function fork(machine: Machine, frame: Frame): Frame {
  machine.steps += 1 + ((frame.variables.size + frame.functions.size) >> 4);
  const {
    hashed,
    cwd,
    positionals,
    name,
    place,
    user,
    through,
    when,
    shell,
    holes,
    locate,
    calls,
    locals,
    concurrent,
    status,
    within,
  } = frame;
  // Named one by one, which is several times faster than spreading: there is a copy for most programs.
  return {
    variables: copyOf(frame.variables),
    unset: frame.unset.size === 0 ? new Set() : new Set(frame.unset),
    functions: copyOf(frame.functions),
    aliases: copyOf(frame.aliases),
    hashed,
    cwd,
    positionals,
    name,
    descriptors: new Map(frame.descriptors),
    place,
    user,
    through,
    when,
    shell,
    within,
    holes,
    locate,
    depth: frame.depth + 1,
    calls,
    locals,
    concurrent,
    status,
    ended: "no",
    atExit: [],
  };
}

/** Most tables are empty, and made faster so. */
const copyOf = <V>(table: ReadonlyMap<string, V>): Map<string, V> => (table.size === 0 ? new Map() : new Map(table));

export const stdin = (frame: Frame): Source | undefined => frame.descriptors.get(0)?.source;
export const stdout = (frame: Frame): Sink | undefined => frame.descriptors.get(1)?.sink;

/** Hands content to whoever listens on stdout. */
export function emit(frame: Frame, content: Content): void {
  stdout(frame)?.collector?.contents.push(content);
}
