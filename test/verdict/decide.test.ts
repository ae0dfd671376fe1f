import { describe, expect, test } from "vitest";
import { type Profile, ROWS, type Row } from "../../src/knowledge/profile.ts";
import { DOUBT_KINDS, type Doubt } from "../../src/model/doubt.ts";
import { type Certainty, type Decision, type Finding, SEVERITIES, type Severity } from "../../src/model/finding.ts";
import { NOWHERE } from "../../src/model/span.ts";
import type { Author } from "../../src/model/value.ts";
import type { JudgedDoubt } from "../../src/rules/doubts.ts";
import { decide } from "../../src/verdict/decide.ts";
import { rowOfDoubt } from "../../src/verdict/rows.ts";

const WORDS: Readonly<Record<string, Decision>> = { allow: "allow", ask: "require_approval", deny: "deny" };
/** Row, what standard makes of it, what strict does. */
const TABLE: readonly (readonly [Row, string, string])[] = [
  ["finding critical certain", "deny", "deny"],
  ["finding critical possible", "ask", "deny"],
  ["finding high certain", "deny", "deny"],
  ["finding high possible", "ask", "deny"],
  ["finding medium certain", "ask", "ask"],
  ["finding medium possible", "ask", "ask"],
  ["finding low certain", "allow", "ask"],
  ["finding low possible", "allow", "ask"],
  ["doubt syntax", "ask", "deny"],
  ["doubt limit", "ask", "deny"],
  ["doubt hidden-program foreign", "ask", "deny"],
  ["doubt hidden-program operator", "allow", "ask"],
  ["doubt hidden-argument exposed", "ask", "ask"],
  ["doubt hidden-argument sensitive", "ask", "ask"],
  ["doubt hidden-argument inert", "allow", "ask"],
  ["doubt unknown-option sensitive", "ask", "ask"],
  ["doubt unknown-option inert", "allow", "ask"],
  ["doubt unknown-command sensitive", "ask", "ask"],
  ["doubt unknown-command inert", "allow", "ask"],
  ["doubt unexplained-argument sensitive", "ask", "ask"],
  ["doubt unexplained-argument inert", "allow", "ask"],
  ["doubt opaque-code foreign", "ask", "deny"],
  ["doubt opaque-code project", "allow", "ask"],
  ["nothing", "allow", "allow"],
];

function profile(name: string, column: 1 | 2, observe = false): Profile {
  const rows = Object.fromEntries(TABLE.map((line) => [line[0], WORDS[line[column]]])) as Record<Row, Decision>;
  return { name, rows, ...(observe ? { observe: true } : {}) };
}
const PROFILES = [profile("observe", 1, true), profile("standard", 1), profile("strict", 2)] as const;

const finding = (severity: Severity, certainty: Certainty): Finding => ({
  rule: "a/b",
  severity,
  certainty,
  message: "found",
  remediation: "",
  attack: [],
  cwe: [],
  evidence: [{ ...NOWHERE, text: "" }],
});
const doubt = (kind: Doubt["kind"], more: Partial<Doubt> = {}, sensitive = false): JudgedDoubt => ({
  doubt: { kind, text: kind, span: NOWHERE, role: "argument", about: [], ...more },
  sensitive,
  couldMeet: [],
});
/** What every profile decides, and standard's risk. */
const verdicts = (findings: readonly Finding[], doubts: readonly JudgedDoubt[]): string =>
  `${PROFILES.map((each) => decide(findings, doubts, each).decision.replace("require_approval", "ask")).join(" ")} ${decide(findings, doubts, PROFILES[1]).risk}`;

describe("every finding, in observe, standard and strict, and its risk", () => {
  test.each([
    ["critical", "certain", "allow deny deny 90"],
    ["critical", "possible", "allow ask deny 70"],
    ["high", "certain", "allow deny deny 80"],
    ["high", "possible", "allow ask deny 60"],
    ["medium", "certain", "allow ask ask 50"],
    ["medium", "possible", "allow ask ask 40"],
    ["low", "certain", "allow allow ask 20"],
    ["low", "possible", "allow allow ask 10"],
  ] as const)("%s %s: %s", (severity, certainty, expected) =>
    expect(verdicts([finding(severity, certainty)], [])).toBe(expected),
  );
});

const AUTHORS: readonly (Author | undefined)[] = [
  "operator",
  "author",
  "output",
  "network",
  "file",
  "input",
  "glob",
  "unsupported",
  undefined,
];
const ROLES = ["argument", "code", "destructive"] as const;
const SOURCES = ["inline", "project", "network", "decoded", undefined] as const;

function expectedRow({ doubt: { kind, by, role, source }, sensitive }: JudgedDoubt): Row {
  const touches = sensitive ? "sensitive" : "inert";
  if (kind === "syntax" || kind === "limit") return `doubt ${kind}`;
  if (kind === "hidden-program") return by === "operator" ? "doubt hidden-program operator" : "doubt hidden-program foreign";
  if (kind === "opaque-code") return source === "project" ? "doubt opaque-code project" : "doubt opaque-code foreign";
  if (kind === "hidden-argument" && role !== "argument") return "doubt hidden-argument exposed";
  return `doubt ${kind} ${touches}`;
}

