import { clean } from "./clean.ts";
import { JunitReport } from "./junit.ts";
import type { Look } from "./pretty.ts";
import type { Tested, TestReport } from "./tested.ts";

export type { Tested, TestReport } from "./tested.ts";

export const REPORTERS = ["pretty", "json", "junit", "tap", "github"] as const;
export type Reporter = (typeof REPORTERS)[number];

export function testReport(reporter: Reporter, look: Look): TestReport {
  switch (reporter) {
    case "pretty":
      return new PrettyReport(look);
    case "json":
      return new JsonReport();
    case "junit":
      return new JunitReport();
    case "tap":
      return new TapReport();
    case "github":
      return { one: (tested) => (failed(tested) ? annotation(tested) : ""), end: () => "" };
  }
}

export const failed = ({ misses }: Tested): boolean => misses.length > 0;

export class Counts {
  passed = 0;
  failed = 0;
  knownMisses = 0;
  toRecord = 0;
  rewrites = 0;

  add(tested: Tested): void {
    this.rewrites += tested.rewrites;
    if (failed(tested)) this.failed += 1;
    else if (tested.toRecord) this.toRecord += 1;
    else this.passed += 1;
    if (tested.knownMiss !== undefined) this.knownMisses += 1;
  }

  print(): string {
    return [
      `${this.passed} passed, ${this.failed} failed`,
      ...(this.knownMisses > 0 ? [`${this.knownMisses} known misses`] : []),
      ...(this.rewrites > 0 ? [`${this.rewrites} rewrites`] : []),
      ...(this.toRecord > 0 ? [`${this.toRecord} to record`] : []),
    ].join(", ");
  }
}

class PrettyReport implements TestReport {
  private readonly counts = new Counts();
  private readonly look: Look;

  constructor(look: Look) {
    this.look = look;
  }

  one(tested: Tested): string {
    this.counts.add(tested);
    if (!failed(tested)) return "";
    const { paint } = this.look;
    const { file, line, suite, name, misses, detail } = tested;
    const head = `${paint("✗", "red")} ${clean(suite)} › ${clean(name)}  ${paint(`${clean(file)}:${line}`, "dim")}`;
    return [head, ...misses.map((miss) => `  ${clean(miss)}`), ...detail.map((text) => `    ${text}`), ""].join("\n");
  }

  end(): string {
    return `${this.look.paint(this.counts.print(), this.counts.failed > 0 ? "red" : "green")}\n`;
  }
}

/** A case a line; `argvet test --baseline` reads it back. */
class JsonReport implements TestReport {
  private readonly counts = new Counts();
  private begun = false;

  one(tested: Tested): string {
    this.counts.add(tested);
    const before = this.begin();
    this.begun = true;
    return `${before}${JSON.stringify(asData(tested))}`;
  }

  end(): string {
    const { passed, failed: wrong, knownMisses, toRecord } = this.counts;
    const before = this.begun ? "" : this.begin();
    return `${before}\n],${JSON.stringify({ passed, failed: wrong, knownMisses, toRecord }).slice(1)}\n`;
  }

  private begin(): string {
    return this.begun ? ",\n" : '{"version":1,"cases":[\n';
  }
}

const asData = ({ file, line, suite, name, decision, risk, rules, misses, knownMiss }: Tested) => ({
  file,
  line,
  suite,
  name,
  passed: misses.length === 0,
  decision,
  risk,
  rules,
  misses,
  ...(knownMiss === undefined ? {} : { knownMiss }),
});

/** Test Anything Protocol 14; the plan comes last, since how many cases there are is known only then. */
class TapReport implements TestReport {
  private count = 0;

  one({ suite, name, misses }: Tested): string {
    const head = this.count++ === 0 ? "TAP version 14\n" : "";
    const line = `${misses.length === 0 ? "ok" : "not ok"} ${this.count} - ${clean(`${suite} › ${name}`).replaceAll("#", "\\#")}\n`;
    return head + line + misses.map((miss) => `  # ${clean(miss)}\n`).join("");
  }

  end(): string {
    return `${this.count === 0 ? "TAP version 14\n" : ""}1..${this.count}\n`;
  }
}

/** A workflow command of GitHub Actions, shown beside the line of the file. */
function annotation({ file, line, suite, name, misses }: Tested): string {
  const text = clean(`${suite} › ${name}: ${misses.join("; ")}`).replaceAll("%", "%25");
  return `::error file=${property(file)},line=${line}::${text}\n`;
}

const property = (text: string): string => clean(text).replaceAll("%", "%25").replaceAll(":", "%3A").replaceAll(",", "%2C");
