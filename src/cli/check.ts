import type { Command } from "commander";
import { pretty } from "../report/pretty.ts";
import { verdictJson } from "../report/verdict-json.ts";
import { EXIT } from "./exit.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import { inputOf } from "./input.ts";
import { addSharedOptions, contextOf, FORMATS, lookOf, oneWord, type SharedOptions } from "./options.ts";

interface Options extends SharedOptions {
  readonly argv?: true;
  readonly jsonl?: true;
  readonly format: string;
}

export function declare(command: Command, host: Host): void {
  addSharedOptions(command)
    .argument("[command...]", "one shell string, - for stdin, or the words after --argv --")
    .option("--argv", "an argv array, no shell: --argv -- PROGRAM ARG…")
    .option("--jsonl", 'a stream: each line of stdin is { "id"?, "command" } or { "id"?, "argv" }, one verdict line each')
    .option("--format <format>", "pretty or json", "pretty")
    .action(async (operands: readonly string[], options: Options) => host.exit(await check(operands, options, host)));
}

async function check(operands: readonly string[], options: Options, { io, open }: Host): Promise<number> {
  const format = oneWord("--format", options.format, FORMATS);
  const context = contextOf(options, io);
  const analyzer = await open(options);
  if (options.jsonl) {
    if (operands.length > 0 || options.argv) throw new Failure("--jsonl reads commands from stdin; leave out the others");
    const { checkStream } = await import("./check-stream.ts");
    return checkStream(analyzer, context, io);
  }
  const input = await inputOf(operands, options.argv === true, io);
  const verdict = analyzer.analyze(input, context);
  await io.write(format === "json" ? `${JSON.stringify(verdictJson(verdict))}\n` : pretty(verdict, input, lookOf(options, io)));
  return EXIT[verdict.decision];
}
