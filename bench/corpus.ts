import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createAnalyzer } from "../src/index.ts";
import { isDenied, isFlagged, isStrongEnough, type Judged, judge } from "./judge.ts";
import { readRows } from "./rows.ts";
import { gradedTable, histogram, kindOf, labelledTable, splitTable } from "./tables.ts";

const USAGE = `\
npm run bench:corpus -- FILE… [options]      files: JSON lines, gzipped or not
  --profile observe|standard|strict
  --corpus X --category X --kind "attack high" --grep TEXT    only these rows
  --by corpus|category                      tables beside the means
  --list misses|weak|alarms|denied-alarms   misses: attacks allowed, or graded rows below the weakest verdict; weak: attacks of high
                                            confidence not denied; alarms: harmless rows flagged; denied-alarms: harmless rows denied
  --top N (default 40)   --skip N   --wide
  --by-reason --by-program                  what decides, or is noticed, in the listed rows (without --list: in alarms)
  --save FILE --against FILE                keep the decisions; show what changed since`;

type Wanted = "misses" | "weak" | "alarms" | "denied-alarms";

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: "string", default: "standard" },
    corpus: { type: "string" },
    category: { type: "string" },
    kind: { type: "string" },
    grep: { type: "string" },
    by: { type: "string", multiple: true, default: [] },
    list: { type: "string" },
    top: { type: "string", default: "40" },
    skip: { type: "string", default: "0" },
    wide: { type: "boolean", default: false },
    "by-reason": { type: "boolean", default: false },
    "by-program": { type: "boolean", default: false },
    save: { type: "string" },
    against: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (options.help || files.length === 0) {
  console.log(USAGE);
  process.exit(options.help ? 0 : 2);
}

// A list piped to `head` ends when it has enough.
process.stdout.on("error", () => process.exit(0));
const analyzer = createAnalyzer({ profile: options.profile });
const rows = files
  .flatMap(readRows)
  .filter(
    (row) =>
      (options.corpus === undefined || row.corpus === options.corpus) &&
      (options.category === undefined || row.category === options.category) &&
      (options.grep === undefined || textOf({ row }).includes(options.grep)),
  );
const start = performance.now();
const all = rows.map((row) => judge(row, analyzer));
const seconds = (performance.now() - start) / 1000;
const judged = options.kind === undefined ? all : all.filter((row) => kindOf(row) === options.kind);
const labelled = judged.filter(({ row }) => "label" in row.grade);
const graded = judged.filter(({ row }) => "weakest" in row.grade);
const top = Number(options.top);

print([
  `profile ${options.profile}, ${rows.length} rows, ${seconds.toFixed(1)} s, ${((1e6 * seconds) / Math.max(1, rows.length)).toFixed(0)} µs a row`,
]);
const crashes = judged.filter(({ program }) => program === "(crash)");
if (crashes.length > 0) print([`${crashes.length} CRASHES`, ...crashes.slice(0, 10).map(line)]);
if (labelled.length > 0) print(["", ...labelledTable(labelled)]);
if (graded.length > 0) print(["", ...gradedTable(graded)]);
for (const by of options.by)
  print(["", ...splitTable(labelled, by, ({ row }) => (by === "category" ? row.category : row.corpus))]);

const wanted = judged.filter((row) => isWanted(row, wantedOf(options.list ?? "alarms")));
if (options.list !== undefined) {
  const skip = Number(options.skip);
  print(["", `${options.list}: ${wanted.length}`, ...wanted.slice(skip, skip + top).map(line)]);
}
if (options["by-reason"])
  print([
    "",
    `by reason (${options.list ?? "alarms"}: ${wanted.length} rows)`,
    ...histogram(wanted, (row) => (row.reasons.length > 0 ? row.reasons : ["(nothing)"]), top),
  ]);
if (options["by-program"])
  print([
    "",
    `by program (${options.list ?? "alarms"}: ${wanted.length} rows)`,
    ...histogram(wanted, (row) => [row.program], top),
  ]);
if (options.save !== undefined)
  writeFileSync(options.save, JSON.stringify(Object.fromEntries(all.map(({ row, decision }) => [row.id, decision]))));
if (options.against !== undefined) print(["", ...changes(options.against)]);

function wantedOf(word: string): Wanted {
  if (word === "misses" || word === "weak" || word === "alarms" || word === "denied-alarms") return word;
  console.error(`--list ${word}: expected misses, weak, alarms or denied-alarms`);
  process.exit(2);
}

/** Attacks of low confidence need context that a command does not have, unless asked for by --kind. */
function isWanted(row: Judged, list: Wanted): boolean {
  const kind = kindOf(row);
  const serious = kind === "attack high" || kind === "attack medium" || options.kind === kind;
  const harmless =
    kind === "graded"
      ? "weakest" in row.row.grade && row.row.grade.weakest === "allow"
      : kind === "benign" || options.kind === kind;
  switch (list) {
    case "misses":
      return kind === "graded" ? !isStrongEnough(row) : serious && !isFlagged(row);
    case "weak":
      return (kind === "attack high" || options.kind === kind) && isFlagged(row) && !isDenied(row);
    case "alarms":
      return harmless && isFlagged(row);
    case "denied-alarms":
      return harmless && isDenied(row);
  }
}

function textOf({ row }: Pick<Judged, "row">): string {
  return "command" in row.input ? row.input.command : row.input.argv.map((word) => JSON.stringify(word)).join(" ");
}

/** `deny  attack high  gtfobins | tar cf … | exfiltration/x certain`. */
function line(judged: Judged): string {
  const { row, decision, reasons } = judged;
  const command = short(textOf(judged), options.wide ? 2000 : 130);
  const sort = "weakest" in row.grade ? `≥${row.grade.weakest}` : kindOf(judged);
  return `${decision.slice(0, 7).padEnd(7)} ${sort} ${row.corpus}${row.category === "-" ? "" : `/${row.category}`} | ${command} | ${short(reasons.join("; "), options.wide ? 2000 : 110) || "-"}`;
}

function short(text: string, length: number): string {
  const flat = text.replaceAll("\n", "⏎").replaceAll("\t", "→");
  return flat.length > length ? `${flat.slice(0, length - 1)}…` : flat;
}

function changes(file: string): string[] {
  const before = new Map<string, unknown>(Object.entries(JSON.parse(readFileSync(file, "utf8"))));
  const changed = all.filter(({ row, decision }) => before.has(row.id) && before.get(row.id) !== decision);
  return [
    `changed since ${file}: ${changed.length}`,
    ...changed.slice(0, top).map((row) => `${String(before.get(row.row.id)).slice(0, 7)} -> ${line(row)}`),
  ];
}

function print(lines: readonly string[]): void {
  console.log(lines.join("\n"));
}
