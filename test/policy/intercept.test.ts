import { describe, expect, test } from "vitest";
import { problemsOf, says } from "./asked.ts";

/** A file of Intercept, version 1. */
const file = (body: string): string => `version: "1"\n${body}\n`;
const rules = (...given: readonly string[]): string =>
  file(`tools:\n  t:\n    rules:\n${given.map((rule) => `      - ${rule}\n`).join("")}`);
const t = (args: unknown = {}) => ({ tool: "t", arguments: args });

describe("order: hidden, default, rules of the tool, rules of all tools", () => {
  test.each<[string, string, string, string]>([
    ["allow is the default", file("tools: {}"), "t", "allow"],
    ["unlisted under deny", file("default: deny\ntools: {}"), "t", "deny: t is not permitted by the policy"],
    ["listed without rules", file("default: deny\ntools: { t: { rules: [] } }"), "t", "allow"],
    [
      "* rescues no unlisted tool",
      file("default: deny\ntools: { '*': { rules: [{ name: r, conditions: [{ path: args.x, op: exists, value: false }] }] } }"),
      "t",
      "deny: t is not permitted by the policy",
    ],
    [
      "* applies to listed ones",
      file("default: deny\ntools: { t: {}, '*': { rules: [{ name: r, action: deny, on_deny: no }] } }"),
      "t",
      "deny: no",
    ],
    [
      "hidden comes first",
      file("hide: [t]\ntools: { t: { rules: [{ name: r, action: deny, on_deny: no }] } }"),
      "t",
      "deny: t is hidden by the policy",
    ],
    ["all hidden", file("hide: ['*']\ntools: {}"), "t", "deny: t is hidden by the policy"],
    ["names are exact", file("tools: { T: { rules: [{ name: r, action: deny }] } }"), "t", "allow"],
    ["an attack in an exec tool: it looks into no command", file("tools: { Bash: {} }"), "Bash", "allow"],
  ])("%s", (_, text, tool, wanted) => expect(says(text, { tool, arguments: { command: "cat /etc/shadow" } })).toBe(wanted));
});

describe("conditions must hold", () => {
  const cases: readonly [op: string, value: string, passing: readonly unknown[], refused: readonly unknown[]][] = [
    ["eq", "5", [5, "5"], [6, undefined, [5]]],
    ["eq", "main", ["main"], ["Main", undefined, null, ["main"]]],
    ["eq", "true", [true, "true"], [false]],
    ["neq", "draft", ["main", 5, null], ["draft", undefined]],
    ["in", "[usd, eur]", ["usd"], ["gbp", undefined, ["usd"]]],
    ["not_in", "[admin]", ["user"], ["admin", undefined]],
    ["lt", "100", [99.5], [100, "99", undefined]],
    ["lte", "100", [100], [101]],
    ["gt", "0", [1], [0, "1"]],
    ["gte", "1", [1], [0.5, null]],
    ["regex", "^feat/", ["feat/x"], ["x", 5, ["feat/x"], undefined]],
    ["contains", "test", ["a test", ["test"]], ["tes", ["a test"], 5]],
    ["exists", "true", ["", 0, false], [null, undefined]],
    ["exists", "false", [null, undefined], ["", 0]],
  ];
  test.each(
    cases.flatMap(([op, value, passing, refused]) => [
      ...passing.map((x) => [op, value, x, "allow"] as const),
      ...refused.map((x) => [op, value, x, "deny: no"] as const),
    ]),
  )("%s %s with %j: %s", (op, value, x, wanted) =>
    expect(
      says(
        rules(`{ name: r, conditions: [{ path: args.x, op: ${op}, value: ${value} }], on_deny: "no" }`),
        t(x === undefined ? {} : { x }),
      ),
    ).toBe(wanted),
  );

  test.each<[string, string, unknown, string]>([
    [
      "all of a rule",
      "{ name: r, conditions: [{ path: args.a, op: eq, value: 1 }, { path: args.b, op: eq, value: 2 }] }",
      { a: 1, b: 2 },
      "allow",
    ],
    [
      "one fails",
      "{ name: r, conditions: [{ path: args.a, op: eq, value: 1 }, { path: args.b, op: eq, value: 2 }] }",
      { a: 1 },
      'deny: Denied by rule "r"',
    ],
    ["nested", "{ name: r, conditions: [{ path: args.a.b, op: eq, value: 1 }] }", { a: { b: 1 } }, "allow"],
    [
      "no index into lists",
      "{ name: r, conditions: [{ path: args.a.0, op: eq, value: 1 }] }",
      { a: [1] },
      'deny: Denied by rule "r"',
    ],
    ["brackets are part of a name", "{ name: r, conditions: [{ path: 'args.a[0]', op: eq, value: 1 }] }", { "a[0]": 1 }, "allow"],
    [
      "and no index",
      "{ name: r, conditions: [{ path: 'args.a[0]', op: eq, value: 1 }] }",
      { a: [1] },
      'deny: Denied by rule "r"',
    ],
  ])("%s", (_, rule, args, wanted) => expect(says(rules(rule), t(args))).toBe(wanted));

  test("every rule of the tool must pass", () =>
    expect(
      says(
        rules(
          "{ name: a, conditions: [{ path: args.a, op: exists, value: true }] }",
          "{ name: b, action: deny, on_deny: never }",
        ),
        t({ a: 1 }),
      ),
    ).toBe("deny: never"));
});

