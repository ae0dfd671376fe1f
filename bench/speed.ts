import { parse as unbash } from "unbash";
import { createAnalyzer } from "../src/index.ts";
import { parse } from "../src/syntax/parse.ts";
import { HOSTILE } from "./hostile.ts";
import { fixtureCommands, generatedMix, longScript } from "./mix.ts";
import { scale } from "./scale.ts";
import { packageSize, startUp } from "./start.ts";

/** Most that a verdict may cost, in parses of the same command. */
const PARSES = 20;
/** Most that a doubled input may cost more. The young generation is made large, or what is measured is when it overflows. */
const DOUBLING = 2.5;
/** Most that 128 KiB made to cost much may take. */
const SLOW_MS = 500;
/** Below this a ratio is noise. */
const NOTICEABLE_MS = 20;

const analyzer = createAnalyzer();
const judge = (command: string): unknown => analyzer.analyze({ command });
const exceeded: string[] = [];
/** What is measured, from text to a tree to a verdict. The first only finds words, and reads what is in them when it is asked to. */
const STEPS = [
  ["unbash alone", unbash],
  ["argvet's parse: tree and self-check", parse],
  ["verdict", judge],
] as const;

console.log("a verdict against the parse alone, µs a command, best of 9");
perCommand("fixtures", fixtureCommands());
perCommand("generated mix", generatedMix(1000));
console.log("\nthe generated mix with a part of the facts");
exceeded.push(...scale(generatedMix(1000)));
console.log("\nstarting, ms, best of 25");
exceeded.push(...(await startUp()));
console.log(`\npackage: ${packageSize()}`);
console.log("\nlong scripts");
for (const length of [16_384, 65_536, 262_144, 1_000_000]) throughput(length);
console.log("\nhostile inputs, ms at 32, 64 and 128 KiB, and the dearer of the two doublings");
for (const [name, make] of HOSTILE) hostile(name, make);
console.log(exceeded.length === 0 ? "\nall within bounds" : `\nbeyond bounds: ${exceeded.join("; ")}`);

function perCommand(name: string, commands: readonly string[]): void {
  if (commands.length === 0) return;
  for (let i = 0; i < 5; i++) for (const command of commands) for (const [, step] of STEPS) step(command);
  const times = STEPS.map((): number[] => []);
  // In turn, so that what disturbs one disturbs the others.
  for (const command of commands) {
    const least = STEPS.map(() => Number.POSITIVE_INFINITY);
    for (let round = 0; round < 9; round++)
      for (const [i, [, step]] of STEPS.entries())
        least[i] = Math.min(
          least[i] ?? 0,
          timed(() => step(command)),
        );
    for (const [i, ms] of least.entries()) times[i]?.push(ms);
  }
  console.log(`${name}: ${commands.length} commands`);
  const [verdict = []] = times.slice(-1);
  for (const [i, [step]] of STEPS.entries()) {
    const own = times[i] ?? [];
    const ratio = (share: number): number => quantile(verdict, share) / quantile(own, share);
    const shown = own === verdict ? "" : `  a verdict is ×${ratio(0.5).toFixed(1)} at p50, ×${ratio(0.99).toFixed(1)} at p99`;
    console.log(`  ${step.padEnd(36)} p50 ${micro(quantile(own, 0.5))}  p99 ${micro(quantile(own, 0.99))}${shown}`);
    if (step.startsWith("argvet") && ratio(0.5) > PARSES) exceeded.push(`${name} ×${ratio(0.5).toFixed(1)}`);
  }
}

function throughput(length: number): void {
  const script = longScript(length);
  const ms = leastWork(() => judge(script));
  console.log(
    `  ${String(script.length).padStart(8)} characters  ${ms.toFixed(0).padStart(6)} ms  ${(script.length / ms / 1000).toFixed(2)} MB/s`,
  );
}

function hostile(name: string, make: (length: number) => string): void {
  const times = [32_768, 65_536, 131_072].map((length) => {
    const input = make(length);
    return leastWork(() => judge(input));
  });
  const [small = 0, middle = 0, large = 0] = times;
  const ratio = Math.max(middle < NOTICEABLE_MS ? 0 : middle / small, large < NOTICEABLE_MS ? 0 : large / middle);
  const shown = times.map((time) => time.toFixed(1).padStart(8)).join("");
  const over = [...(ratio > DOUBLING ? [`over ×${DOUBLING}`] : []), ...(large > SLOW_MS ? [`over ${SLOW_MS} ms`] : [])];
  console.log(
    `  ${name.padEnd(34)}${shown}  ${ratio === 0 ? "   -" : `×${ratio.toFixed(2)}`}${over.map((word) => `  ${word}`).join("")}`,
  );
  if (over.length > 0) exceeded.push(`${name} ${over.join(", ")}`);
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/**
 * Milliseconds of the cheapest of some runs: other programs, and the compiler at first, disturb the rest. Processor time counts threads
 * that collect garbage, time on the clock counts other programs: the lesser of the two is nearer.
 */
function leastWork(work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let i = 0; i < 40 && (i < 8 || spent < 600); i++) {
    const before = process.cpuUsage();
    const wall = timed(work);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, wall, (user + system) / 1000);
    spent += wall;
  }
  return least;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function micro(ms: number): string {
  return (1000 * ms).toFixed(1).padStart(8);
}
