import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import type { Sandbox } from "../model/sandbox.ts";
import type { Context, Input } from "../model/subject.ts";
import { present } from "./present.ts";
import { compileSandbox, readSandbox } from "./sandbox.ts";
import { type SandboxFacts, sandboxParts } from "./sandbox-schema.ts";
import { mapping, text, texts, yes } from "./schema.ts";
import { type Path, printProblem } from "./source.ts";

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
  sandbox: z.union([text, sandboxParts], "expected a sandbox, or the path of its file").optional(),
});

/** Where a context stands, for what is wrong with its sandbox. */
export interface ContextPlace {
  readonly file: string;
  problem(path: Path, message: string, part?: "key" | "value"): void;
}

/** For what has been checked before. */
const UNSAID: ContextPlace = { file: ".", problem: () => undefined };

export function contextOf(facts: z.infer<typeof context> | undefined, place: ContextPlace = UNSAID, at: Path = []): Context {
  if (facts?.sandbox === undefined) return present({ ...facts, sandbox: undefined });
  return present({ ...facts, sandbox: sandboxIn(facts.sandbox, place, [...at, "sandbox"]) });
}

/** As it stands there, or from its file. */
function sandboxIn(facts: SandboxFacts | string, place: ContextPlace, at: Path): Sandbox | undefined {
  const folder = dirname(place.file);
  if (typeof facts !== "string") return compileSandbox(facts, "this sandbox", { source: place, at, folder });
  const file = resolve(folder, facts);
  try {
    const { sandbox, problems } = readSandbox(readFileSync(file, "utf8"), facts, dirname(file));
    for (const problem of problems) place.problem(at, printProblem(problem));
    return sandbox;
  } catch {
    place.problem(at, `${facts}: there is no such file`);
    return undefined;
  }
}

export const inputOf = (run: string | readonly string[]): Input => (typeof run === "string" ? { command: run } : { argv: run });
