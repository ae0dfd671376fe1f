import { describe, expect, test } from "vitest";
import type { Case, Expectation } from "../../src/suite/read.ts";
import { compare } from "../../src/suite/run.ts";
import { at, findingAt, verdictOf } from "../report/verdict.ts";

const expectation: Expectation = {
  decision: "deny",
  orStricter: false,
  rules: undefined,
  attack: [],
  doubts: [],
  knownMiss: undefined,
};
const caseOf = (expect: Partial<Expectation>): Case => ({
  file: "f.yaml",
  line: 1,
  entry: 0,
  tags: [],
  suite: "s",
  name: "n",
  input: { command: "x" },
  context: {},
  profile: "standard",
  expect: { ...expectation, ...expect },
});
const found = verdictOf({ decision: "deny", findings: [findingAt("x", at("x", "x"))] });
const rule = "exfiltration/credential-to-network";

describe("what the verdict says otherwise", () => {
  test.each([
    ["as expected", { rules: [rule], attack: ["T1048"] }, found, []],
    ["another decision", { decision: "allow" }, found, [`decision is deny, not allow (${rule})`]],
    ["nothing recorded yet", { decision: "record" }, found, []],
    ["at least, and stricter", { decision: "require_approval", orStricter: true }, found, []],
    [
      "less than at least",
      { decision: "require_approval", orStricter: true },
      verdictOf(),
      ["decision is allow, not at least require_approval (nothing found)"],
    ],
    ["a silent rule", { rules: ["a/b"] }, found, [`a/b is silent (${rule})`]],
    ["a rule where none may fire", { rules: [] }, found, [`no rule should fire (${rule})`]],
    ["a technique not named", { attack: ["T1"] }, found, [`no finding names T1 (${rule})`]],
    ["a doubt that is not there", { doubts: ["limit"] }, found, [`there is no doubt limit (${rule})`]],
    ["nothing at all", {}, verdictOf(), ["decision is allow, not deny (nothing found)"]],
  ] as const)("%s", (_, expected, verdict, misses) => expect(compare(caseOf(expected), verdict)).toEqual(misses));
});
