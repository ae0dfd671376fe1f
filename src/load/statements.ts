import type { z } from "zod";
import type { AttributeSpec, Condition, FlowStatement, RunStatement, Statement } from "../knowledge/command.ts";
import { ARGUMENT } from "./condition.ts";
import { suggest } from "./nearest.ts";
import { present } from "./present.ts";
import type { Scope } from "./scope.ts";
import type { Path } from "./source.ts";
import {
  becomesStatement,
  doubtStatement,
  EFFECT_VERBS,
  effectStatement,
  emitsStatement,
  FLAG_ATTRIBUTES,
  type FlowFacts,
  flowStatement,
  type RunFacts,
  runStatement,
  usesStatement,
  VALUE_ATTRIBUTES,
  VERBS,
} from "./statement-schema.ts";
import { compileEnd, compilePaths, compileShape, compileSubject, type Reading } from "./subjects.ts";

/** What a statement compiles to; `undefined` after saying what is wrong. */
type Compiled = Statement | undefined;
type Feed = NonNullable<RunStatement["feed"]>;
type StatementFacts = {
  when?: string[] | undefined;
  unless?: string[] | undefined;
  key?: string[] | undefined;
  type?: string | undefined;
};
type Modifiers = Reading & { readonly when?: Condition; readonly unless?: Condition };

/** One statement of `does` or `env`. */
export function compileStatement(raw: unknown, scope: Scope, path: Path): Compiled {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    scope.source.problem(path, `expected a statement like { reads: FILE }`);
    return undefined;
  }
  const keys = Object.keys(raw);
  const verb = keys.find((key) => VERBS.includes(key));
  if (verb === undefined) {
    const word = keys[0] ?? "";
    scope.source.problem(keys[0] === undefined ? path : [...path, word], `"${word}" is no verb${suggest(word, VERBS)}`, "key");
    return undefined;
  }
  return compileVerb(verb, raw, scope, path);
}

function compileVerb(verb: string, raw: object, scope: Scope, path: Path): Compiled {
  switch (verb) {
    case "flows":
      return checked(flowStatement, raw, scope, path, (facts, how) => compileFlow(facts, how, scope, path));
    case "runs":
      return checked(runStatement, raw, scope, path, (facts, how) => compileRun(facts, how, scope, path));
    case "becomes":
      return checked(becomesStatement, raw, scope, path, ({ becomes }, how) => {
        if (becomes.startsWith("account:")) return { verb, user: { text: becomes.slice("account:".length) }, ...how };
        return scope.argument(becomes, [...path, verb]) ? { verb, user: { argument: becomes }, ...how } : undefined;
      });
    case "emits":
      return checked(emitsStatement, raw, scope, path, ({ emits }, how) => {
        const below = compilePaths(emits, scope, [...path, verb]);
        if (emits.startsWith("=")) return { verb, what: "fixed", argument: emits.slice(1), ...how };
        if (below) return { verb, what: "paths", argument: below.paths, ...present({ named: below.named }), ...how };
        return scope.argument(emits, [...path, verb]) ? { verb, what: "text", argument: emits, ...how } : undefined;
      });
    case "uses":
      return checked(usesStatement, raw, scope, path, ({ uses }, how) =>
        uses.filter((name) => !scope.argument(name, [...path, verb])).length > 0 ? undefined : { verb, arguments: uses, ...how },
      );
    case "doubts":
      return checked(doubtStatement, raw, scope, path, ({ doubts, kind }, how) => ({
        verb: "doubt",
        text: doubts,
        kind: kind ?? "hidden-argument",
        ...how,
      }));
    default:
      return compileEffect(verb, raw, scope, path);
  }
}

/** Checks against the verb's schema, compiles the modifiers that every verb has, then the rest. */
function checked<Facts extends StatementFacts>(
  schema: z.ZodType<Facts>,
  raw: object,
  scope: Scope,
  path: Path,
  compile: (facts: Facts, how: Modifiers) => Compiled,
): Compiled {
  const facts = scope.source.check(path, schema, raw);
  if (!facts) return undefined;
  const when = scope.condition(facts.when, [...path, "when"]);
  const unless = scope.condition(facts.unless, [...path, "unless"]);
  const shape = facts.type === undefined ? undefined : compileShape(facts.type, scope, [...path, "type"]);
  return compile(facts, present({ when, unless, key: facts.key, shape }));
}

function compileEffect(verb: string, raw: object, scope: Scope, path: Path): Compiled {
  const kind = EFFECT_VERBS.get(verb);
  if (!kind) return undefined;
  return checked(effectStatement(verb), raw, scope, path, (facts, how) => {
    const named: Readonly<Record<string, unknown>> = facts;
    const subject = compileSubject(String(named[verb]), scope, [...path, verb], how);
    if (!subject) return undefined;
    return {
      verb: "effect",
      kind,
      subject,
      attributes: compileAttributes(facts, scope, path),
      ...present({ inside: facts.inside }),
      ...how,
    };
  });
}

