import type { Call } from "../policy/policy.ts";

/** A call that somebody wants to make. */
export interface Asked {
  readonly call: Call;
  readonly session: string;
  readonly principal?: string;
  /** Numbers of the call that JavaScript rounds, as written. */
  readonly inexact?: readonly string[];
}
