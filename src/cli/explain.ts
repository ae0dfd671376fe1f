import type { Command } from "commander";
import { explain } from "../report/explain.ts";
import { EXIT } from "./exit.ts";
import type { Host } from "./host.ts";
import { inputOf } from "./input.ts";
import { addSharedOptions, lookOf, type SharedOptions, worldOf } from "./options.ts";

interface Options extends SharedOptions {
  readonly argv?: true;
}

export function declare(command: Command, { io, open, exit }: Host): void {
  addSharedOptions(command)
    .argument("[command...]", "one shell string, - for stdin, or the words after --argv --")
    .option("--argv", "an argv array, no shell: --argv -- PROGRAM ARG…")
    .action(async (operands: readonly string[], options: Options) => {
      const context = await worldOf(options, io);
      const analyzer = await open(options);
      const input = await inputOf(operands, options.argv === true, io);
      const verdict = analyzer.analyze(input, context);
      await io.write(explain(verdict, input, lookOf(options, io)));
      exit(EXIT[verdict.decision]);
    });
}
