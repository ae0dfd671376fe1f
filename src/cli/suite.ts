import type { Command } from "commander";
import { IMPORTERS } from "../suite/import/formats.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, collect } from "./options.ts";
import { addOutputOptions } from "./suite-output.ts";

export function declare(command: Command, host: Host): void {
  addOutputOptions(command.command("import"))
    .description("turn a checkout, a corpus, a history or a transcript into a suite; nothing is fetched")
    .argument("<format>", IMPORTERS.map(({ format }) => format).join(", "))
    .argument("<source>", "what to read: see below")
    .option("--suite <name>", "one suite of this name, instead of those the source is divided in")
    .option("--license <id>", "licence of the source (default: what its licence file says)")
    .option("--expect <decision>", "what cases expect of which the source says nothing (default: record)")
    .option("--keep-going", "leave out what can't be read, and say so, instead of exit 2")
    .option("--keep-secrets", "leave secrets in histories and transcripts as they are")
    .addHelpText("after", `\nFormats:\n${IMPORTERS.map(({ format, about }) => `  ${format.padEnd(22)} ${about}`).join("\n")}\n`)
    .action(async (format: string, source: string, options) =>
      host.exit(await (await import("./suite-import.ts")).importSuite(format, source, options, host)),
    );
  addOutputOptions(command.command("export"))
    .description("write suites as JSONL, a case a line, or as YAML; what a suite says for all its cases each of them says")
    .argument("<path...>", "suites, or folders of suites")
    .action(async (paths: readonly string[], options) =>
      host.exit(await (await import("./suite-export.ts")).exportSuites(paths, options, host)),
    );
  addOutputOptions(addSharedOptions(command.command("record")))
    .description("turn calls into a suite: each once, secrets replaced, with today's verdict, the strictest first")
    .argument("<file...>", "audit logs, or JSON lines of calls; - for stdin")
    .option("--unjudged", "write no verdicts, but expect: record")
    .option("--keep-going", "leave out what can't be read, and say so, instead of exit 2")
    .action(async (paths: readonly string[], options) =>
      host.exit(await (await import("./suite-record.ts")).recordCalls(paths, options, host)),
    );
  addOutputOptions(addSharedOptions(command.command("minimize")))
    .description("shrink cases to the smallest command with the same decision and rules")
    .argument("[path...]", "suites, or folders of suites")
    .option("--command <command>", "shrink this shell string, and print it")
    .option("--name <text>", "only cases whose suite or name holds this, repeatable", collect, [])
    .action(async (paths: readonly string[], options) =>
      host.exit(await (await import("./suite-minimize.ts")).minimizeSuites(paths, options, host)),
    );
}
