import type { CommandSpec } from "../knowledge/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { type Profile, ROWS } from "../knowledge/profile.ts";
import { printStatement } from "../report/facts.ts";
import type { SuiteCoverage, Uncovered } from "../report/suite-coverage.ts";
import { optionKey, rowKey, ruleKey, statementKey, variableKey } from "./exercised.ts";

/** Everything that could be exercised, and what of it the keys name. */
export function suiteCoverage(knowledge: Knowledge, exercised: ReadonlySet<string>, profiles: readonly string[]): SuiteCoverage {
  const rules = knowledge.rules.filter(({ status }) => status === "stable");
  const specs = [...specsOf(knowledge)];
  const rows = profiles.flatMap((name) => rowsOf(knowledge.profile(name)));
  return {
    rules: counted(
      exercised,
      rules.map(({ id }) => ({ key: ruleKey(id), of: id, text: id })),
    ),
    statements: counted(
      exercised,
      specs.flatMap((spec) => [
        ...spec.does.map((statement, at) => ({ key: statementKey(spec, at), of: spec.id, text: printStatement(statement) })),
        ...spec.env.map(({ name, statement }, at) => ({
          key: variableKey(spec, at),
          of: spec.id,
          text: `$${name} ${printStatement(statement)}`,
        })),
      ]),
    ),
    options: counted(
      exercised,
      specs.flatMap((spec) =>
        spec.options
          .filter(({ inert }) => !inert)
          .map((option) => ({ key: optionKey(spec, option), of: spec.id, text: option.names.join(", ") })),
      ),
    ),
    rows: counted(exercised, rows),
  };
}

interface Exercisable extends Uncovered {
  readonly key: string;
}

function counted(exercised: ReadonlySet<string>, all: readonly Exercisable[]): SuiteCoverage["rules"] {
  const missing = all.filter(({ key }) => !exercised.has(key));
  return {
    covered: all.length - missing.length,
    all: all.length,
    missing: missing.map(({ of, text }) => ({ of, text })),
  };
}

const rowsOf = (profile: Profile | undefined): readonly Exercisable[] =>
  profile ? ROWS.map((row) => ({ key: rowKey(profile.name, row), of: profile.name, text: row })) : [];

/** Each program's facts once, whatever names it goes by, and those of its subcommands. */
function* specsOf(knowledge: Knowledge): Generator<CommandSpec> {
  const seen = new Set<string>();
  const open = knowledge.commandNames.flatMap((name) => knowledge.command(name) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (let spec = open.shift(); spec; spec = open.shift()) {
    if (seen.has(spec.id)) continue;
    seen.add(spec.id);
    yield spec;
    open.unshift(...Object.values(spec.subcommands ?? {}));
  }
}
