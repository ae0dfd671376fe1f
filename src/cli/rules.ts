import type { Command } from "commander";
import { ruleDetails, ruleList } from "../report/rule.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, FORMATS, lookOf, oneWord, type SharedOptions } from "./options.ts";
import { nearWord } from "./words.ts";

interface Options extends SharedOptions {
  readonly format: string;
}

export function declare(command: Command, host: Host): void {
  addSharedOptions(command)
    .argument("[rule]", "show this rule (pack/rule) alone")
    .option("--format <format>", "pretty or json", "pretty")
    .action(async (id: string | undefined, options: Options) => show(id, options, host));
  command
    .command("check")
    .summary("check rule packs, sets and command files, and run their examples")
    .argument("<file...>")
    .action(async (files: readonly string[]) => host.exit(await checkFiles(files, host)));
}

/** Says everything that is wrong with the files, one line each: first what does not compile, else what their examples do otherwise. */
async function checkFiles(files: readonly string[], { io }: Host): Promise<number> {
  const { problemsOf } = await import("./packs.ts");
  const problems = problemsOf(files);
  for (const problem of problems) io.complain(problem);
  if (problems.length > 0) return EXIT_ERROR;
  await io.write(`${files.length} ${files.length === 1 ? "file" : "files"}: nothing wrong\n`);
  return 0;
}

async function show(id: string | undefined, options: Options, { io, open }: Host): Promise<void> {
  const format = oneWord("--format", options.format, FORMATS);
  const { knowledge } = await open(options);
  const rule = knowledge.rules.find((known) => known.id === id);
  if (id !== undefined && rule === undefined)
    throw new Failure(
      `no rule ${id}; ${nearWord(
        id,
        knowledge.rules.map((known) => known.id),
      )}`,
    );
  const { paint } = lookOf(options, io);
  if (format === "json") await io.write(`${JSON.stringify(rule ?? knowledge.rules, null, 2)}\n`);
  else await io.write(rule ? ruleDetails(rule, paint) : ruleList(knowledge.rules, paint));
}
