import type { Content } from "./content.ts";
import type { Doubt } from "./doubt.ts";
import type { Attributes, EffectKind } from "./effect.ts";
import type { Transform } from "./flow.ts";
import type { Place } from "./place.ts";
import type { Resource } from "./resource.ts";
import type { Span } from "./span.ts";
import type { Argument, Value } from "./value.ts";

/**
 * What one program (or one piece of code) was found to do, before it is placed: paths are as the program sees them (relative to
 * its working directory, not canonical), and nested runs are handed back as data.
 */
export interface Binding {
  /** Id of the facts it was bound by: `git push`. Absent: none, or code. */
  readonly known?: string;
  readonly effects: readonly BoundEffect[];
  readonly edges: readonly BoundEdge[];
  readonly runs: readonly Run[];
  /** What it prints, as far as is known: `find` prints paths. Undefined: not known. */
  readonly output?: Content;
  readonly doubts: readonly Doubt[];
  /** It never returns control to the shell's next command as before: `cd`, `exec`, … are the shell's own and not here. */
  readonly sets?: readonly { readonly variable: string; readonly value: Value }[];
}

export interface BoundEffect {
  readonly kind: EffectKind;
  readonly on: Resource;
  readonly attributes: Attributes;
  readonly span: Span;
  /** Another place than the program's own: `docker cp web:/etc/x .`. */
  readonly at?: PlaceChange;
}

/** One end of an edge. A resource is a file, network host or store by its kind. */
export type End =
  | { readonly kind: "resource"; readonly on: Resource; readonly at?: PlaceChange; readonly span: Span }
  | { readonly kind: "stdin" | "stdout" | "caller" | "environment" }
  /** code that runs: shell, python, … */
  | { readonly kind: "code"; readonly language: string }
  /** made by the program itself */
  | { readonly kind: "process" }
  | { readonly kind: "variable"; readonly name: string }
  /** text of an argument; its `from` nodes flow too */
  | { readonly kind: "data"; readonly value: Value; readonly span: Span };

export interface BoundEdge {
  readonly from: End;
  readonly to: End;
  readonly step?: Transform;
  readonly maybe?: true;
  readonly span: Span;
}

/** How the place of a nested run or of a resource differs from the program's own. Mount sources are paths of the program's place. */
export interface PlaceChange {
  readonly kind: Exclude<Place["kind"], "here">;
  readonly name: Value;
  readonly mounts?: readonly { readonly source: Value; readonly target: Value; readonly writable: boolean }[];
  readonly privileged?: boolean;
  readonly capabilities?: readonly string[];
  readonly namespaces?: readonly string[];
}

interface RunIn {
  readonly span: Span;
  readonly becomes?: Value;
  readonly enters?: PlaceChange;
  readonly cwd?: Value;
  readonly env?: readonly { readonly name: string; readonly value: Value }[];
  /** env -i */
  readonly cleared?: boolean;
  /** Runs later, by this: crontab, unit, hook. */
  readonly deferredBy?: Resource;
  /** The run's stdin is not the program's: xargs gives /dev/null, `ssh -n`. */
  readonly stdin?: Content;
  /** Where the run's stdin comes from if not the program's own stdin: `nc -e`. */
  readonly stdinFrom?: End;
  /** Where the run's stdout goes if not to the program's own stdout. */
  readonly stdout?: End;
  /** Connections the run inherits, by the number `sh <&3` would name. */
  readonly descriptors?: readonly { readonly number: number; readonly end: End }[];
}

/** A program that a program runs. */
export type Run =
  | (RunIn & { readonly as: "argv"; readonly argv: readonly Argument[] })
  /** Text for a shell. `args` are $0, $1, … */
  | (RunIn & { readonly as: "shell"; readonly code: Argument; readonly shell: string; readonly args: readonly Argument[] })
  /** Text for another interpreter. */
  | (RunIn & { readonly as: "code"; readonly language: string; readonly code: Argument; readonly args: readonly Argument[] })
  /** A file of code, or stdin when `path` is undefined. Language undefined: by its first line or its name. */
  | (RunIn & { readonly as: "script"; readonly language?: string; readonly path?: Argument; readonly args: readonly Argument[] });

export const EMPTY_BINDING: Binding = { effects: [], edges: [], runs: [], doubts: [] };
