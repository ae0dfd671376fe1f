import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policyJsonSchema } from "../../src/policy/json-schema.ts";
import { readPolicy } from "../../src/policy/read.ts";
import { policyOf, problemsOf } from "./asked.ts";

describe("what is wrong is said where it stands", () => {
  test.each<[string, string, readonly string[]]>([
    ["a key", "version: 1\ndefualt: deny", ['2:1: unknown key "defualt"; did you mean "default"?']],
    ["a word", "version: 1\ndefault: dney", ['2:10: "dney" is not known here; did you mean "deny"?']],
    ["no version", "default: deny", ['1:1: "version" is missing']],
    ["another version", "version: 2", ['1:10: "2" is not known here; did you mean "1"?']],
    [
      "ours with the version of others",
      'version: "1"\nvalidate: off\ntools: { t: { rules: [] } }',
      [
        '1:10: version: "1" is for the formats of others; here it is 1',
        '2:1: unknown key "validate"; one of version, description, default, hide, tools',
      ],
    ],
    [
      "theirs with our version",
      "version: 1\ntools: { t: { rules: [{ name: r, action: evaluate, conditions: [] }] } }",
      [
        '1:10: a file of Intercept or PolicyLayer says version: "1", in quotation marks',
        '2:42: "evaluate" is not known here; one of allow, require_approval, deny',
        '2:52: unknown key "conditions"; one of name, when, action, reason, timeout, on_timeout, channel, rate_limit',
      ],
    ],
    ["nothing", "", ["1:1: the file is empty"]],
    ["no YAML", "version: [1", [expect.stringContaining("1:12: ")]],
    ["two documents", "version: 1\n---\nversion: 1", ["1:1: the file holds more than one document; a policy is one"]],
    ["a key twice", "version: 1\ntools:\n  exec: {}\n  exec: {}", ["4:3: Map keys must be unique"]],
    ["a prototype", "version: 1\ntools: { __proto__: { action: deny } }", ['2:10: "__proto__" is no name']],
    ["a key that is a table", "version: 1\ntools: { { a: b }: {} }", ["2:10: a key is a plain text"]],
    ["a tool without a name", "version: 1\ntools: { '': {} }", ["2:10: a tool has no name"]],
    ["a list that is none", "version: 1\nhide: exec", ['2:7: "hide": expected a list']],
    [
      "an operator",
      "version: 1\ntools: { t: { conditions: [{ path: args.x, op: equals, value: 1 }] } }",
      ['2:48: "equals" is not known here; one of eq, neq, in, not_in, lt, lte, gt, gte, regex, contains, exists'],
    ],
    [
      "a path",
      "version: 1\ntools: { t: { conditions: [{ path: 'args.x[', op: eq, value: 1 }] } }",
      ['2:36: "path": expected a path: args.name, args.list[0], args.list[*]'],
    ],
    [
      "where it begins",
      "version: 1\ntools: { t: { conditions: [{ path: arg.x, op: eq, value: 1 }] } }",
      ['2:36: a path begins with args, tool, server, verdict, runs, not "arg"; did you mean "args"?'],
    ],
    [
      "what is under it",
      "version: 1\ntools: { t: { conditions: [{ path: verdict.rule, op: eq, value: 1 }] } }",
      ['2:36: verdict has no "rule"; did you mean "rules"?'],
    ],
    [
      "a value that is missing",
      "version: 1\ntools: { t: { conditions: [{ path: args.x, op: eq }] } }",
      ['2:48: "value" is missing'],
    ],
    [
      "a list where one is needed",
      "version: 1\ntools: { t: { conditions: [{ path: args.x, op: in, value: a }] } }",
      ["2:59: in takes a list"],
    ],
    ["a number", "version: 1\ntools: { t: { conditions: [{ path: args.x, op: lt, value: '5' }] } }", ["2:59: lt takes a number"]],
    [
      "two forms of condition",
      "version: 1\ntools: { t: { conditions: [{ path: args.x, op: eq, value: 1, not: { path: args.y, op: eq, value: 1 } }] } }",
      ['2:28: expected one of "path", "all", "any" and "not", not path and not'],
    ],
    [
      "each without items",
      "version: 1\ntools: { t: { conditions: [{ path: args.x, op: eq, value: 1, each: all }] } }",
      ['2:62: "each" is for a path with [*]'],
    ],
    [
      "a rate",
      "version: 1\ntools: { t: { rate_limit: 10/fortnight } }",
      ['2:27: "rate_limit": expected a rate: 10/minute, 5/30s'],
    ],
    ["inside a rate", "version: 1\ntools: { t: { rate_limit: { max: ten, window: 60 } } }", ['2:34: "max": expected a number']],
    [
      "a window of the calendar",
      "version: 1\ntools: { t: { rate_limit: { max: 1, window: 90, align: calendar } } }",
      ["2:45: a calendar window is a minute, an hour or a day"],
    ],
    [
      "two limits that count the same",
      "version: 1\ntools: { t: { rate_limit: [1/minute, 2/60s] } }",
      ["2:38: there is another limit for each minute that counts the same"],
    ],
    ["a time", "version: 1\napproval: { timeout: soon }", ['2:22: "timeout": expected a time: 90 (seconds), 10m, 1h, minute']],
    [
      "terms of what nobody is asked about",
      "version: 1\ntools: { t: { action: deny, rules: [{ name: r, action: deny, timeout: 5 }] } }",
      ['2:62: "timeout" is for require_approval'],
    ],
    [
      "a rule that does nothing",
      "version: 1\ntools: { t: { rules: [{ name: r }] } }",
      ['2:23: "action" is missing: allow, require_approval or deny'],
    ],
    [
      "two rules of one name",
      "version: 1\ntools: { t: { rules: [{ name: r, action: deny }, { name: r, action: deny }] } }",
      ['2:58: "r" is the name of another rule of this tool too'],
    ],
    [
      "a limit of what is denied",
      "version: 1\ntools: { t: { rules: [{ name: r, action: deny, rate_limit: 1/day }] } }",
      ["2:48: a call that is denied counts for nothing"],
    ],
    [
      "a reason without conditions",
      "version: 1\ntools: { t: { on_deny: no } }",
      ['2:15: "on_deny" is for "conditions", which are missing'],
    ],
    [
      "annotations that would loosen",
      "version: 1\nannotations: { destructive: allow }",
      ['2:29: "allow" is not known here; one of require_approval, deny'],
    ],
    [
      "a mapping that says nothing",
      "version: 1\ntools: { t: { call: { user: args.u } } }",
      ["2:15: nothing says what runs: one of argv, command, program, code, through"],
    ],
    [
      "an argument that is none",
      "version: 1\ntools: { t: { call: { command: cmd } } }",
      ["2:32: expected an argument: args.cmd"],
    ],
    [
      "validation",
      "version: 1\nvalidate: { on: { deny: ask } }",
      ['2:25: "ask" is not known here; one of allow, require_approval, deny'],
    ],
    [
      "neither form of it",
      "version: 1\nvalidate: never",
      ['2:11: "validate": expected off, or a mapping with packs, profile, on'],
    ],
  ])("%s", (_, text, wanted) => expect(problemsOf(text)).toEqual(wanted));
});

