import { createAnalyzer } from "../src/index.ts";
import { BUILTIN } from "../src/knowledge/builtin.generated.ts";
import { type KnowledgeData, openKnowledge } from "../src/knowledge/knowledge.ts";

/** Most that a verdict may cost with everything known, in verdicts with a quarter of it. */
const GROWTH = 1.25;
const SHARES = [0.25, 0.5, 1];

/** What a verdict costs when less is known: the programs that the commands use stay, of the others and of the rules a part. */
export function scale(commands: readonly string[]): readonly string[] {
  const whole = createAnalyzer();
  const used = new Set(commands.flatMap((command) => whole.analyze({ command }).invocations.flatMap(({ known }) => known ?? [])));
  const firsts = new Set([...used].map((id) => id.split(" ")[0] ?? ""));
  const parts = SHARES.map((share) => part(share, firsts));
  const analyzers = parts.map((data) => createAnalyzer({ knowledge: openKnowledge([data]) }));
  const times = analyzers.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 12; round++)
    for (const [i, analyzer] of analyzers.entries()) {
      const start = performance.now();
      for (const command of commands) analyzer.analyze({ command });
      times[i] = Math.min(times[i] ?? 0, performance.now() - start);
    }
  const [least = 1] = times;
  for (const [i, data] of parts.entries()) {
    const micro = (1000 * (times[i] ?? 0)) / commands.length;
    console.log(
      `  ${String(data.commands.length).padStart(5)} program names, ${String(data.rules.length).padStart(4)} rules  ${micro.toFixed(1).padStart(7)} µs a command  ×${((times[i] ?? 0) / least).toFixed(2)}`,
    );
  }
  const growth = (times[times.length - 1] ?? 0) / least;
  return growth > GROWTH ? [`a verdict with all facts ×${growth.toFixed(2)} of one with a quarter`] : [];
}

/** Every n-th of the rules and of the programs, and all programs in `kept`. */
function part(share: number, kept: ReadonlySet<string>): KnowledgeData {
  const stride = Math.round(1 / share);
  return {
    ...BUILTIN,
    commands: BUILTIN.commands.filter(([name], i) => i % stride === 0 || kept.has(name)),
    rules: BUILTIN.rules.filter((_, i) => i % stride === 0),
  };
}
