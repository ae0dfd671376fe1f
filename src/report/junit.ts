import { clean } from "./clean.ts";
import type { Tested, TestReport } from "./tested.ts";

interface Own {
  readonly cases: string[];
  failures: number;
}

/** JUnit's XML: a testsuite for each suite, with its counts before its cases, so that nothing is written before the end. */
export class JunitReport implements TestReport {
  private readonly suites = new Map<string, Own>();

  one({ file, line, suite, name, misses }: Tested): string {
    const own = this.suites.get(suite) ?? { cases: [], failures: 0 };
    this.suites.set(suite, own);
    if (misses.length > 0) own.failures += 1;
    const failure =
      misses.length === 0 ? "" : `<failure message=${quoted(misses[0] ?? "")}>${escaped(misses.join("\n"))}</failure>`;
    own.cases.push(
      `    <testcase classname=${quoted(suite)} name=${quoted(name)} file=${quoted(file)} line="${line}">${failure}</testcase>\n`,
    );
    return "";
  }

  end(): string {
    const all = [...this.suites.values()];
    const tests = all.reduce((sum, { cases }) => sum + cases.length, 0);
    const failures = all.reduce((sum, own) => sum + own.failures, 0);
    const suites = [...this.suites].map(
      ([suite, own]) =>
        `  <testsuite name=${quoted(suite)} tests="${own.cases.length}" failures="${own.failures}">\n${own.cases.join("")}  </testsuite>\n`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${tests}" failures="${failures}">\n${suites.join("")}</testsuites>\n`;
  }
}

const quoted = (text: string): string => `"${escaped(text)}"`;

/** XML 1.0 knows no control characters but tabulator and ends of lines. */
const escaped = (text: string): string =>
  clean(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
