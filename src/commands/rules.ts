import type { CommandSpec, EndSpec, Statement, Subject } from "../knowledge/command.ts";

/** A statement, and the arguments without which it says nothing. */
export interface Rule {
  readonly statement: Statement;
  readonly needs: readonly string[];
}

export const rulesOf = (spec: CommandSpec): readonly Rule[] =>
  spec.does.map((statement) => ({ statement, needs: needsOf(statement) }));

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
