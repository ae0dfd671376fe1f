import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { Analyzer } from "../index.ts";
import { DECISIONS, type Decision, SEVERITIES, type Severity, type Verdict } from "../model/finding.ts";
import type { Context } from "../model/subject.ts";
import { type Linted, lintJson, lintPretty, lintSummary } from "../report/lint.ts";
import { shellOf } from "../sources/script.ts";
import { decode, MOST_BYTES, textOf } from "./bytes.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { addSharedOptions, FORMATS, lookOf, oneWord, type SharedOptions, worldOf } from "./options.ts";

interface Options extends SharedOptions {
  readonly format: string;
  readonly failOn: string;
}

const THRESHOLDS = [...SEVERITIES, "require_approval", "deny"] as const;
type Threshold = Severity | Exclude<Decision, "allow">;

export function declare(command: Command, host: Host): void {
  addSharedOptions(command)
    .argument("[file...]", "shell scripts; - or none reads stdin; the first line says which shell")
    .option("--format <format>", "pretty or json", "pretty")
    .option(
      "--fail-on <threshold>",
      "exit 1 from this severity (low, medium, high, critical) or decision (require_approval, deny) on",
      "require_approval",
    )
    .action(async (files: readonly string[], options: Options) =>
      host.exit(await lint(files.length === 0 ? ["-"] : files, options, host)),
    );
}

async function lint(files: readonly string[], options: Options, { io, open }: Host): Promise<number> {
  const format = oneWord("--format", options.format, FORMATS);
  const threshold = oneWord("--fail-on", options.failOn, THRESHOLDS);
  const context = await worldOf(options, io);
  const look = lookOf(options, io);
  const analyzer = await open(options);
  const done: Linted[] = [];
  const errors: { file: string; message: string }[] = [];
  for (const file of files) {
    const linted = await lintFile(file, analyzer, context, io);
    if ("message" in linted) errors.push(linted);
    else done.push(linted);
    if (format === "pretty" && "verdict" in linted && !(await io.write(lintPretty(linted, look)))) break;
  }
  if (format === "pretty") {
    for (const { message } of errors) io.complain(message);
    if (done.length > 0)
      await io.write(
        lintSummary(
          done.map(({ verdict }) => verdict.decision),
          look,
        ),
      );
  } else await io.write(`${JSON.stringify({ version: 1, files: done.map(lintJson), errors }, null, 2)}\n`);
  if (errors.length > 0) return EXIT_ERROR;
  return done.some(({ verdict }) => reaches(verdict, threshold)) ? 1 : 0;
}

/** A file that cannot be judged is an error of its own; the others are judged all the same. */
async function lintFile(
  name: string,
  analyzer: Analyzer,
  context: Context,
  io: Io,
): Promise<Linted | { readonly file: string; readonly message: string }> {
  const file = name === "-" ? "<stdin>" : name;
  try {
    const text = name === "-" ? await textOf(io.stdin, file) : readText(name);
    const script = shellOf(text, file);
    if ("other" in script) throw new Failure(`${file} is no shell script: its first line names ${script.other}`);
    return { file, text, shell: script.shell, verdict: analyzer.analyze({ command: text }, { ...context, shell: script.shell }) };
  } catch (error) {
    return { file, message: error instanceof Failure ? error.message : `${file}: ${reason(error)}` };
  }
}

function readText(file: string): string {
  const bytes = readFileSync(file);
  if (bytes.length > MOST_BYTES) throw new Failure(`${file} is longer than ${MOST_BYTES} bytes`);
  return decode(bytes, file);
}

function reaches({ decision, findings }: Verdict, threshold: Threshold): boolean {
  if (threshold === "require_approval" || threshold === "deny")
    return DECISIONS.indexOf(decision) >= DECISIONS.indexOf(threshold);
  return findings.some((finding) => SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(threshold));
}
