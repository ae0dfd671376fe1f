import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { readFacts } from "../../src/policy/formats.ts";
import { toIntercept } from "../../src/policy/to-intercept.ts";
import { says } from "./asked.ts";

function written(text: string) {
  const read = readFacts(text, "p.yaml");
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  return toIntercept(read.facts);
}

const own = (entry: string, top = "validate: off"): string => `version: 1\n${top}\ntools: { t: ${entry} }\n`;
const rulesOf = (text: string): unknown => (written(text).value as { tools: { t: { rules: unknown } } }).tools.t.rules;

describe("what it can say", () => {
  test.each<[string, string, unknown]>([
    ["denial", "{ action: deny, reason: no }", [{ name: "denied", action: "deny", on_deny: "no" }]],
    [
      "conditions",
      "{ conditions: [{ path: args.a, op: in, value: [x] }, { all: [{ path: args.b, op: lt, value: 5 }] }], on_deny: c }",
      [
        {
          name: "conditions",
          action: "evaluate",
          conditions: [
            { path: "args.a", op: "in", value: ["x"] },
            { path: "args.b", op: "lt", value: 5 },
          ],
          on_deny: "c",
        },
      ],
    ],
    [
      "a refusal unless",
      "{ rules: [{ name: r, when: { not: { path: args.a, op: eq, value: 1 } }, action: deny, reason: u }] }",
      [{ name: "r", action: "evaluate", conditions: [{ path: "args.a", op: "eq", value: 1 }], on_deny: "u" }],
    ],
    [
      "a refusal of what is there",
      "{ rules: [{ name: r, when: { path: args.a, op: exists, value: true }, action: deny }] }",
      [{ name: "r", action: "evaluate", conditions: [{ path: "args.a", op: "exists", value: false }] }],
    ],
    [
      "a limit by the clock for everybody",
      "{ rate_limit: { max: 5, window: hour, align: calendar, per: global } }",
      [
        {
          name: "rate limit",
          conditions: [{ path: "state.t.rate_limit", op: "lte", value: 5 }],
          state: { counter: "rate_limit", window: "hour" },
        },
      ],
    ],
    [
      "an amount",
      "{ rate_limit: { max: 5, window: day, align: calendar, per: global, amount: args.sum } }",
      [
        {
          name: "rate limit",
          conditions: [{ path: "state.t.rate_limit", op: "lte", value: 5 }],
          state: { counter: "rate_limit", window: "day", increment_from: "args.sum" },
        },
      ],
    ],
    ["nothing", "", []],
  ])("%s", (_, entry, wanted) => {
    expect(written(own(entry)).lost).toEqual([]);
    expect(rulesOf(own(entry))).toEqual(wanted);
  });
});

describe("what it cannot is listed", () => {
  test.each<[string, string, readonly string[]]>([
    ["approval", own("{ action: require_approval }"), ["tools.t.action: nobody can be asked"]],
    ["a rule of it", own("{ rules: [{ name: r, action: require_approval }] }"), ['tools.t.rules "r": nobody can be asked']],
    [
      "judging commands",
      own("{}", "profile: strict"),
      ["validate: it looks into no command", "profile: there is nothing like it"],
    ],
    ["a mapping", own("{ call: { command: args.x } }"), ["tools.t.call: it looks into no command"]],
    [
      "a refusal when",
      own("{ rules: [{ name: r, when: { path: args.a, op: eq, value: 1 }, action: deny }] }"),
      ['tools.t.rules "r": a call is refused unless conditions hold; these say when it is'],
    ],
    [
      "one of several",
      own("{ conditions: [{ any: [{ path: args.a, op: eq, value: 1 }] }] }"),
      ["tools.t.conditions: conditions compare arguments, all of which must hold: no any, no not, no items of lists"],
    ],
    [
      "items of lists",
      own("{ conditions: [{ path: 'args.a[0]', op: eq, value: 1 }] }"),
      ["tools.t.conditions: conditions compare arguments, all of which must hold: no any, no not, no items of lists"],
    ],
    [
      "a sliding limit",
      own("{ rate_limit: 5/minute }"),
      ["tools.t: rate limit: windows there begin with the minute, hour and day: align: calendar"],
    ],
    [
      "a session's limit",
      own("{ rate_limit: { max: 5, window: 60, align: calendar } }"),
      ["tools.t: rate limit: counters there are everybody's: per: global"],
    ],
    [
      "a limit under a condition",
      own(
        "{ rules: [{ name: r, when: { path: args.a, op: eq, value: 1 }, rate_limit: { max: 1, window: day, align: calendar, per: global } }] }",
      ),
      ['tools.t.rules "r": every call is counted'],
    ],
    [
      "patterns",
      "version: 1\nvalidate: off\nhide: ['a*']\ntools: { 'b*': { action: deny } }",
      ["tools.b*: tools are named there, without patterns", "hide: a* is a pattern"],
    ],
    ["annotations", own("{}", "validate: off\nannotations: { destructive: deny }"), ["annotations: there is nothing like it"]],
  ])("%s", (_, text, wanted) => expect(written(text).lost).toEqual(wanted));
});

test("what was Intercept's comes back with the same meaning", () => {
  const text = `
version: "1"
default: deny
hide: [h]
tools:
  t:
    rules:
      - { name: big, conditions: [{ path: args.amount, op: lte, value: 500 }], on_deny: big }
      - { name: cap, conditions: [{ path: state.t.spent, op: lte, value: 900 }], state: { counter: spent, window: day, increment_from: args.amount }, on_deny: cap }
      - { name: rate, rate_limit: 5/hour }
  u: { rules: [{ name: no, action: deny, on_deny: no }] }
  "*": { rules: [{ name: all, rate_limit: 60/minute }] }
`;
  const { value, lost } = written(text);
  expect(lost).toEqual([]);
  const again = stringify(value, { version: "1.1" });
  for (const call of [
    { tool: "t", arguments: { amount: 5 } },
    { tool: "t", arguments: { amount: 501 } },
    { tool: "t" },
    { tool: "u" },
    { tool: "h" },
    { tool: "v" },
  ])
    expect(says(again, call)).toBe(says(text, call));
});
