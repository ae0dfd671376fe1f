import type { Verdict } from "../model/finding.ts";
import type { Input } from "../model/subject.ts";
import { clean } from "./clean.ts";
import { type Look, pretty } from "./pretty.ts";

/** A case that was run: what it asked, what came, and how that differs from what was expected. */
export interface Tested {
  readonly file: string;
  readonly line: number;
  readonly suite: string;
  readonly name: string;
  readonly input: Input;
  readonly verdict: Verdict;
  /** Nothing: it passed. */
  readonly misses: readonly string[];
  readonly knownMiss: string | undefined;
}

export const REPORTERS = ["pretty", "json", "junit", "tap", "github"] as const;
export type Reporter = (typeof REPORTERS)[number];

export function testReport(reporter: Reporter, tested: readonly Tested[], look: Look): string {
  switch (reporter) {
    case "pretty":
      return prettyTests(tested, look);
    case "json":
      return `${JSON.stringify({ version: 1, ...counts(tested), cases: tested.map(asData) }, null, 2)}\n`;
    case "junit":
      return junit(tested);
    case "tap":
      return tap(tested);
    case "github":
      return tested.filter(failed).map(annotation).join("");
  }
}

const failed = ({ misses }: Tested): boolean => misses.length > 0;

const counts = (tested: readonly Tested[]) => ({
  passed: tested.filter((one) => !failed(one)).length,
  failed: tested.filter(failed).length,
  knownMisses: tested.filter(({ knownMiss }) => knownMiss !== undefined).length,
});

function prettyTests(tested: readonly Tested[], look: Look): string {
  const { paint } = look;
  const parts = tested.filter(failed).map(({ file, line, suite, name, input, verdict, misses }) => {
    const head = `${paint("✗", "red")} ${clean(suite)} › ${clean(name)}  ${paint(`${clean(file)}:${line}`, "dim")}`;
    const report = pretty(verdict, input, look)
      .split("\n")
      .filter((text) => text !== "")
      .map((text) => `    ${text}\n`);
    return [`${head}\n`, ...misses.map((miss) => `  ${clean(miss)}\n`), ...report].join("");
  });
  const { passed, failed: wrong, knownMisses } = counts(tested);
  const sum = [`${passed} passed`, `${wrong} failed`, ...(knownMisses > 0 ? [`${knownMisses} known misses`] : [])];
  return `${parts.join("")}${paint(sum.join(", "), wrong > 0 ? "red" : "green")}\n`;
}

const asData = ({ file, line, suite, name, verdict, misses, knownMiss }: Tested) => ({
  file,
  line,
  suite,
  name,
  passed: misses.length === 0,
  decision: verdict.decision,
  rules: [...new Set(verdict.findings.map(({ rule }) => rule))],
  misses,
  ...(knownMiss === undefined ? {} : { knownMiss }),
});

function junit(tested: readonly Tested[]): string {
  const bySuite = new Map<string, Tested[]>();
  for (const one of tested) bySuite.set(one.suite, [...(bySuite.get(one.suite) ?? []), one]);
  const suites = [...bySuite].map(([suite, own]) => {
    const cases = own.map(({ file, line, name, misses }) => {
      const failure =
        misses.length === 0 ? "" : `<failure message=${quoted(misses[0] ?? "")}>${escaped(misses.join("\n"))}</failure>`;
      return `    <testcase classname=${quoted(suite)} name=${quoted(name)} file=${quoted(file)} line="${line}">${failure}</testcase>\n`;
    });
    return `  <testsuite name=${quoted(suite)} tests="${own.length}" failures="${own.filter(failed).length}">\n${cases.join("")}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${tested.length}" failures="${tested.filter(failed).length}">\n${suites.join("")}</testsuites>\n`;
}

const quoted = (text: string): string => `"${escaped(text)}"`;

/** XML 1.0 knows no control characters but tabulator and ends of lines. */
const escaped = (text: string): string =>
  clean(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Test Anything Protocol 14. */
function tap(tested: readonly Tested[]): string {
  const lines = tested.flatMap(({ suite, name, misses }, i) => [
    `${misses.length === 0 ? "ok" : "not ok"} ${i + 1} - ${clean(`${suite} › ${name}`).replaceAll("#", "\\#")}`,
    ...misses.map((miss) => `  # ${clean(miss)}`),
  ]);
  return `${["TAP version 14", `1..${tested.length}`, ...lines].join("\n")}\n`;
}

/** A workflow command of GitHub Actions, shown beside the line of the file. */
function annotation({ file, line, suite, name, misses }: Tested): string {
  const text = clean(`${suite} › ${name}: ${misses.join("; ")}`).replaceAll("%", "%25");
  return `::error file=${file},line=${line}::${text}\n`;
}
