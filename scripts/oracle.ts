import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { builtin, createAnalyzer } from "../src/index.ts";
import { readFolder } from "../src/load/folder.ts";
import { compileKnowledge } from "../src/load/knowledge.ts";
import type { Invocation } from "../src/model/invocation.ts";
import { ArgvOracle } from "../src/sandbox/argv.ts";
import { argvOracle } from "../src/sandbox/compare.ts";
import { effectsOracle } from "../src/sandbox/effects.ts";
import { missing } from "../src/sandbox/need.ts";
import { WORLD } from "../src/sandbox/template.ts";
import { isUnsound, type Oracle, type Outcome, verify } from "../src/sandbox/verify.ts";
import { readSuites } from "../src/suite/read.ts";

/**
 * `record` runs the shell strings of our own fixtures and rules between stubs and keeps what real bash did; tests replay that.
 * `live` runs some of what strict allows, in both modes, and compares. Files of JSON lines with a `command` may be named instead.
 */
const USAGE = "scripts/oracle.ts record | live [--argv N] [--effects N] [FILE.jsonl…]";
const RECORDED = "fixtures/oracle/argv.jsonl";
const LANES = 3;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    argv: { type: "string", default: "500" },
    effects: { type: "string", default: "500" },
  },
});
const [what, ...files] = positionals;
const lacking = missing(["bwrap", "strace", "nsenter", "ip"]);
if (lacking.length > 0) {
  console.error(`NOT RUN: ${lacking.join("; ")}`);
  process.exit(what === "live" ? 0 : 2);
}
if (what === "record") await record();
else if (what === "live") process.exit((await live()) ? 0 : 1);
else {
  console.error(USAGE);
  process.exit(2);
}

function ownCommands(): readonly string[] {
  const { cases } = readSuites(readFolder("fixtures"), builtin());
  const { examples } = compileKnowledge(readFolder("rules"));
  const inputs = [...cases, ...examples.rules, ...examples.commands].map(({ input }) => input);
  return [...new Set(inputs.flatMap((input) => ("command" in input ? [input.command] : [])))];
}

function commandsOf(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return ownCommands();
  const lines = paths.flatMap((path) => readFileSync(path, "utf8").split("\n"));
  return lines.flatMap((line) => (line.trim() === "" ? [] : [String(JSON.parse(line).command)]));
}

async function record(): Promise<void> {
  const oracle = new ArgvOracle(builtin().commandNames);
  const analyzer = createAnalyzer();
  const lines: string[] = [];
  for (const command of ownCommands()) {
    const names = analyzer
      .analyze({ command })
      .invocations.flatMap(({ program }) => (program.kind === "exact" ? [program.text] : []));
    const run = await oracle.run(command, names, { code: 0, output: "" });
    if (!run || run.late) continue;
    const started = run.started.map(({ program, args }) => [program, ...args]);
    lines.push(JSON.stringify({ command, started, changed: run.changed }));
  }
  oracle.close();
  writeFileSync(RECORDED, `${lines.join("\n")}\n`);
  console.log(`${lines.length} commands`);
}

async function live(): Promise<boolean> {
  const commands = commandsOf(files);
  const argv = await compare("argv", Number(values.argv), commands, () => argvOracle(builtin().commandNames));
  const effects = await compare("effects", Number(values.effects), commands, effectsOracle);
  return argv && effects;
}

async function compare(
  name: string,
  most: number,
  commands: readonly string[],
  open: () => Oracle | Promise<Oracle>,
): Promise<boolean> {
  if (most === 0) return true;
  const analyzer = createAnalyzer({ profile: "strict" });
  const judged = commands.map((command) => ({ command, verdict: analyzer.analyze({ command }, WORLD) }));
  const allowed = judged
    .filter(({ verdict }) => verdict.decision === "allow" && (name === "argv" || verdict.invocations.every(isInstalled)))
    .map(({ command }) => command);
  const step = Math.max(1, allowed.length / most);
  const cases = Array.from({ length: Math.min(most, allowed.length) }, (_, i) => allowed[Math.floor(i * step)] ?? "");
  const lanes = await Promise.all(Array.from({ length: LANES }, () => open()));
  const start = performance.now();
  const outcomes = await verify(
    cases.map((command) => ({ command, from: name })),
    analyzer,
    lanes,
  );
  for (const lane of lanes) lane.close();
  const unsound = outcomes.filter(isUnsound);
  for (const outcome of unsound) console.log(describe(outcome));
  const effective = outcomes.filter((outcome) => outcome.effective).length;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `${name}: ${allowed.length} of ${commands.length} allowed in strict, ${outcomes.length} run, ${effective} with an effect that was predicted (${((100 * effective) / Math.max(1, outcomes.length)).toFixed(0)} %), ${unsound.length} unsound, ${outcomes.filter(({ harm }) => harm.length > 0).length} harmful, ${seconds} s`,
  );
  return unsound.length === 0;
}

/** Found where the sandbox looks for it, or a builtin of bash. */
function isInstalled({ program }: Invocation): boolean {
  if (program.kind !== "exact") return false;
  if (program.text.includes("/")) return existsSync(program.text);
  return (
    ["/usr/local/bin", "/usr/bin", "/usr/sbin"].some((folder) => existsSync(`${folder}/${program.text}`)) ||
    spawnSync("bash", ["-c", 'type -t -- "$1"', "bash", program.text], { encoding: "utf8" }).stdout.trim() === "builtin"
  );
}

function describe({ command, unpredicted, harm }: Outcome): string {
  return [
    JSON.stringify(command),
    ...unpredicted.map((fact) => `  not predicted  ${fact}`),
    ...harm.map((fact) => `  harm  ${fact}`),
  ].join("\n");
}