describe("counters are limits, by the clock of UTC, for everybody", () => {
  const counter = (window: string): string => `["","t.n",${window}]`;
  test.each<[string, readonly string[], unknown, string]>([
    ["shorthand", ["{ name: r, rate_limit: 5/hour }"], {}, 'allow, 1 of 5/3600 global calendar ["","t._rate_hour",3600]'],
    [
      "two windows",
      ["{ name: a, rate_limit: 2/minute }", "{ name: b, rate_limit: 9/day }"],
      {},
      'allow, 1 of 2/60 global calendar ["","t._rate_minute",60], 1 of 9/86400 global calendar ["","t._rate_day",86400]',
    ],
    [
      "at most",
      ["{ name: r, conditions: [{ path: state.t.n, op: lte, value: 5 }], state: { counter: n, window: hour } }"],
      {},
      `allow, 1 of 5/3600 global calendar ${counter("3600")}`,
    ],
    [
      "less than",
      ["{ name: r, conditions: [{ path: state.t.n, op: lt, value: 5 }], state: { counter: n, window: day } }"],
      {},
      `allow, 1 of 4/86400 global calendar ${counter("86400")}`,
    ],
    [
      "less than nothing",
      ["{ name: r, conditions: [{ path: state.t.n, op: lt, value: 0 }], state: { counter: n, window: day } }"],
      {},
      `allow, 1 of 0/86400 global calendar ${counter("86400")}`,
    ],
    [
      "in steps",
      ["{ name: r, conditions: [{ path: state.t.n, op: lte, value: 50 }], state: { counter: n, window: day, increment: 7 } }"],
      {},
      `allow, 7 of 50/86400 global calendar ${counter("86400")}`,
    ],
    [
      "by an amount",
      [
        "{ name: r, conditions: [{ path: state.t.n, op: lte, value: 50 }], state: { counter: n, window: day, increment_from: args.sum } }",
      ],
      { sum: 12 },
      `allow, 12 of 50/86400 global calendar ${counter("86400")}`,
    ],
    [
      "an amount that is missing",
      [
        "{ name: r, conditions: [{ path: state.t.n, op: lte, value: 50 }], state: { counter: n, window: day, increment_from: args.sum } }",
      ],
      {},
      "deny: what is counted as t.n is no amount",
    ],
    [
      "beside conditions of arguments",
      [
        "{ name: r, conditions: [{ path: args.a, op: eq, value: 1 }, { path: state.t.n, op: lte, value: 5 }], state: { counter: n, window: hour }, on_deny: both }",
      ],
      { a: 1 },
      `allow, 1 of 5/3600 global calendar ${counter("3600")}`,
    ],
    [
      "which fail",
      [
        "{ name: r, conditions: [{ path: args.a, op: eq, value: 1 }, { path: state.t.n, op: lte, value: 5 }], state: { counter: n, window: hour }, on_deny: both }",
      ],
      { a: 2 },
      "deny: both",
    ],
    [
      "a counter of another rule is only looked at",
      [
        "{ name: a, conditions: [{ path: state.t.n, op: lte, value: 9 }], state: { counter: n, window: hour } }",
        "{ name: b, conditions: [{ path: state.t.n, op: lt, value: 5 }] }",
      ],
      {},
      `allow, 1 of 9/3600 global calendar ${counter("3600")}, 0 of 4/3600 global calendar ${counter("3600")}`,
    ],
    [
      "a counter always exists",
      ["{ name: a, conditions: [{ path: state.t.n, op: exists, value: true }], state: { counter: n, window: hour } }"],
      {},
      "allow",
    ],
    [
      "so that this refuses everything",
      [
        "{ name: a, conditions: [{ path: state.t.n, op: exists, value: false }], state: { counter: n, window: hour }, on_deny: never }",
      ],
      {},
      "deny: never",
    ],
  ])("%s", (_, given, args, wanted) => expect(says(rules(...given), t(args))).toBe(wanted));

  test("one counter for all tools", () => {
    const text = file("tools: { '*': { rules: [{ name: r, rate_limit: 60/minute }] } }");
    expect([says(text, t()), says(text, { tool: "u" })]).toEqual(
      Array(2).fill('allow, 1 of 60/60 global calendar ["","_global._rate_minute",60]'),
    );
  });
  test("a tool looks at the counter of another", () =>
    expect(
      says(
        file(
          "tools: { u: { rules: [{ name: a, conditions: [{ path: state.u.n, op: lte, value: 9 }], state: { counter: n, window: hour } }] }, t: { rules: [{ name: b, conditions: [{ path: state.u.n, op: lt, value: 3 }] }] } }",
        ),
        t(),
      ),
    ).toBe('allow, 0 of 2/3600 global calendar ["","u.n",3600]'));
});

