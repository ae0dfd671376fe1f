import type { Command } from "commander";
import type { CommandSpec } from "../knowledge/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { printCoverage } from "../report/coverage.ts";
import { printFacts } from "../report/facts.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, FORMATS, oneWord, type SharedOptions } from "./options.ts";
import { nearWord } from "./words.ts";

interface Options extends SharedOptions {
  readonly format: string;
  readonly coverage?: true;
}

export function declare(command: Command, { io, open }: Host): void {
  addSharedOptions(command)
    .argument("[program]", "show the facts of this program alone")
    .option("--format <format>", "pretty or json", "pretty")
    .option("--coverage", "options, effects and examples counted, and classes of use that no example shows")
    .action(async (name: string | undefined, options: Options) => {
      const format = oneWord("--format", options.format, FORMATS);
      const { knowledge } = await open(options);
      if (options.coverage) await io.write(await coverage(name, knowledge, options, format));
      else if (name === undefined) await io.write(list(knowledge, format));
      else await io.write(one(name, knowledge, format));
    });
}

async function coverage(name: string | undefined, knowledge: Knowledge, options: Options, format: string): Promise<string> {
  const { readCoverage } = await import("./coverage.ts");
  const all = readCoverage(knowledge, options.pack ?? []);
  const id = name === undefined ? undefined : specOf(name, knowledge).id;
  const rows = id === undefined ? all : all.filter(({ program }) => program === id);
  return format === "json" ? `${JSON.stringify(rows, null, 2)}\n` : printCoverage(rows);
}

function list({ commandNames }: Knowledge, format: (typeof FORMATS)[number]): string {
  const names = commandNames.toSorted();
  return format === "json" ? `${JSON.stringify(names, null, 2)}\n` : names.map((name) => `${name}\n`).join("");
}

function one(name: string, knowledge: Knowledge, format: (typeof FORMATS)[number]): string {
  const spec = specOf(name, knowledge);
  return format === "json" ? `${JSON.stringify(spec, null, 2)}\n` : printFacts(spec);
}

function specOf(name: string, knowledge: Knowledge): CommandSpec {
  const spec = knowledge.command(name);
  if (spec === undefined) throw new Failure(`no facts about ${name}; ${nearWord(name, knowledge.commandNames)}`);
  return spec;
}
