import { z } from "zod";
import type { Context, Input } from "../model/subject.ts";
import { present } from "./present.ts";
import { mapping, text, texts, yes } from "./schema.ts";
import type { Path } from "./source.ts";

/** Something to run, and where its file says so. */
export interface Example {
  readonly file: string;
  readonly line: number;
  /** The program's id, or the rule's. */
  readonly of: string;
  readonly input: Input;
  readonly context: Context;
}

/** An example of a command file: exactly what it does, in the notation of `docs/command-files.md`. */
export interface CommandExample extends Example {
  /** Where it stands in its document. */
  readonly path: Path;
  /** Undefined: not written yet. */
  readonly gives: readonly string[] | undefined;
}

/** An example of a rule: it fires, it is silent, or the whole verdict is allow. */
export interface RuleExample extends Example {
  readonly want: "match" | "no_match" | "harmless";
}

/** A text that is in a set, or is not. */
export interface SetExample {
  readonly file: string;
  readonly line: number;
  readonly of: string;
  readonly text: string;
  readonly inside: boolean;
}

/** What the analysis may know of the world, as files say it. */
export const context = mapping({
  cwd: text.optional(),
  home: text.optional(),
  user: text.optional(),
  project: texts.optional(),
  env: z.record(z.string(), z.string(), "expected a mapping").optional(),
  shell: z.enum(["sh", "bash", "dash", "zsh", "ash", "ksh"]).optional(),
  build: yes.optional(),
});

export const contextOf = (facts: z.infer<typeof context> | undefined): Context => present(facts ?? {});

export const inputOf = (run: string | readonly string[]): Input => (typeof run === "string" ? { command: run } : { argv: run });
