import type { Command } from "commander";
import { AuditError } from "../audit/files.ts";
import { checkLog, type Read, readLog } from "../audit/read.ts";
import type { AuditLine } from "../audit/record.ts";
import { statsOf } from "../audit/stats.ts";
import { DECISIONS } from "../model/finding.ts";
import { clean } from "../report/clean.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import { FORMATS, oneWord } from "./options.ts";

interface Tail {
  readonly lines: string;
  readonly decision?: string;
  readonly session?: string;
  readonly format: string;
}

export function declare(command: Command, { io, exit }: Host): void {
  command
    .command("verify")
    .description("check the hash chain over all files of a log: exit 0 whole, 1 something was changed, 2 error")
    .argument("<file>", "the log; files rotated away beside it belong to it")
    .option("--head <hash>", "hash that the log must hold: shows that its end was not cut off")
    .action(async (file: string, { head }: { head?: string }) => exit(await verify(file, head, io.write)));
  command
    .command("tail")
    .description("the last lines of a log")
    .argument("<file>", "the log")
    .option("--lines <number>", "how many", "20")
    .option("--decision <decision>", "only allow, require_approval or deny")
    .option("--session <key>", "only this session")
    .option("--format <format>", "pretty or json", "pretty")
    .action(async (file: string, options: Tail) => void (await io.write(await guarded(tail(file, options)))));
  command
    .command("stats")
    .description("decisions counted, by tool and by rule")
    .argument("<file>", "the log")
    .option("--format <format>", "pretty or json", "pretty")
    .action(async (file: string, options: { format: string }) => {
      const format = oneWord("--format", options.format, FORMATS);
      await io.write(await guarded(stats(file, format)));
    });
}

async function verify(file: string, head: string | undefined, write: (text: string) => Promise<boolean>): Promise<number> {
  const { lines, first, last, head: end, problems } = await guarded(checkLog(file));
  const lost = head === undefined || head === end || (await guarded(holds(file, head)));
  const all = lost
    ? problems
    : [...problems, `${file}: no line has the hash ${head}: the end was cut off, or this is another log`];
  if (all.length > 0) {
    await write(all.map((problem) => `${clean(problem)}\n`).join(""));
    return 1;
  }
  await write(lines === 0 ? "empty\n" : `whole  ${lines} lines, ${first} to ${last}, head ${end}\n`);
  return 0;
}

async function holds(file: string, hash: string): Promise<boolean> {
  for await (const read of readLog(file)) if ("record" in read && read.record.hash === hash) return true;
  return false;
}

async function tail(file: string, options: Tail): Promise<string> {
  const format = oneWord("--format", options.format, FORMATS);
  const decision = options.decision === undefined ? undefined : oneWord("--decision", options.decision, DECISIONS);
  const most = Number(options.lines);
  if (!Number.isInteger(most) || most < 1) throw new Failure(`--lines ${options.lines}: expected a number from 1`);
  const kept: Read[] = [];
  for await (const read of readLog(file)) {
    if ("record" in read && !isWanted(read.record, decision, options.session)) continue;
    kept.push(read);
    if (kept.length > most) kept.shift();
  }
  return kept
    .map((read) => `${"record" in read ? shown(read.record, format) : clean(`${read.file}:${read.line}: ${read.problem}`)}\n`)
    .join("");
}

const isWanted = (record: AuditLine, decision: string | undefined, session: string | undefined): boolean =>
  (decision === undefined || (record.event === "decision" && record.decision === decision)) &&
  (session === undefined || (record.event === "decision" && record.session === session));

function shown(record: AuditLine, format: (typeof FORMATS)[number]): string {
  if (format === "json") return JSON.stringify(record);
  if (record.event !== "decision") return clean(`${record.time}  ${record.event}  ${record.text}`);
  const { time, decision, outcome, tool, session, reason } = record;
  return clean([time, decision, outcome, tool, session, reason].filter((part) => part !== "").join("  "));
}

async function stats(file: string, format: (typeof FORMATS)[number]): Promise<string> {
  const all = await statsOf(file);
  if (format === "json") return `${JSON.stringify(all, null, 2)}\n`;
  const counts = DECISIONS.map((decision) => `${decision} ${all.byDecision[decision] ?? 0}`).join(", ");
  return [
    `${all.decisions} decisions: ${counts}; half took at most ${all.p50Micros} µs, 99 % at most ${all.p99Micros} µs`,
    ...all.byTool.map(([tool, calls, refused]) => `  tool  ${tool}  ${calls} calls, ${refused} refused`),
    ...all.byRule.map(([rule, count]) => `  rule  ${rule}  ${count}`),
  ]
    .map((line) => `${clean(line)}\n`)
    .join("");
}

/** What is wrong with the log is a Failure, in its own words. */
async function guarded<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AuditError ? new Failure(error.message) : error;
  }
}
