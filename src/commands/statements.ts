import type { BecomesStatement, DoubtStatement, EmitsStatement, Statement, UsesStatement } from "../knowledge/command.ts";
import { type Content, contentOf } from "../model/content.ts";
import { exact, spelledOut } from "../model/value.ts";
import { fires } from "./conditions.ts";
import { bindEffect } from "./effects.ts";
import { bindFlow } from "./flows.ts";
import { bindRun } from "./runs.ts";
import { below } from "./subjects.ts";
import type { Work } from "./work.ts";

/** Adds what one statement says to the work, if it fires. */
export function bindStatement(statement: Statement, work: Work): void {
  if (apply(statement, work)) work.fired.push(statement);
}

function apply(statement: Statement, work: Work): boolean {
  switch (statement.verb) {
    case "effect":
      return bindEffect(statement, work);
    case "flow":
      return bindFlow(statement, work);
    case "run":
      return bindRun(statement, work);
    case "becomes":
      return fires(statement, work.facts()) !== "no" && bindBecomes(statement, work);
    case "emits":
      return fires(statement, work.facts()) !== "no" && bindEmits(statement, work);
    case "uses":
      return fires(statement, work.facts()) !== "no" && bindUses(statement, work);
    case "doubt":
      return fires(statement, work.facts()) !== "no" && bindDoubt(statement, work);
  }
}

function bindBecomes({ user }: BecomesStatement, work: Work): boolean {
  if ("text" in user) {
    work.becomes = exact(user.text);
    return true;
  }
  const given = work.last(user.argument);
  if (!given) return false;
  work.use(given, "argument");
  work.becomes = given.value;
  return true;
}

/** What is printed, so that `find | xargs` and `$(basename x)` are followed. */
function bindEmits(statement: EmitsStatement, work: Work): boolean {
  if (statement.what === "fixed") {
    emit(contentOf(spelledOut(statement.argument)), work);
    return true;
  }
  if (statement.what === "text") {
    const values = work.values(statement.argument);
    for (const given of values) work.use(given, "argument");
    for (const given of values) emit(contentOf(given.value), work);
    return values.length > 0;
  }
  const { argument, named } = statement;
  const found = below({ paths: argument, ...(named === undefined ? {} : { named }) }, work);
  for (const meant of found) {
    work.use(meant.given, "argument");
    if (meant.reading.kind === "resource") emit({ lines: [meant.reading.on.value], more: true }, work);
  }
  return found.length > 0;
}

function emit(content: Content, work: Work): void {
  work.printed.push(content);
}

function bindUses({ arguments: names }: UsesStatement, work: Work): boolean {
  for (const name of names) for (const given of work.values(name)) work.use(given, "argument");
  return true;
}

function bindDoubt(statement: DoubtStatement, work: Work): boolean {
  const role = statement.kind === "opaque-code" ? "code" : "argument";
  const source = statement.kind === "opaque-code" ? { source: "project" as const } : {};
  work.doubts.push({ kind: statement.kind, text: statement.text, span: work.call.span, role, about: [], ...source });
  return true;
}
