import type { CommandSpec } from "../knowledge/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { CommandExample } from "../load/examples.ts";
import type { ProgramCoverage } from "../report/coverage.ts";
import { ABILITIES, type Ability, shown, stated } from "./abilities.ts";
import { commandAnalyzer } from "./knowledge-examples.ts";

/** What is known of each program, and which of it its file shows by an example; in the order of their names. */
export function coverageOf(knowledge: Knowledge, examples: readonly CommandExample[]): readonly ProgramCoverage[] {
  const analyzer = commandAnalyzer(knowledge);
  const seen = new Map<string, Set<Ability>>();
  const counts = new Map<string, number>();
  for (const { of, input, context } of examples) {
    counts.set(of, (counts.get(of) ?? 0) + 1);
    seen.set(of, new Set([...(seen.get(of) ?? []), ...shown(analyzer.analyze(input, context))]));
  }
  return [...programsOf(knowledge)].map(([program, { spec, names }]) => {
    const abilities = stated(spec);
    const shownHere = seen.get(program);
    return {
      program,
      names,
      ...countsOf(spec),
      examples: counts.get(program) ?? 0,
      abilities: ABILITIES.filter((ability) => abilities.has(ability)),
      unshown: ABILITIES.filter((ability) => abilities.has(ability) && !shownHere?.has(ability)),
    };
  });
}

function programsOf(knowledge: Knowledge): ReadonlyMap<string, { readonly spec: CommandSpec; readonly names: number }> {
  const programs = new Map<string, { spec: CommandSpec; names: number }>();
  for (const name of knowledge.commandNames) {
    const spec = knowledge.command(name);
    if (spec) programs.set(spec.id, { spec, names: (programs.get(spec.id)?.names ?? 0) + 1 });
  }
  return new Map([...programs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function countsOf(spec: CommandSpec): Pick<ProgramCoverage, "options" | "inert" | "effects" | "subcommands"> {
  const inner = [...new Set(Object.values(spec.subcommands ?? {}))];
  const counts = inner.map(countsOf);
  const sum = (own: number, key: "options" | "inert" | "effects" | "subcommands"): number =>
    counts.reduce((total, count) => total + count[key], own);
  return {
    options: sum(spec.options.filter(({ inert }) => !inert).length, "options"),
    inert: sum(spec.options.filter(({ inert }) => inert).length, "inert"),
    effects: sum(spec.does.length + spec.env.length, "effects"),
    subcommands: sum(inner.length, "subcommands"),
  };
}