test("an alias that would come to more than memory holds is refused", () => {
  const lines = [
    "a: &a0 [x, x, x, x, x, x, x, x, x, x]",
    ...Array.from({ length: 9 }, (_, i) => `b${i}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]`),
  ];
  expect(problemsOf(`version: 1\n${lines.join("\n")}`)).toEqual([expect.stringMatching(/alias/i)]);
});

test("all of it, as it is read", () => {
  const policy = policyOf(`
version: 1
description: d
default: deny
hide: [build]
profile: strict
packs: [./house.yaml]
sandbox: { web: ./web.yaml, "*": ./all.yaml }
context: { cwd: /w, home: /h, user: u, project: [/w], env: { A: b }, shell: sh }
annotations: { destructive: deny }
approval: { timeout: 10m, on_timeout: allow, channel: client }
tools:
  exec:
    validate: { packs: [destruction], profile: observe, on: { unmapped: deny } }
    call: { argv: args.cmd, env_file: args.f, cwd: [args.a, args.b], options: { args.x: -x }, ignore: [y, args.z] }
`);
  expect(JSON.parse(JSON.stringify(policy))).toEqual({
    description: "d",
    default: "deny",
    hide: ["build"],
    validate: {
      packs: ["all"],
      profile: "strict",
      on: { require_approval: "require_approval", deny: "deny", unmapped: "allow" },
    },
    annotations: { destructive: "deny" },
    approval: { timeout: 600, onTimeout: "allow", channel: "client" },
    context: { cwd: "/w", home: "/h", user: "u", project: ["/w"], env: { A: "b" }, shell: "sh" },
    sandbox: [
      { container: "web", file: "./web.yaml" },
      { container: "*", file: "./all.yaml" },
    ],
    packFiles: ["./house.yaml"],
    entries: [
      {
        pattern: "exec",
        line: 14,
        validate: {
          packs: ["destruction"],
          profile: "observe",
          on: { require_approval: "require_approval", deny: "deny", unmapped: "deny" },
        },
        mapping: { argv: "cmd", envFile: "f", cwd: ["a", "b"], options: { x: "-x" }, ignore: ["y", "z"] },
        rules: [],
      },
    ],
  });
});

test("the published schema is the one the code has; `npm run generate` writes it", () => {
  expect(readFileSync("schema/policy.schema.json", "utf8")).toBe(policyJsonSchema());
});

test("whatever is in the file, it is a policy or it has problems with a place in it", () => {
  const text = readFileSync("docs/policy.md", "utf8")
    .split("\n```")
    .filter((part) => part.startsWith("yaml\n"))
    .map((part) => part.slice(5));
  fc.assert(
    fc.property(
      fc.constantFrom(...text),
      fc.array(
        fc.tuple(
          fc.nat(600),
          fc.nat(12),
          fc.constantFrom("", ":", "[", "{", "- ", '"', "\n", "*", "&a ", "null", "1", "__proto__"),
        ),
        { maxLength: 4 },
      ),
      (whole, edits) => {
        let changed = whole;
        for (const [at, length, put] of edits) changed = changed.slice(0, at) + put + changed.slice(at + length);
        const read = readPolicy(changed, "p.yaml");
        const lines = changed.split("\n").length;
        for (const { line, column } of "problems" in read ? read.problems : []) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
        }
        expect("policy" in read || read.problems.length > 0).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
