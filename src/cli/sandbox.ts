import type { Command } from "commander";
import { checkSandbox, type SandboxFinding } from "../containment/check.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { SANDBOXES } from "../knowledge/sandbox.generated.ts";
import { printProblem } from "../load/source.ts";
import { SEVERITIES } from "../model/finding.ts";
import { clean } from "../report/clean.ts";
import { SEVERITY_STYLE } from "../report/paint.ts";
import { Sets } from "../rules/sets.ts";
import type { Configured } from "../sandbox/config/configured.ts";
import { writeProfile } from "../sandbox/profile/write.ts";
import { EXIT_ERROR } from "./exit.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, FORMATS, lookOf, oneWord, type SharedOptions } from "./options.ts";
import { configurationOf, sandboxOf } from "./sandbox-file.ts";
import { declareSuggest } from "./sandbox-suggest.ts";

interface CheckOptions extends SharedOptions {
  readonly format: string;
  readonly failOn: string;
}

export function declare(command: Command, host: Host): void {
  declareSuggest(command, host);
  addSharedOptions(command.command("check"))
    .summary("what makes a sandbox escapable or leaky: exit 0 nothing, 1 findings, 2 error")
    .argument("<file...>", "profiles, compose files, pods and workloads, docker inspect's output, docker run lines")
    .option("--format <format>", "pretty or json", "pretty")
    .option("--fail-on <severity>", "exit 1 from this severity on", "medium")
    .action(async (files: readonly string[], options: CheckOptions) => host.exit(await check(files, options, host)));
  command
    .command("profile")
    .summary("the profile that a configuration amounts to")
    .argument("<file[#name]>", "a configuration, and which of its containers")
    .action(async (file: string) => {
      await host.io.write(writeProfile(sandboxOf(file, host.io)));
      host.exit(0);
    });
}

interface Checked {
  readonly file: string;
  readonly configured: Configured;
  readonly findings: readonly SandboxFinding[];
}

async function check(files: readonly string[], options: CheckOptions, { io, open }: Host): Promise<number> {
  const format = oneWord("--format", options.format, FORMATS);
  const threshold = SEVERITIES.indexOf(oneWord("--fail-on", options.failOn, SEVERITIES));
  const { knowledge } = await open(options);
  const sets = setsOf(knowledge);
  const checked: Checked[] = [];
  let bad = false;
  for (const file of files) {
    const { found, problems } = configurationOf(file, io);
    for (const problem of problems) io.complain(clean(printProblem(problem)));
    bad ||= problems.length > 0;
    for (const configured of found)
      checked.push({ file, configured, findings: checkSandbox(configured.sandbox, SANDBOXES.checks, sets) });
  }
  await io.write(format === "json" ? json(checked) : checked.map((one) => pretty(one, options, io)).join(""));
  if (bad) return EXIT_ERROR;
  const reached = checked.some(({ findings }) => findings.some(({ rule }) => SEVERITIES.indexOf(rule.severity) >= threshold));
  return reached || checked.some(({ configured }) => configured.sandbox.unknown.length > 0) ? 1 : 0;
}

const setsOf = ({ sets }: Knowledge): Sets => new Sets(sets);

/** Where the first part of the sandbox that a finding is about stands. */
function positionOf({ items }: SandboxFinding, { at, where }: Configured): Configured["where"] {
  for (const { aspect, key } of items) {
    const found = at.get(key === undefined ? aspect : `${aspect} ${key}`) ?? at.get(aspect);
    if (found) return found;
  }
  return where;
}

function pretty({ file, configured, findings }: Checked, options: SharedOptions, io: Host["io"]): string {
  const { paint } = lookOf(options, io);
  const lines = findings.flatMap((finding) => {
    const { rule, certainty, message } = finding;
    const { line, column } = positionOf(finding, configured);
    return [
      `${clean(file)}:${line}:${column}: ${paint(rule.severity, SEVERITY_STYLE[rule.severity])}, ${certainty} ${paint(rule.id, "bold")}: ${clean(message)} [${rule.attack.join(", ")}]`,
      `    ${rule.fix}`,
    ];
  });
  const doubts = configured.sandbox.unknown.map(({ about, text }) => {
    const { line, column } = configured.at.get(about) ?? configured.where;
    return `${clean(file)}:${line}:${column}: doubt ${about}: ${clean(text)}`;
  });
  const sum = `${clean(configured.sandbox.name)}: ${findings.length} findings, ${doubts.length} doubts`;
  return [...lines, ...doubts, sum].map((line) => `${line}\n`).join("");
}

function json(checked: readonly Checked[]): string {
  const sandboxes = checked.map(({ file, configured, findings }) => ({
    file,
    sandbox: configured.sandbox.name,
    findings: findings.map((finding) => ({
      rule: finding.rule.id,
      severity: finding.rule.severity,
      certainty: finding.certainty,
      message: finding.message,
      attack: finding.rule.attack,
      fix: finding.rule.fix,
      ...positionOf(finding, configured),
    })),
    doubts: configured.sandbox.unknown,
  }));
  return `${JSON.stringify({ version: 1, sandboxes }, null, 2)}\n`;
}
