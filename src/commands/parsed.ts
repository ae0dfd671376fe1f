import type { OptionSpec } from "../knowledge/command.ts";
import type { Truth } from "../model/truth.ts";
import type { Argument, Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import type { Grammar } from "./grammar.ts";

/** What the words of a call were found to be. */
export interface Parsed {
  readonly program: string;
  /** Of the chosen subcommand; `grammar.spec.id` names it. */
  readonly grammar: Grammar;
  readonly args: readonly Argument[];
  /** Options that were seen; maybe where an abbreviation fits several. */
  readonly options: ReadonlyMap<OptionSpec, Truth>;
  /** Arguments by name, in order. */
  readonly given: ReadonlyMap<string, readonly Given[]>;
  /** Arguments of inert options. */
  readonly inert: readonly Given[];
  /** Operands that no pattern has a place for. */
  readonly surplus: readonly Given[];
  readonly strange: readonly Strange[];
  /** The subcommand's words as typed. */
  readonly subcommand: readonly Value[];
  /** A subcommand that is a program of its own: its name and arguments. */
  readonly external?: readonly Argument[];
  /** Index of an argument that is one of several texts, some of which would be read in another way. */
  readonly choice?: number;
}

/** A word that the grammar does not explain. */
export interface Strange {
  /** option: not in the facts; ambiguous: short for several; hidden: an option we cannot see; subcommand: not in the facts. */
  readonly kind: "option" | "ambiguous" | "hidden" | "subcommand";
  readonly name: string;
  readonly argument: Argument;
  /** What is glued to it, and what comes after an unknown subcommand. */
  readonly rest: readonly Argument[];
}
