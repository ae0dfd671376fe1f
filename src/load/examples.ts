import type { z } from "zod";
import type { Context, Input } from "../model/subject.ts";
import type { context } from "./command-schema.ts";
import { present } from "./present.ts";

/** Something to run, and where its file says so. */
export interface Example {
  readonly file: string;
  readonly line: number;
  readonly input: Input;
  readonly context: Context;
}

/** An example of a command file: exactly what it does, in the notation of `docs/command-files.md`. */
export interface CommandExample extends Example {
  /** The program's id. */
  readonly of: string;
  /** Undefined: not written yet. */
  readonly gives: readonly string[] | undefined;
}

export const contextOf = (facts: z.infer<typeof context> | undefined): Context => present(facts ?? {});

export const inputOf = (run: string | readonly string[]): Input => (typeof run === "string" ? { command: run } : { argv: run });
