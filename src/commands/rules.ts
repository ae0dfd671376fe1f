import type { CommandSpec, Condition, EndSpec, Statement, Subject } from "../knowledge/command.ts";

/** A statement, and the arguments without which it says nothing. */
export interface Rule {
  readonly statement: Statement;
  readonly needs: readonly string[];
  /** Without one of these sets of options it says nothing either, whatever its arguments are. */
  readonly gate: Condition | undefined;
}

export const rulesOf = (spec: CommandSpec): readonly Rule[] =>
  spec.does.map((statement) => ({ statement, needs: needsOf(statement), gate: gateOf(statement) }));

/** Looking at a fixed text or at paths below a folder uses arguments, so that has to be done even if the statement does not hold. */
function gateOf(statement: Statement): Condition | undefined {
  const { when } = statement;
  if (!when?.every((clause) => clause.every((term) => "option" in term))) return undefined;
  switch (statement.verb) {
    case "effect":
      return isPlain(statement.subject) && !statement.inside ? when : undefined;
    case "flow":
      return isPlain(statement.from) && isPlain(statement.to) && !statement.inside ? when : undefined;
    case "run":
    case "becomes":
    case "emits":
    case "uses":
    case "doubt":
      return undefined;
  }
}

const isPlain = (end: EndSpec | Subject): boolean => "argument" in end || "port" in end || "code" in end;

function needsOf(statement: Statement): readonly string[] {
  switch (statement.verb) {
    case "effect":
      return namesIn(statement.subject);
    case "flow":
      return [...namesIn(statement.from), ...namesIn(statement.to)];
    case "run":
      return "argument" in statement.subject ? [statement.subject.argument] : [];
    case "becomes":
      return "argument" in statement.user ? [statement.user.argument] : [];
    case "emits":
      return statement.what === "fixed" ? [] : [statement.argument];
    case "uses":
    case "doubt":
      return [];
  }
}

function namesIn(end: EndSpec | Subject): readonly string[] {
  if ("argument" in end) return [end.argument];
  return "paths" in end ? [end.paths] : [];
}
