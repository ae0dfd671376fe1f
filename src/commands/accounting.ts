import type { Shape } from "../knowledge/command.ts";
import type { Doubt } from "../model/doubt.ts";
import type { Resource } from "../model/resource.ts";
import { type Argument, originOf, printValue } from "../model/value.ts";
import type { Given } from "./call.ts";
import { mentions } from "./mentions.ts";
import type { Strange } from "./parsed.ts";
import { isHidden } from "./scan.ts";
import { meantByWord } from "./subjects.ts";
import type { Work } from "./work.ts";

/** Shapes whose text names nothing: the facts say what it is, so there is nothing to explain. */
const PLAIN: ReadonlySet<Shape> = new Set<Shape>(["text", "pattern", "name", "number", "mode"]);

/** Resources that one doubt names. */
const MOST = 64;

/** Every word is used, harmless, or a doubt. */
export function accountFor(work: Work): void {
  for (const strange of work.parsed.strange) work.doubts.push(strangeDoubt(strange, work));
  for (const given of work.parsed.surplus) unexplained(given, work);
  for (const [name, words] of work.parsed.given) {
    for (const given of words) {
      if (given.byDefault) continue;
      const use = work.uses.get(given);
      if (isHidden(given.value)) hidden(name, given, work);
      else if (!use && !PLAIN.has(work.shape(name)) && mentions(given).length > 0) unexplained(given, work);
    }
  }
  for (const given of work.parsed.inert) if (given.count === "any" && isHidden(given.value)) push("argument", given, [], work);
}

function strangeDoubt({ kind, name, argument, rest }: Strange, work: Work): Doubt {
  // An option that we cannot see may do anything with what stands beside it.
  const about = kind === "hidden" ? work.mentions() : rest.flatMap(mentions).slice(0, MOST);
  const program = work.parsed.grammar.spec.id;
  const by = originOf(argument.value)?.by;
  const at = { span: argument.span, role: "argument", about, ...(by ? { by } : {}) } as const;
  switch (kind) {
    case "hidden":
      return { kind: "hidden-argument", text: `hidden option ${printValue(argument.value)} of ${program}`, ...at };
    case "option":
      return { kind: "unknown-option", text: `unknown option ${name} of ${program}`, ...at };
    case "ambiguous":
      return { kind: "unknown-option", text: `${name} of ${program} is short for several options`, ...at };
    case "subcommand":
      return { kind: "unknown-command", text: `unknown command ${program} ${printValue(argument.value)}`, ...at };
  }
}

function unexplained(given: Given, work: Work): void {
  if (isHidden(given.value)) {
    push("argument", given, [], work);
    return;
  }
  work.doubts.push({
    kind: "unexplained-argument",
    text: `unexplained argument ${printValue(given.value)} of ${work.parsed.grammar.spec.id}`,
    span: given.span,
    role: "argument",
    about: mentions(given),
  });
}

/** A word we cannot see matters if something is done with it, or if it may be an option. */
function hidden(name: string, given: Given, work: Work): void {
  const use = work.uses.get(given);
  const shape = work.shape(name);
  const plain = PLAIN.has(shape) || shape === "code" || shape === "argv";
  const spills = given.count === "any" && !(given.settled && given.group === 0);
  const mayBeOption = work.parsed.grammar.spec.mode !== "none" && (!given.settled || spills);
  // The words of a nested program are that program's to doubt.
  if (shape === "argv" && use) return;
  if (plain && !mayBeOption && use?.role !== "code" && use?.role !== "destructive") return;
  push(use?.role ?? "argument", given, [...named(name, given, work), ...(use?.beside ?? [])], work);
}

function named(name: string, given: Given, work: Work): readonly Resource[] {
  return meantByWord(name, given, {}, work).flatMap(({ reading }) => (reading.kind === "resource" ? [reading.on] : []));
}

function push(role: Doubt["role"], argument: Argument, about: readonly Resource[], work: Work): void {
  const by = originOf(argument.value)?.by;
  work.doubts.push({
    kind: "hidden-argument",
    text: `hidden argument ${printValue(argument.value)} of ${work.parsed.grammar.spec.id}`,
    span: argument.span,
    role,
    about,
    ...(by ? { by } : {}),
  });
}
