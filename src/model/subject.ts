import type { Doubt } from "./doubt.ts";

import type { Sandbox } from "./sandbox.ts";

/** What is asked about: exactly one of a shell string or an argv array. */
export type Input = { readonly command: string } | { readonly argv: readonly string[] };

/** What the analysis may know of the world. All of it is an argument; nothing is looked up. */
export interface Context {
  /** Working directory; unknown if absent. */
  readonly cwd?: string;
  /** Home of the user the command runs as; `~` and `$HOME` stay symbolic if absent. */
  readonly home?: string;
  readonly user?: string;
  /** Roots of what is being worked on: writing there is ordinary. */
  readonly project?: readonly string[];
  /** Environment that is known; other variables are the operator's. */
  readonly env?: Readonly<Record<string, string>>;
  /** The shell that reads a shell string. */
  readonly shell?: "sh" | "bash" | "dash" | "zsh" | "ash" | "ksh";
  /** An image is being built (Dockerfile RUN): its own /etc is nobody's host. */
  readonly build?: boolean;
  /** What the command runs in. Effects are judged by where they end up. */
  readonly sandbox?: Sandbox;
  /** Text that the caller pipes in; not known if absent. */
  readonly stdin?: string;
  /** What was not understood already where the command was taken from. */
  readonly doubts?: readonly Doubt[];
}

export interface Subject {
  readonly input: Input;
  readonly context: Context;
}