function compileAttributes(facts: Readonly<Record<string, unknown>>, scope: Scope, path: Path): Record<string, AttributeSpec> {
  const attributes: Record<string, AttributeSpec> = {};
  for (const flag of FLAG_ATTRIBUTES) {
    const value = facts[flag];
    if (!Array.isArray(value)) continue;
    const when = value[0] === "true" ? undefined : scope.condition(value.map(String), [...path, flag]);
    attributes[flag] = when ? { when } : true;
  }
  for (const name of VALUE_ATTRIBUTES) {
    const value = facts[name];
    if (typeof value !== "string") continue;
    if (value.startsWith("=")) attributes[name] = { text: value.slice(1) };
    else if (ARGUMENT.test(value) && scope.argument(value, [...path, name])) attributes[name] = { argument: value };
    else if (!ARGUMENT.test(value))
      scope.source.problem([...path, name], `${name}: expected an argument, or fixed text as in "=${value}"`);
  }
  return attributes;
}

function compileFlow(facts: FlowFacts, how: Modifiers, scope: Scope, path: Path): Compiled {
  const at = [...path, "flows"];
  const [left, right, more] = facts.flows.split(" -> ").map((end) => end.trim());
  if (left === undefined || right === undefined || more !== undefined) {
    scope.source.problem(at, `expected "FROM -> TO"`);
    return undefined;
  }
  const from = compileEnd(left, scope, at, "from", how);
  const to = compileEnd(right, scope, at, "to", how);
  const append = facts.append?.[0] === "true" ? true : scope.condition(facts.append, [...path, "append"]);
  const attributes = compileAttributes(facts, scope, path);
  const rest: Partial<FlowStatement> = present({ step: facts.step, append, into: facts.into, inside: facts.inside });
  return from && to ? { verb: "flow", from, to, attributes, ...rest, ...how } : undefined;
}

function compileRun(facts: RunFacts, how: Modifiers, scope: Scope, path: Path): Compiled {
  const subject = compileRunSubject(facts.runs, scope, [...path, "runs"]);
  if (facts.as === "code" && facts.language === undefined)
    scope.source.problem(path, `"language" is missing: which language is the code?`);
  for (const name of facts.args ?? []) scope.argument(name, [...path, "args"]);
  if (facts.cwd !== undefined) scope.argument(facts.cwd, [...path, "cwd"]);
  if (facts.env !== undefined) scope.argument(facts.env, [...path, "env"]);
  const rest: Partial<RunStatement> = present({
    language: facts.language,
    join: facts.join,
    args: facts.args,
    under: facts.under,
    strip: facts.strip,
    prepend: facts.prepend,
    append: facts.append,
    feed: compileFeed(facts, scope, path),
    outside: facts.outside,
    cwd: facts.cwd,
    env: facts.env,
    cleared: scope.condition(facts.cleared, [...path, "cleared"]),
    stdin: facts.stdin === undefined ? undefined : compileEnd(facts.stdin, scope, [...path, "stdin"], "from"),
    stdout: facts.stdout === undefined ? undefined : compileEnd(facts.stdout, scope, [...path, "stdout"], "to"),
    deferredBy: facts.deferred_by === undefined ? undefined : compileSubject(facts.deferred_by, scope, [...path, "deferred_by"]),
  });
  return subject ? { verb: "run", subject, as: facts.as, ...rest, ...how } : undefined;
}

function compileRunSubject(text: string, scope: Scope, path: Path): RunStatement["subject"] | undefined {
  if (text === "stdin") return { port: "stdin" };
  if (text.startsWith("=")) return { text: text.slice(1) };
  if (ARGUMENT.test(text)) return scope.argument(text, path) ? { argument: text } : undefined;
  scope.source.problem(path, `"${text}": expected an argument, stdin, or fixed text as in "=${text}"`);
  return undefined;
}

function compileFeed(facts: RunFacts, scope: Scope, path: Path): Feed | undefined {
  if (facts.feed === undefined) {
    if (facts.replace !== undefined) scope.source.problem([...path, "replace"], `"replace" needs "feed"`);
    return undefined;
  }
  const { replace } = facts;
  const replaced = replace !== undefined && ARGUMENT.test(replace) ? { argument: replace } : replace;
  if (typeof replaced === "object") scope.argument(replaced.argument, [...path, "replace"]);
  if (facts.parted !== undefined) scope.argument(facts.parted, [...path, "parted"]);
  return { items: compileItems(facts.feed, scope, [...path, "feed"]), ...present({ replace: replaced, parted: facts.parted }) };
}

/** Where the items come from: stdin, paths, the lines of a file, the words of an argument. */
function compileItems(feed: string, scope: Scope, path: Path): Feed["items"] {
  if (feed === "stdin") return feed;
  const below = compilePaths(feed, scope, path);
  if (below) return below;
  const texts = feed.endsWith("...");
  const name = texts ? feed.slice(0, -3) : feed;
  scope.argument(name, path);
  return texts ? { texts: name } : { file: name };
}