describe("every doubt, in observe, standard and strict, and its risk", () => {
  test.each([
    ["syntax", doubt("syntax"), "allow ask deny 50"],
    ["limit", doubt("limit"), "allow ask deny 50"],
    ["a program that the operator chose", doubt("hidden-program", { by: "operator" }), "allow allow ask 10"],
    ["a program that another's output chose", doubt("hidden-program", { by: "output" }), "allow ask deny 60"],
    ["a program that the network chose", doubt("hidden-program", { by: "network" }), "allow ask deny 60"],
    ["a program that the caller's input chose", doubt("hidden-program", { by: "input" }), "allow ask deny 60"],
    ["a program of which we cannot tell", doubt("hidden-program"), "allow ask deny 60"],
    ["an argument", doubt("hidden-argument"), "allow allow ask 5"],
    ["an argument beside a secret", doubt("hidden-argument", {}, true), "allow ask ask 40"],
    [
      "an argument that is code, though the operator chose it",
      doubt("hidden-argument", { role: "code", by: "operator" }),
      "allow ask ask 50",
    ],
    [
      "an argument that is deleted, though a glob chose it",
      doubt("hidden-argument", { role: "destructive", by: "glob" }),
      "allow ask ask 50",
    ],
    ["an option", doubt("unknown-option"), "allow allow ask 5"],
    ["an option beside a secret", doubt("unknown-option", {}, true), "allow ask ask 40"],
    ["a command", doubt("unknown-command"), "allow allow ask 5"],
    ["a command on a secret", doubt("unknown-command", {}, true), "allow ask ask 40"],
    ["an argument without a use", doubt("unexplained-argument"), "allow allow ask 5"],
    ["a secret without a use", doubt("unexplained-argument", {}, true), "allow ask ask 40"],
    ["code of the project", doubt("opaque-code", { source: "project" }), "allow allow ask 5"],
    ["code from the network", doubt("opaque-code", { source: "network" }), "allow ask deny 50"],
    ["code that was decoded", doubt("opaque-code", { source: "decoded" }), "allow ask deny 50"],
    ["code in place", doubt("opaque-code", { source: "inline" }), "allow ask deny 50"],
    ["code from we know not where", doubt("opaque-code"), "allow ask deny 50"],
  ])("%s: %3$s", (_, judged, expected) => expect(verdicts([], [judged])).toBe(expected));

  test("in every situation: kind, author, role, source, sensitivity", () => {
    const rows = new Set<Row>();
    for (const kind of DOUBT_KINDS)
      for (const by of AUTHORS)
        for (const role of ROLES)
          for (const source of SOURCES)
            for (const sensitive of [true, false]) {
              const judged = doubt(kind, { role, ...(by ? { by } : {}), ...(source ? { source } : {}) }, sensitive);
              const row = rowOfDoubt(judged);
              rows.add(row);
              expect(row).toBe(expectedRow(judged));
              for (const each of PROFILES) {
                const { would, decision, reasons } = decide([], [judged], each);
                expect([would, decision, reasons]).toEqual([
                  each.rows[row],
                  each.observe ? "allow" : each.rows[row],
                  [{ decision: each.rows[row], row, about: kind }],
                ]);
              }
            }
    expect([...rows].sort()).toEqual(ROWS.filter((row) => row.startsWith("doubt")).sort());
  });
});

describe("the verdict", () => {
  test("is to allow when there is nothing", () => {
    expect(decide([], [], PROFILES[2])).toEqual({
      decision: "allow",
      would: "allow",
      risk: 0,
      reasons: [{ decision: "allow", row: "nothing", about: "nothing found" }],
    });
  });
  test("is the strictest of all, which comes first", () => {
    const { decision, reasons } = decide([finding("low", "certain"), finding("high", "certain")], [doubt("syntax")], PROFILES[1]);
    expect([decision, ...reasons.map((reason) => `${reason.decision}: ${reason.row}: ${reason.about}`)]).toEqual([
      "deny",
      "deny: finding high certain: found [a/b]",
      "require_approval: doubt syntax: syntax",
      "allow: finding low certain: found [a/b]",
    ]);
  });
  test("of observe says what standard would decide", () => {
    const { decision, would } = decide([finding("critical", "certain")], [], PROFILES[0]);
    expect([decision, would]).toEqual(["allow", "deny"]);
  });
  test("in strict is allow only without findings and doubts", () => {
    expect(TABLE.filter(([row]) => PROFILES[2].rows[row] === "allow").map(([row]) => row)).toEqual(["nothing"]);
  });
});

describe("risk", () => {
  const risk = (...findings: Finding[]): number => decide(findings, [], PROFILES[1]).risk;
  test("grows with severity", () => {
    for (const certainty of ["possible", "certain"] as const) {
      const risks = SEVERITIES.map((severity) => risk(finding(severity, certainty)));
      expect(risks).toEqual(risks.toSorted((a, b) => a - b));
      expect(new Set(risks).size).toBe(4);
    }
  });
  test("grows with certainty", () => {
    for (const severity of SEVERITIES)
      expect(risk(finding(severity, "certain"))).toBeGreaterThan(risk(finding(severity, "possible")));
  });
  test("grows with every further finding, by nine at most, and ends below a hundred", () => {
    const many = Array.from({ length: 30 }, () => finding("critical", "certain"));
    expect([1, 2, 5, 30].map((count) => risk(...many.slice(0, count)))).toEqual([90, 91, 94, 99]);
  });
});

test("a profile may decide a rule by name, whatever its row says", () => {
  const strict = { ...profile("strict", 2), rules: { "a/b": "deny" as const } };
  expect(decide([finding("low", "possible")], [], strict).decision).toBe("deny");
  expect(decide([{ ...finding("low", "possible"), rule: "constructor" }], [], strict).decision).toBe("require_approval");
});
