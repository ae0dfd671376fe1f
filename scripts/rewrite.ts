import { parseArgs } from "node:util";
import { builtin, createAnalyzer } from "../src/index.ts";
import { readFolder } from "../src/load/folder.ts";
import { DECISIONS, type Decision } from "../src/model/finding.ts";
import { chanceFrom } from "../src/suite/chance.ts";
import { type Case, readSuites } from "../src/suite/read.ts";
import { keeps, rewrite } from "../src/suite/rewrites.ts";

/**
 * Writes our own fixtures otherwise, so that bash runs the same argv: attacks, whose verdict must not fall, and everyday commands,
 * of which it is counted how many stay allowed.
 */
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    top: { type: "string", default: "10" },
  },
});

interface Text {
  readonly given: Case;
  readonly command: string;
  readonly decision: Decision;
}

interface Outcome {
  readonly command: string;
  readonly text: string;
  readonly names: readonly string[];
  readonly before: Decision;
  readonly after: Decision;
}

const analyzer = createAnalyzer();
const texts = readSuites(readFolder("fixtures"), builtin()).cases.flatMap((given): Text[] =>
  // Where the text takes stdin for itself, what the caller pipes in reaches nobody.
  "command" in given.input &&
  given.context.stdin === undefined &&
  given.profile === "standard" &&
  (given.context.shell ?? "bash") === "bash"
    ? [{ given, command: given.input.command, decision: analyzer.analyze(given.input, given.context).decision }]
    : [],
);
const isEveryday = ({ given }: Text): boolean => given.file.startsWith("fixtures/everyday/");

const count = Number(values.count);
const top = Number(values.top);
const attacks = outcomes(
  texts.filter((text) => !isEveryday(text) && text.decision !== "allow"),
  Number(values.seed),
);
const lowered = attacks.filter(({ before, after }) => DECISIONS.indexOf(after) < DECISIONS.indexOf(before));
const passed = lowered.filter(({ after }) => after === "allow");
const everyday = outcomes(
  texts.filter((text) => isEveryday(text) && text.decision === "allow"),
  Number(values.seed),
);
const asked = everyday.filter(({ after }) => after !== "allow");
/** Text that is decoded and run is never let pass, however harmless: those are counted apart. */
const isPlain = ({ names }: Outcome): boolean => !names.includes("base64");
const plain = everyday.filter(isPlain);
const plainAsked = asked.filter(isPlain);
const share = (part: number, of: number): string => `${((100 * part) / Math.max(of, 1)).toFixed(1)} %`;
console.log(`seed ${values.seed}`);
console.log(`attacks: ${attacks.length} rewrites, ${lowered.length} lowered, of them ${passed.length} to allow`);
show(lowered);
console.log(
  `everyday: ${plain.length} rewrites, ${plain.length - plainAsked.length} stay allowed (${share(plain.length - plainAsked.length, plain.length)}); with base64 ${everyday.length}, ${everyday.length - asked.length} (${share(everyday.length - asked.length, everyday.length)})`,
);
show(plainAsked);
process.exitCode = lowered.length > 0 ? 1 : 0;

function outcomes(from: readonly Text[], seed: number): readonly Outcome[] {
  const chance = chanceFrom(seed);
  const found: Outcome[] = [];
  for (let tries = 0; found.length < count && tries < count * 4; tries += 1) {
    const { given, command, decision } = from[chance(from.length)] as Text;
    const written = rewrite(command, 1 + chance(3), chance(2 ** 31));
    const { text, names } = written;
    if (names.length === 0 || !keeps(written, analyzer.analyze(given.input, given.context))) continue;
    const after = analyzer.analyze({ ...given.input, command: text }, given.context).decision;
    found.push({ command, text, names, before: decision, after });
  }
  return found;
}

/** The smallest, and how often each way of writing is among them. */
function show(found: readonly Outcome[]): void {
  const bySize = [...found].sort((a, b) => a.names.length - b.names.length || a.text.length - b.text.length);
  for (const { command, text, names, before, after } of bySize.slice(0, top))
    console.log(`  ${before} -> ${after} [${names.join(" > ")}]\n    ${JSON.stringify(command)}\n    ${JSON.stringify(text)}`);
  const counts = new Map<string, number>();
  for (const { names } of found) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, top);
  if (most.length > 0) console.log(`  by rewrite: ${most.map(([name, times]) => `${name} ${times}`).join(", ")}`);
}
