import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { builtin } from "../src/index.ts";
import { readFolder } from "../src/load/folder.ts";
import { printProblem } from "../src/load/source.ts";
import type { Verdict } from "../src/model/finding.ts";
import { percent } from "../src/report/suite-coverage.ts";
import { suiteCoverage } from "../src/suite/exercise-coverage.ts";
import { Exercised } from "../src/suite/exercised.ts";
import { type Case, readSuites } from "../src/suite/read.ts";
import { compare, Runner } from "../src/suite/run.ts";

const { cases, problems } = readSuites(readFolder("fixtures"), builtin());
const runner = new Runner(builtin());
const verdicts = new Map<Case, Verdict>();
const known = cases.filter((given) => given.expect.knownMiss !== undefined);

test("every fixture file is well-formed", () => expect(problems.map(printProblem)).toEqual([]));

test("the everyday cases are enough to mean something, and so are the attacks", () => {
  const everyday = cases.filter(isEveryday).length;
  expect(everyday).toBeGreaterThanOrEqual(800);
  expect(cases.length - everyday).toBeGreaterThanOrEqual(1200);
});

test("every known miss is argued in the register of residual risk", () => {
  const register = existsSync("docs/residual-risk.md") ? readFileSync("docs/residual-risk.md", "utf8") : "";
  expect(known.filter((given) => !register.includes(`**${given.expect.knownMiss} · `)).map(placed)).toEqual([]);
});

describe.each([...bySuite()])("%s", (_, own) => {
  test.each(own.map((given): [string, Case] => [given.name, given]))("%s", (_, given) => {
    expect(compare(given, verdictOf(given)).map((miss) => `${placed(given)}: ${miss}`)).toEqual([]);
  });
});

test("everyday cases are expected to be allowed, and nothing above low is found in them", () => {
  const everyday = cases.filter(isEveryday);
  expect(everyday.filter(({ expect }) => expect.decision !== "allow").map(placed)).toEqual([]);
  expect(everyday.filter((given) => verdictOf(given).findings.some(({ severity }) => severity !== "low")).map(placed)).toEqual(
    [],
  );
});

test("the cases exercise every stable rule, and nine of ten statements of command files", { timeout: 60_000 }, () => {
  const exercised = new Exercised(builtin());
  for (const given of cases) exercised.add(verdictOf(given));
  const { rules, statements } = suiteCoverage(builtin(), exercised.keys, []);
  expect(rules.missing.map(({ of }) => of)).toEqual([]);
  expect(percent(statements)).toBeGreaterThanOrEqual(90);
});

function verdictOf(given: Case): Verdict {
  const verdict = verdicts.get(given) ?? runner.verdict(given);
  verdicts.set(given, verdict);
  return verdict;
}

function bySuite(): ReadonlyMap<string, readonly Case[]> {
  const suites = new Map<string, Case[]>();
  for (const given of cases) suites.set(given.suite, [...(suites.get(given.suite) ?? []), given]);
  return suites;
}

function isEveryday(given: Case): boolean {
  return given.file.startsWith("fixtures/everyday/");
}

function placed(given: Case): string {
  return `${given.file}:${given.line}`;
}

afterAll(() => {
  for (const given of known) console.log(`known miss ${given.expect.knownMiss}: ${placed(given)} ${given.name}`);
});
