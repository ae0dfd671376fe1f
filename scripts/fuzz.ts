import { parseArgs } from "node:util";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { builtin, createAnalyzer } from "../src/index.ts";
import { readFolder } from "../src/load/folder.ts";
import { LIMITS } from "../src/model/limits.ts";
import { type Chance, chanceFrom, pick } from "../src/suite/chance.ts";
import { readSuites } from "../src/suite/read.ts";
import { rewrite } from "../src/suite/rewrites.ts";

/** Mutates our own fixtures by grammar and dictionary, and reports exceptions, verdicts beyond the limits and slow inputs, shrunk. */
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "30" }, seed: { type: "string" }, slow: { type: "string", default: "250" } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const slow = Number(values.slow);
const chance = chanceFrom(seed);
const analyzer = createAnalyzer();
const commands = readSuites(readFolder("fixtures"), builtin()).cases.flatMap(({ input }) =>
  "command" in input ? [input.command] : [],
);

/** What shells, and those who attack their readers, put between words. */
const DICTIONARY = [
  ..."$( ) ${ } ` ' \" \\ \\\n | || && & ; ;; ;& ( ) { } [[ ]] (( )) $(( < > >> << <<- <<< <( >( >& 2>&1 &> \n \t \0 \r".split(
    " ",
  ),
  ..."if then elif else fi for in do done while until case esac select function coproc time ! eval exec source trap set".split(
    " ",
  ),
  ..."$x ${x} ${x:-y} ${!x} ${x@P} ${x//a/b} ${x:1:2} ${x^^} $@ $* $# $? $$ x=y x+=(a) declare -n readonly local IFS=".split(" "),
  ..."* ? [a-z] {a,b} {1..99999} ~ ~root !(x) $'\\x41' $\"y\" # \u202e \ud800 é \u00a0 \ufeff".split(" "),
  " <<E\n$x\nE\n",
  "${a[${b[${c[0]}]}]}",
  "f() { f | f & }; f",
  "A".repeat(3_000),
  "(".repeat(150),
  "$(".repeat(150),
  "${x:-".repeat(150),
];

/** What the worker is at: how many inputs it has begun, the length of the last one, and its text. */
const LONGEST = 40_000;
const shared: SharedArrayBuffer = isMainThread ? new SharedArrayBuffer(8 + 2 * LONGEST) : workerData;
const progress = new Int32Array(shared, 0, 2);
const current = new Uint16Array(shared, 8);
const HANGS_AFTER = 20_000;

if (isMainThread) watch();
else fuzz();

/** An endless loop cannot report itself. */
function watch(): void {
  // tsx does not follow into workers by itself.
  const start = `import("tsx/esm/api").then(({ register }) => { register(); import(${JSON.stringify(import.meta.url)}); })`;
  const worker = new Worker(start, {
    eval: true,
    argv: ["--seconds", values.seconds, "--seed", String(seed), "--slow", values.slow],
    workerData: shared,
  });
  let begun = -1;
  const timer = setInterval(() => {
    if (progress[0] !== begun) {
      begun = progress[0] ?? 0;
      return;
    }
    const text = String.fromCharCode(...current.subarray(0, progress[1]));
    console.log(`no answer after ${HANGS_AFTER / 1000} s: ${text.length} characters\n  ${JSON.stringify(text)}`);
    process.exit(1);
  }, HANGS_AFTER);
  worker.on("exit", (code) => {
    clearInterval(timer);
    process.exitCode = code;
  });
}

function begin(text: string): void {
  for (let i = 0; i < Math.min(text.length, LONGEST); i += 1) current[i] = text.charCodeAt(i);
  progress[1] = Math.min(text.length, LONGEST);
  Atomics.add(progress, 0, 1);
}

function fuzz(): void {
  const stop = performance.now() + 1000 * Number(values.seconds);
  const failures = new Map<string, string>();
  let judged = 0;
  // The first verdict compiles the knowledge.
  analyzer.analyze({ command: "true" });
  console.log(`seed ${seed}`);
  while (performance.now() < stop) {
    const input = mutant();
    judged += 1;
    const wrong = complaint(input);
    if (wrong === undefined || failures.has(wrong)) continue;
    const smallest = shrink(input, wrong);
    failures.set(wrong, smallest);
    console.log(`${wrong}: ${smallest.length} characters\n  ${JSON.stringify(smallest.slice(0, 1_000))}`);
  }
  console.log(`${judged} inputs, ${failures.size} kinds of failure`);
  process.exitCode = failures.size > 0 ? 1 : 0;
}

function mutant(): string {
  let text = pick(commands, chance) ?? "";
  for (let left = 1 + chance(6); left > 0; left -= 1) text = mutate(text, chance);
  return text.slice(0, LONGEST);
}

function mutate(text: string, by: Chance): string {
  const at = by(text.length + 1);
  const to = Math.min(text.length, at + 1 + by(12));
  switch (by(7)) {
    case 0:
      return text.slice(0, at) + (pick(DICTIONARY, by) ?? "") + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at, to).repeat(1 + by(40)) + text.slice(to);
    case 3:
      return text.slice(0, at) + (pick(commands, by) ?? "").slice(by(40));
    case 4:
      return text.slice(0, at) + String.fromCharCode(by(by(4) === 0 ? 65_536 : 128)) + text.slice(at);
    case 5:
      return `${text}${pick(["; ", " | ", " && ", "\n", " & "], by) ?? ""}${pick(commands, by) ?? ""}`;
    default:
      return rewrite(text, 1 + by(2), by(2 ** 31)).text;
  }
}

/** What is wrong with the verdict, in words that do not depend on the input's length. */
function complaint(command: string): string | undefined {
  const took = duration(command);
  if (typeof took === "string") return took;
  // A second run tells a slow input from a machine that was busy.
  return took > slow && Number(duration(command)) > slow ? `more than ${slow} ms` : undefined;
}

/** Milliseconds, or what is wrong. */
function duration(command: string): number | string {
  begin(command);
  // Time of this process alone: a busy machine makes nothing slow.
  const start = process.cpuUsage();
  try {
    const { doubts, effects, flows, findings, invocations, risk } = analyzer.analyze({ command });
    const took = process.cpuUsage(start).user / 1000;
    const internal = doubts.find(({ text }) => text.startsWith("internal error"));
    if (internal) return internal.text;
    const beyond = [
      // One more may say that there were more.
      ...(doubts.length > LIMITS.doubts + 1 ? ["doubts"] : []),
      ...(effects.length > LIMITS.effects ? ["effects"] : []),
      ...(flows.length > LIMITS.flows ? ["flows"] : []),
      ...(risk >= 0 && risk <= 100 ? [] : ["risk"]),
    ];
    if (beyond.length > 0) return `beyond the limit: ${beyond.join(", ")}`;
    const outside = [
      ...findings.flatMap(({ evidence }) => evidence),
      ...[...doubts, ...invocations].map(({ span }) => span),
    ].some(({ start: from, end }) => from < 0 || from > end || end > command.length);
    return outside ? "a span outside the text" : took;
  } catch (error) {
    return `exception: ${error instanceof Error ? error.message : "unknown"}`;
  }
}

/** Pieces are left out, the large ones first, as long as the same is wrong. */
function shrink(input: string, wrong: string): string {
  let text = input;
  const patience = performance.now() + 10_000;
  for (let size = text.length >> 1; size > 0; size >>= 1)
    for (let at = 0; at < text.length && performance.now() < patience; ) {
      const shorter = text.slice(0, at) + text.slice(at + size);
      if (complaint(shorter) === wrong) text = shorter;
      else at += size;
    }
  return text;
}
