import type { Command } from "commander";
import type { Analyzer } from "../index.ts";
import type { Context } from "../model/subject.ts";
import { pretty } from "../report/pretty.ts";
import { verdictJson } from "../report/verdict-json.ts";
import { EXIT } from "./exit.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import { inputOf } from "./input.ts";
import type { Io } from "./io.ts";
import { addSharedOptions, FORMATS, lookOf, oneWord, type SharedOptions, worldOf } from "./options.ts";

interface Options extends SharedOptions {
  readonly argv?: true;
  readonly call?: true;
  readonly jsonl?: true;
  readonly format: string;
}

export function declare(command: Command, host: Host): void {
  addSharedOptions(command)
    .argument("[command...]", "one shell string, - for stdin, or the words after --argv --")
    .option("--argv", "an argv array, no shell: --argv -- PROGRAM ARG…")
    .option("--call", 'a tool call, as JSON: { "tool", "arguments", "server"? }, or the tools/call message')
    .option(
      "--jsonl",
      'a stream: each line of stdin is { "id"?, "command" }, { "id"?, "argv" } or { "id"?, "tool", "arguments" }, one verdict line each',
    )
    .option("--format <format>", "pretty or json", "pretty")
    .action(async (operands: readonly string[], options: Options) => host.exit(await check(operands, options, host)));
}

async function check(operands: readonly string[], options: Options, { io, open }: Host): Promise<number> {
  const format = oneWord("--format", options.format, FORMATS);
  const context = await worldOf(options, io);
  const analyzer = await open(options);
  if (options.jsonl) {
    if (operands.length > 0 || options.argv || options.call)
      throw new Failure("--jsonl reads commands from stdin; leave out the others");
    const { checkStream } = await import("./check-stream.ts");
    return checkStream(analyzer, context, io);
  }
  const { input, verdict } = options.call
    ? await checkCall(operands, options, analyzer, context, io)
    : await checkInput(operands, options, analyzer, context, io);
  await io.write(format === "json" ? `${JSON.stringify(verdictJson(verdict))}\n` : pretty(verdict, input, lookOf(options, io)));
  return EXIT[verdict.decision];
}

async function checkInput(operands: readonly string[], { argv }: Options, analyzer: Analyzer, context: Context, io: Io) {
  const input = await inputOf(operands, argv === true, io);
  return { input, verdict: analyzer.analyze(input, context) };
}

async function checkCall(operands: readonly string[], { argv }: Options, analyzer: Analyzer, context: Context, io: Io) {
  const input = await inputOf(operands, false, io);
  if (argv || !("command" in input)) throw new Failure("--call takes a call; leave out --argv");
  const [{ readCall }, { analyzeCall }] = await Promise.all([
    import("../policy/call-json.ts"),
    import("../policy/analyze-call.ts"),
  ]);
  const read = readCall(input.command);
  if ("problem" in read) throw new Failure(`the call: ${read.problem}`);
  const { tool, arguments: args, ...hints } = read.call;
  const { subject, verdict } = analyzeCall(analyzer, tool, args, hints, context);
  return { input: subject.input, verdict };
}
