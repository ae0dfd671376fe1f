import { parse } from "unbash";
import { createAnalyzer } from "../src/index.ts";
import { HOSTILE } from "./hostile.ts";
import { fixtureCommands, generatedMix, longScript } from "./mix.ts";

/** Most that a doubled input may cost more. */
const DOUBLING = 2.5;
/** Below this a ratio is noise. */
const NOTICEABLE_MS = 20;

const analyzer = createAnalyzer();
const judge = (command: string): unknown => analyzer.analyze({ command });

console.log("a verdict against the parse alone, µs a command, best of 7");
perCommand("fixtures", fixtureCommands());
perCommand("generated mix", generatedMix(1000));
console.log("\nlong scripts");
for (const length of [16_384, 65_536, 262_144, 1_000_000]) throughput(length);
console.log("\nhostile inputs, ms at 32, 64 and 128 KiB, and the dearer of the two doublings");
for (const [name, make] of HOSTILE) hostile(name, make);

function perCommand(name: string, commands: readonly string[]): void {
  if (commands.length === 0) return;
  for (let i = 0; i < 3; i++) for (const command of commands) void [parse(command), judge(command)];
  const parses = commands.map((command) => best(() => parse(command)));
  const verdicts = commands.map((command) => best(() => judge(command)));
  const ratio = quantile(verdicts, 0.5) / quantile(parses, 0.5);
  const row = (values: readonly number[]): string => `p50 ${micro(quantile(values, 0.5))}  p99 ${micro(quantile(values, 0.99))}`;
  console.log(
    `${name}: ${commands.length} commands\n  parse    ${row(parses)}\n  verdict  ${row(verdicts)}\n  ratio    p50 ${ratio.toFixed(1)}`,
  );
}

function throughput(length: number): void {
  const script = longScript(length);
  const ms = best(() => judge(script), 3, 250);
  console.log(
    `  ${String(script.length).padStart(8)} characters  ${ms.toFixed(0).padStart(6)} ms  ${(script.length / ms / 1000).toFixed(2)} MB/s`,
  );
}

function hostile(name: string, make: (length: number) => string): void {
  const times = [32_768, 65_536, 131_072].map((length) => {
    const input = make(length);
    return best(() => judge(input), 3, 250);
  });
  const [small = 0, middle = 0, large = 0] = times;
  const ratio = Math.max(middle < NOTICEABLE_MS ? 0 : middle / small, large < NOTICEABLE_MS ? 0 : large / middle);
  const shown = times.map((time) => time.toFixed(1).padStart(8)).join("");
  console.log(
    `  ${name.padEnd(34)}${shown}  ${ratio === 0 ? "   -" : `×${ratio.toFixed(2)}`}${ratio > DOUBLING ? `  OVER ×${DOUBLING}` : ""}`,
  );
}

/** Milliseconds of the fastest run, since the others were disturbed: at least `runs` of them, and as many as `patience` ms allow. */
function best(work: () => unknown, runs = 7, patience = 0): number {
  let least = Number.POSITIVE_INFINITY;
  const begin = performance.now();
  for (let i = 0; i < runs || performance.now() - begin < patience; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
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
