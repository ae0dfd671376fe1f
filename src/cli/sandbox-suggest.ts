import type { Command } from "commander";
import { createAnalyzer } from "../index.ts";
import { SANDBOXES } from "../knowledge/sandbox.generated.ts";
import { printProblem } from "../load/source.ts";
import { clean } from "../report/clean.ts";
import { printSuggestion } from "../sandbox/suggest/print.ts";
import { suggestSandbox } from "../sandbox/suggest/suggest.ts";
import { SuiteReader } from "../suite/reader.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, type SharedOptions } from "./options.ts";
import { casesIn, filesOf } from "./test-cases.ts";

export function declareSuggest(command: Command, host: Host): void {
  addSharedOptions(command.command("suggest"))
    .summary("the smallest sandbox in which all that suites allow still works: exit 0 all does, 1 some is left out, 2 error")
    .argument("<suite...>", "suites, or folders of them; `argvet suite record` makes one of recorded calls")
    .action(async (suites: readonly string[], options: SharedOptions) => host.exit(await suggest(suites, options, host)));
}

async function suggest(suites: readonly string[], options: SharedOptions, { io, open }: Host): Promise<number> {
  const { knowledge } = await open(options);
  const reader = new SuiteReader(knowledge);
  const all = [...casesIn(filesOf(suites), reader)];
  const cases = all.filter(
    ({ expect, context, call }) => expect.decision === "allow" && context.sandbox === undefined && call?.idle !== true,
  );
  for (const problem of reader.problems) io.complain(clean(printProblem(problem)));
  if (reader.problems.length > 0) return EXIT_ERROR;
  if (cases.length === 0)
    throw new Failure(`no case is expected to be allowed, of ${all.length} read: there is nothing to make room for`);
  const analyzers = new Map<string, ReturnType<typeof createAnalyzer>>();
  const found = suggestSandbox(
    cases,
    ({ input, context, profile }, sandbox) => {
      const name = options.profile ?? profile;
      const analyzer = analyzers.get(name) ?? createAnalyzer({ knowledge, profile: name });
      analyzers.set(name, analyzer);
      return analyzer.analyze(input, { ...context, sandbox });
    },
    SANDBOXES,
  );
  await io.write(printSuggestion(found));
  for (const { given, rules } of found.left)
    io.complain(
      clean(`left out: ${given.suite} › ${given.name} (${rules.join(", ") || "not allowed without a sandbox either"})`),
    );
  return found.left.length > 0 ? 1 : 0;
}
