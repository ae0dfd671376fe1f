import { describe, expect, test } from "vitest";
import { problemsOf, says } from "./asked.ts";

const hosted = (body: object): string => JSON.stringify({ version: "1", default: "allow", ...body }, null, "\t");
const t = (args: unknown = {}) => ({ tool: "t", arguments: args });
const is = (name: string, value: unknown) => ({ path: `args.${name}`, op: "eq", value });

describe("PolicyLayer's hosted policies mean the same here", () => {
  test.each<[string, object, unknown, string]>([
    ["{} allows under default deny", { default: "deny", tools: { t: {} } }, {}, "allow"],
    ["unlisted", { default: "deny", tools: {} }, {}, "deny: t is not permitted by the policy"],
    [
      "limits of all tools list none",
      { default: "deny", all_tools: { limits: [{ counter: "c", window: "day", max: 5 }] } },
      {},
      "deny: t is not permitted by the policy",
    ],
    ["hidden", { hide: ["t"] }, {}, "deny: t is hidden by the policy"],
    [
      "what is required holds",
      { tools: { t: { require: [{ conditions: [is("a", 1), is("b", 2)], on_deny: "no" }] } } },
      { a: 1, b: 2 },
      "allow",
    ],
    [
      "or does not",
      { tools: { t: { require: [{ conditions: [is("a", 1), is("b", 2)], on_deny: "no" }] } } },
      { a: 1 },
      "deny: no",
    ],
    [
      "every entry must",
      { tools: { t: { require: [{ conditions: [is("a", 1)] }, { conditions: [is("b", 2)], on_deny: "b" }] } } },
      { a: 1 },
      "deny: b",
    ],
    [
      "a match of deny_if refuses",
      { tools: { t: { deny_if: [{ conditions: [is("a", 1), is("b", 2)], on_deny: "no" }] } } },
      { a: 1, b: 2 },
      "deny: no",
    ],
    ["half a match does not", { tools: { t: { deny_if: [{ conditions: [is("a", 1), is("b", 2)] }] } } }, { a: 1 }, "allow"],
    [
      "any entry refuses",
      { tools: { t: { deny_if: [{ conditions: [is("a", 1)] }, { conditions: [is("b", 2)] }] } } },
      { b: 2 },
      "deny: the policy denies this call of t",
    ],
    [
      "a regex on a list never matches",
      { tools: { t: { deny_if: [{ conditions: [{ path: "args.command", op: "regex", value: "rm" }] }] } } },
      { command: ["rm"] },
      "allow",
    ],
    [
      "limits count for each grant",
      { tools: { t: { limits: [{ counter: "exec_rate", window: "minute", max: 10, scope: "grant" }] } } },
      {},
      'allow, 1 of 10/60 principal calendar ["","t.exec_rate",60]',
    ],
    [
      "limits of all tools",
      { all_tools: { limits: [{ counter: "all", window: "hour", max: 9 }] } },
      {},
      'allow, 1 of 9/3600 principal calendar ["","*.all",3600]',
    ],
    ["it looks into no command", { tools: { t: {} } }, { container: "w", command: ["cat", "/etc/shadow"] }, "allow"],
  ])("%s", (_, body, args, wanted) => expect(says(hosted(body), t(args))).toBe(wanted));
});

describe("what has no meaning is a problem", () => {
  test.each<[string, object, readonly string[]]>([
    ["an unknown key", { tools: { t: { denyif: [] } } }, ['6:4: unknown key "denyif"; did you mean "deny_if"?']],
    [
      "another scope",
      { tools: { t: { limits: [{ counter: "c", window: "day", max: 1, scope: "planet" }] } } },
      ['11:15: "planet" is not known here; one of grant'],
    ],
    [
      "a refusal of everything",
      { tools: { t: { deny_if: [{ conditions: [] }] } } },
      ["7:5: without a condition it would refuse every call"],
    ],
  ])("%s", (_, body, wanted) => expect(problemsOf(hosted(body))).toEqual(wanted));
  test("a key twice", () =>
    expect(problemsOf('{"version":"1","default":"deny","default":"allow","tools":{}}')).toEqual([
      "1:33: Map keys must be unique",
    ]));
});
