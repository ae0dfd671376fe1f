import type { Command } from "commander";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { printFacts } from "../report/facts.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, FORMATS, oneWord, type SharedOptions } from "./options.ts";
import { nearWord } from "./words.ts";

interface Options extends SharedOptions {
  readonly format: string;
}

export function declare(command: Command, { io, open }: Host): void {
  addSharedOptions(command)
    .argument("[program]", "show the facts of this program alone")
    .option("--format <format>", "pretty or json", "pretty")
    .action(async (name: string | undefined, options: Options) => {
      const format = oneWord("--format", options.format, FORMATS);
      const { knowledge } = await open(options);
      if (name === undefined) await io.write(list(knowledge, format));
      else await io.write(one(name, knowledge, format));
    });
}

function list({ commandNames }: Knowledge, format: (typeof FORMATS)[number]): string {
  const names = commandNames.toSorted();
  return format === "json" ? `${JSON.stringify(names, null, 2)}\n` : names.map((name) => `${name}\n`).join("");
}

function one(name: string, knowledge: Knowledge, format: (typeof FORMATS)[number]): string {
  const spec = knowledge.command(name);
  if (spec === undefined) throw new Failure(`no facts about ${name}; ${nearWord(name, knowledge.commandNames)}`);
  return format === "json" ? `${JSON.stringify(spec, null, 2)}\n` : printFacts(spec);
}
