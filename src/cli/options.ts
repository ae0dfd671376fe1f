import { resolve } from "node:path";
import type { Command } from "commander";
import type { Context } from "../model/subject.ts";
import { coloured, plain } from "../report/paint.ts";
import type { Look } from "../report/pretty.ts";
import { Failure } from "./failure.ts";
import type { Io } from "./io.ts";
import { nearWord } from "./words.ts";

/** Options that every subcommand has. */
export interface SharedOptions {
  readonly profile?: string;
  readonly cwd?: string;
  readonly home?: string;
  readonly user?: string;
  readonly env?: readonly string[];
  readonly pack?: readonly string[];
  readonly sandbox?: string;
  readonly color?: boolean;
}

/** For options that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function addSharedOptions(command: Command): Command {
  return command
    .option("--profile <name>", "observe, standard or strict: what findings and doubts cost (default: standard)")
    .option("--cwd <folder>", "working directory the command runs in (default: not known)")
    .option("--home <folder>", "home of the user it runs as (default: not known)")
    .option("--user <name>", "user it runs as (default: not known)")
    .option("--env <name=value>", "environment variable it sees, repeatable; others count as chosen by the operator", collect)
    .option("--pack <file>", "rule pack, set or command file of your own, repeatable", collect)
    .option(
      "--sandbox <file[#name]>",
      "sandbox it runs in: a profile, or a configuration (compose file, pod, …) and which of its containers",
    )
    .option("--color", "colour even if the output is no terminal")
    .option("--no-color", "no colour (NO_COLOR does the same)");
}

/** What the analysis may know of the world. Throws a Failure for an option that makes no sense. */
export function contextOf(options: SharedOptions, io: Io): Context {
  const env = options.env?.map((setting): [string, string] => {
    const sign = setting.indexOf("=");
    if (sign < 1) throw new Failure(`--env ${setting}: expected NAME=VALUE`);
    return [setting.slice(0, sign), setting.slice(sign + 1)];
  });
  return {
    ...(options.cwd === undefined ? {} : { cwd: resolve(io.cwd, options.cwd) }),
    ...(options.home === undefined ? {} : { home: resolve(io.cwd, options.home) }),
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(env === undefined ? {} : { env: Object.fromEntries(env) }),
  };
}

/** The same with the sandbox that is asked for. Throws a Failure for a file that can't be read. */
export async function worldOf(options: SharedOptions, io: Io): Promise<Context> {
  const context = contextOf(options, io);
  if (options.sandbox === undefined) return context;
  const { sandboxOf } = await import("./sandbox-file.ts");
  return { ...context, sandbox: sandboxOf(options.sandbox, io) };
}

/** Columns of the indent before a line of the input. */
const INDENT = 4;

export function lookOf(options: SharedOptions, io: Io): Look {
  const colour = options.color ?? (io.terminal && !io.colourless);
  return { paint: colour ? coloured : plain, width: Math.max(40, (io.columns ?? 120) - INDENT) };
}

/** One of a few words, or a Failure that names the nearest. */
export function oneWord<Word extends string>(option: string, given: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === given);
  if (found === undefined) throw new Failure(`${option} ${given}: ${nearWord(given, words)}`);
  return found;
}

export const FORMATS = ["pretty", "json"] as const;
