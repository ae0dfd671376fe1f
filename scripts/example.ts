import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { createAnalyzer } from "../src/index.ts";
import { type Knowledge, openKnowledge } from "../src/knowledge/knowledge.ts";
import type { CommandExample } from "../src/load/examples.ts";
import { readFolder } from "../src/load/folder.ts";
import { compileKnowledge, type KnowledgeExamples, type KnowledgeFile } from "../src/load/knowledge.ts";
import { printProblem } from "../src/load/source.ts";
import { Sets } from "../src/rules/sets.ts";
import { commandAnalyzer, differenceOf, givenBy, printInput, ruleMessage, setMessage } from "../src/suite/knowledge-examples.ts";
import { type Gives, withGives } from "./with-gives.ts";

/**
 * Runs the examples of a command file, pack, rule or set as they are on disk: `npx tsx scripts/example.ts tar`.
 * Several names may be given; none means everything. `--write` fills in `gives` where a command's example has none.
 */
const names = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const write = process.argv.includes("--write");
let toLookAt = 0;

const files = readFolder("rules");
const chosenFiles = files.filter((file) => names.length === 0 || names.some((name) => isNamed(file, name)));
const chosen = new Set(chosenFiles.map((file) => file.path));
const { data, examples, problems } = compileKnowledge(needed(), { drafts: true });
const knowledge = openKnowledge([data]);
const mine = select(examples);
const involved = new Set([...chosen, ...[...mine.rules, ...mine.sets].map((example) => example.file)]);

for (const problem of problems) if (involved.has(problem.file)) say("FAIL", printProblem(problem));
runCommands(mine.commands);
if (mine.rules.length > 0) runRules(mine.rules);
runSets(mine.sets, knowledge);
if (mine.commands.length + mine.rules.length + mine.sets.length === 0)
  say("FAIL", `no file, rule or set with examples is called ${names.join(", ")}`);
console.log(toLookAt === 0 ? "all ok" : `${toLookAt} to look at`);
process.exitCode = toLookAt === 0 ? 0 : 1;

/** Running programs needs those that occur in the chosen files, which is quick; judging needs everything. */
function needed(): readonly KnowledgeFile[] {
  const commandsOnly =
    names.length > 0 && names.every((name) => files.some((file) => isCommandFile(file) && isNamed(file, name)));
  if (!commandsOnly) return files;
  const words = new Set(chosenFiles.flatMap((file) => file.text.split(/[^\w.+-]+/)));
  return files.filter(
    (file) =>
      file.path.endsWith("profiles.yaml") ||
      (isCommandFile(file) && programsOf(file).some((name) => name === "*" || words.has(name.split(" ")[0] ?? ""))),
  );
}

function isCommandFile(file: KnowledgeFile): boolean {
  return file.path.includes("/commands/");
}

/** Read without YAML, which takes longer than running the examples. */
function programsOf(file: KnowledgeFile): readonly string[] {
  const line = file.text.split("\n").find((one) => one.startsWith("command:")) ?? "";
  return line
    .slice("command:".length)
    .replace(/#.*/, "")
    .split(/[[\],]/)
    .map((one) => one.trim().replace(/^"|"$/g, ""));
}

/** By the file's name or, for a command file, by any name of the program. */
function isNamed(file: KnowledgeFile, name: string): boolean {
  if (basename(file.path, ".yaml") === name) return true;
  return isCommandFile(file) && programsOf(file).includes(name);
}

function select(all: KnowledgeExamples): KnowledgeExamples {
  const isMine = (example: { readonly file: string; readonly of: string }): boolean =>
    chosen.has(example.file) || names.some((name) => example.of === name || example.of.endsWith(`/${name}`));
  return { commands: all.commands.filter(isMine), rules: all.rules.filter(isMine), sets: all.sets.filter(isMine) };
}

function say(word: "ok" | "new" | "FAIL", text: string): void {
  if (word === "FAIL") toLookAt++;
  console.log(`${word.padEnd(4)} ${text}`);
}

function runCommands(all: readonly CommandExample[]): void {
  const analyzer = commandAnalyzer(knowledge);
  const missing = new Map<string, Gives[]>();
  for (const example of all) {
    const where = `${example.file}:${example.line}  ${printInput(example.input)}`;
    if (!example.gives) {
      const gives = givenBy(example, analyzer);
      say(write ? "new" : "FAIL", `${where}${write ? "" : "  has no gives; --write fills in"}`);
      for (const line of gives) console.log(`       ${line}${reason(line, example)}`);
      missing.set(example.file, [...(missing.get(example.file) ?? []), { path: example.path, gives }]);
      continue;
    }
    const { missing: lost, extra } = differenceOf(example, analyzer);
    say(lost.length + extra.length === 0 ? "ok" : "FAIL", where);
    for (const line of lost) console.log(`     - ${line}`);
    for (const line of extra) console.log(`     + ${line}${reason(line, example)}`);
  }
  if (write) for (const [path, gives] of missing) writeFileSync(path, withGives(readFileSync(path, "utf8"), gives));

  /** What the doubts of a line say. */
  function reason(line: string, { input, context }: CommandExample): string {
    if (!line.startsWith("doubt ")) return "";
    const doubts = analyzer.analyze(input, context).doubts.filter((doubt) => line === `doubt ${doubt.kind}`);
    return `   (${doubts.map((doubt) => doubt.text).join("; ")})`;
  }
}

function runRules(all: KnowledgeExamples["rules"]): void {
  const analyzer = createAnalyzer({ knowledge });
  for (const example of all) {
    const wrong = ruleMessage(example, analyzer);
    say(
      wrong === undefined ? "ok" : "FAIL",
      `${example.file}:${example.line}  ${wrong ?? `${example.want}  ${printInput(example.input)}`}`,
    );
  }
}

function runSets(all: KnowledgeExamples["sets"], { sets }: Knowledge): void {
  if (all.length === 0) return;
  const compiled = new Sets(sets);
  for (const example of all) {
    const wrong = setMessage(example, compiled, knowledge);
    say(
      wrong === undefined ? "ok" : "FAIL",
      `${example.file}:${example.line}  ${wrong ?? `${example.of} ${example.inside ? "has" : "has not"} ${example.text}`}`,
    );
  }
}