describe("the newer form", () => {
  test.each<[string, string, unknown, string]>([
    ["a rate without a name", "rate_limit: 60/minute", {}, 'allow, 1 of 60/60 global calendar ["","t._rate_minute",60]'],
    [
      "a sum of money",
      "spend_limit: $500/day",
      { amount: 20 },
      'allow, 20 of 500/86400 global calendar ["","t._spend_day",86400]',
    ],
    ["a sum that is not said", "spend_limit: $500/day", {}, "deny: what is counted as t._spend_day is no amount"],
    [
      "approval",
      "{ action: require_approval, approval_timeout: 10m }",
      {},
      "require_approval (600 s, then deny, any): the policy wants approval for t: require_approval",
    ],
    ["denial with a reason", "{ action: deny, reason: not here }", {}, "deny: not here"],
  ])("%s", (_, rule, args, wanted) => expect(says(rules(rule), t(args))).toBe(wanted));
});

describe("what it would refuse, or what has no meaning here, is a problem", () => {
  test.each<[string, string, readonly string[]]>([
    ["an unknown key", rules("{ name: r, acton: deny }"), ['5:20: unknown key "acton"; did you mean "action"?']],
    [
      "deny with conditions",
      rules("{ name: r, action: deny, conditions: [{ path: args.x, op: eq, value: 1 }] }"),
      ["5:34: what conditions mean with deny is not said"],
    ],
    [
      "approval with conditions",
      rules("{ name: r, action: require_approval, conditions: [{ path: args.x, op: eq, value: 1 }] }"),
      ["5:46: what conditions mean with require_approval is not said"],
    ],
    ["nothing to evaluate", rules("{ name: r }"), ["5:9: a rule that evaluates needs a condition"]],
    [
      "a rate with conditions",
      rules("{ name: r, rate_limit: 1/day, conditions: [{ path: args.x, op: eq, value: 1 }] }"),
      ["5:20: rate_limit stands without conditions, state and deny"],
    ],
    [
      "a rate of another window",
      rules("{ name: r, rate_limit: 1/week }"),
      ['5:32: expected a number and minute, hour or day: 5/hour, not "1/week"'],
    ],
    [
      "two counters of one name",
      rules("{ name: a, rate_limit: 1/day }", "{ name: b, rate_limit: 2/day }"),
      ["6:9: the counter _rate_day is that of another rule of t too"],
    ],
    [
      "a counter that nobody declares",
      rules("{ name: r, conditions: [{ path: state.t.n, op: lte, value: 1 }] }"),
      ["5:41: no rule declares the counter of state.t.n"],
    ],
    [
      "a counter above a number",
      rules("{ name: r, conditions: [{ path: state.t.n, op: gt, value: 1 }], state: { counter: n, window: day } }"),
      ["5:56: a counter can be kept under a number (lt, lte); gt is not converted"],
    ],
    [
      "a counter that goes down",
      rules(
        "{ name: r, conditions: [{ path: state.t.n, op: lt, value: 1 }], state: { counter: n, window: day, increment: -1 } }",
      ),
      ["5:118: a counter that goes down keeps nothing under a limit"],
    ],
    [
      "a path of something else",
      rules("{ name: r, conditions: [{ path: user.x, op: eq, value: 1 }] }"),
      ['5:41: a path begins with args. here, not "user.x"'],
    ],
    [
      "a regex",
      rules("{ name: r, conditions: [{ path: args.x, op: regex, value: '(' }] }"),
      [expect.stringMatching(/^5:67: no expression that RE2 knows/)],
    ],
    [
      "a number that is another there",
      rules("{ name: r, conditions: [{ path: args.mode, op: eq, value: 0777 }] }"),
      ["5:67: 0777 is something else for other readers of YAML; put it in quotation marks, or write it plainly"],
    ],
    [
      "a date",
      rules("{ name: r, conditions: [{ path: args.day, op: eq, value: 2026-11-25 }] }"),
      ["5:66: 2026-11-25 is something else for other readers of YAML; put it in quotation marks, or write it plainly"],
    ],
    ["a name hidden twice", file("hide: [a, a]\ntools: {}"), ['2:11: "a" is hidden already']],
    [
      "a pattern of ours",
      file("tools: { 't*': { rules: [] } }"),
      ['2:10: "t*" stands for one tool of that name, which a pattern cannot say'],
    ],
  ])("%s", (_, text, wanted) => expect(problemsOf(text)).toEqual(wanted));
});
