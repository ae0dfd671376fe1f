import type { Condition, OptionSpec, Term } from "../knowledge/command.ts";
import { and, not, or, type Truth } from "../model/truth.ts";
import { exactText, originOf, prefixOf, textsOf, type Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import type { Grammar } from "./grammar.ts";
import { cutFirst, fitsStart, isHidden, isLike } from "./scan.ts";
import { placed } from "./shapes/placed.ts";

/** What conditions are judged by. */
export interface Facts {
  readonly options: ReadonlyMap<OptionSpec, Truth>;
  readonly given: ReadonlyMap<string, readonly Given[]>;
  /** Where names of options are looked up. */
  readonly grammar: Grammar;
  /** The values a statement is looking at right now: conditions on them mean these ones. */
  readonly bound?: readonly { readonly name: string; readonly given: Given }[];
}

export function holds(condition: Condition, facts: Facts): Truth {
  let truth: Truth = "no";
  for (const clause of condition) {
    let all: Truth = "yes";
    for (const term of clause) {
      const one = judge(term, facts);
      all = and(all, term.not ? not(one) : one);
      if (all === "no") break;
    }
    truth = or(truth, all);
    if (truth === "yes") return truth;
  }
  return truth;
}

/** Whether a statement fires: `when` and not `unless`. */
export function fires(statement: { readonly when?: Condition; readonly unless?: Condition }, facts: Facts): Truth {
  const when = statement.when ? holds(statement.when, facts) : "yes";
  if (when === "no" || !statement.unless) return when;
  return and(when, not(holds(statement.unless, facts)));
}

function judge(term: Term, facts: Facts): Truth {
  if ("option" in term) {
    const option = facts.grammar.options.get(term.option);
    return (option && facts.options.get(option)) ?? "no";
  }
  const given = facts.given.get(term.argument);
  if (!("is" in term) && !("equals" in term)) return isPresent(given);
  const bound = facts.bound?.find((one) => one.name === term.argument)?.given;
  const values = bound ? [bound.value] : (given?.map((one) => one.value) ?? defaulted(facts.grammar, term.argument));
  let truth: Truth = "no";
  for (const value of values) {
    const one = "is" in term ? isOfNature(term.is, value) : isOneOf(term.equals, value);
    truth = or(truth, one);
    if (truth === "yes") break;
  }
  return truth;
}

function isPresent(given: readonly Given[] | undefined): Truth {
  let truth: Truth = "no";
  for (const one of given ?? []) {
    if (one.byDefault) continue;
    if (!mayBeNothing(one)) return "yes";
    truth = "maybe";
  }
  return truth;
}

/** An unquoted variable may be no word at all; a glob is taken to match something. */
const mayBeNothing = (given: Given): boolean => given.count === "any" && isHidden(given.value);

function defaulted(grammar: Grammar, name: string): readonly Value[] {
  const text = grammar.defaults.get(name);
  return text === undefined ? [] : [{ kind: "exact", text }];
}

/** `$USER`, `$LOGNAME`, `$(whoami)`: the account that runs the command. */
function isOwnName(value: Value): boolean {
  const origin = originOf(value);
  return (
    (origin?.by === "operator" && (origin.name === "USER" || origin.name === "LOGNAME")) ||
    (origin?.by === "output" && origin.name === "whoami")
  );
}

function isOneOf(globs: readonly string[], value: Value): Truth {
  const texts = textsOf(value);
  // Of a text that is all hidden nothing is said: it is a doubt of its own.
  if (isHidden(value)) return isOwnName(value) && globs.includes("$USER") ? "yes" : "no";
  if (!texts) {
    const prefix = prefixOf(value);
    return globs.some((glob) => fitsStart(prefix, glob)) ? "maybe" : "no";
  }
  return every(texts, (text) => globs.some((glob) => isLike(glob, text)));
}

function isOfNature(nature: "remote" | "url" | "dash" | "local" | "assignment", value: Value): Truth {
  if (value.kind === "oneOf") return every(value.texts, (text) => isOfNature(nature, { kind: "exact", text }) === "yes");
  if (isHidden(value)) return nature === "local" ? "yes" : "no";
  const url = prefixOf(value).includes("://");
  switch (nature) {
    case "dash":
      return exactText(value) === "-" ? "yes" : "no";
    case "url":
      return url ? "yes" : "no";
    case "assignment":
      return cutFirst(value, "=/")?.char === "=" ? "yes" : "no";
    case "remote":
      return isRemote(value, url) ? "yes" : "no";
    case "local":
      return isRemote(value, url) || exactText(value) === "-" ? "no" : "yes";
  }
}

const isRemote = (value: Value, url: boolean): boolean =>
  url ? !prefixOf(value).toLowerCase().startsWith("file:") : placed(value) !== undefined;

function every(texts: readonly string[], test: (text: string) => boolean): Truth {
  const count = texts.filter(test).length;
  return count === 0 ? "no" : count === texts.length ? "yes" : "maybe";
}
