import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../../src/policy/decide.ts";
import { createJudge } from "../../src/policy/judge.ts";
import type { Call } from "../../src/policy/policy.ts";
import { rank } from "../../src/policy/reason.ts";
import { outcomeOf, policyOf, says } from "./asked.ts";

const policy = (body: string): string => `version: 1\nvalidate: off\n${body}\n`;
const exec = (args: unknown): Call => ({ tool: "exec", arguments: args });

describe("what is said about a tool", () => {
  test.each<[string, string, string, string]>([
    ["nothing: the default", "default: allow", "exec", "allow"],
    ["nothing, where only listed tools are allowed", "default: deny", "exec", "deny: exec is not permitted by the policy"],
    ["listed, with nothing to say", "default: deny\ntools: { exec: }", "exec", "allow"],
    ["listed by a pattern", "default: deny\ntools: { 'ex*': {} }", "exec", "allow"],
    [
      "* is about every tool and lists none",
      "default: deny\ntools: { '*': { action: allow } }",
      "exec",
      "deny: exec is not permitted by the policy",
    ],
    ["hidden", "hide: [exec]\ntools: { exec: { action: allow } }", "exec", "deny: exec is hidden by the policy"],
    ["hidden by a pattern", "hide: ['docker_?xec']", "docker_exec", "deny: docker_exec is hidden by the policy"],
    ["denied, with a reason", "tools: { exec: { action: deny, reason: not here } }", "exec", "deny: not here"],
    ["denied", "tools: { exec: { action: deny } }", "exec", "deny: the policy denies exec"],
    [
      "asked",
      "tools: { exec: { action: require_approval } }",
      "exec",
      "require_approval (300 s, then deny, any): the policy wants approval for exec",
    ],
    [
      "asked on other terms",
      "tools: { exec: { action: require_approval, timeout: 10m, on_timeout: allow, channel: out_of_band } }",
      "exec",
      "require_approval (600 s, then allow, out_of_band): the policy wants approval for exec",
    ],
    [
      "terms that the policy has for all",
      "approval: { timeout: 1h, channel: client }\ntools: { exec: { action: require_approval } }",
      "exec",
      "require_approval (3600 s, then deny, client): the policy wants approval for exec",
    ],
    ["names have a case", "tools: { EXEC: { action: deny } }", "exec", "allow"],
  ])("%s", (_, body, tool, wanted) => expect(says(policy(body), { tool })).toBe(wanted));
});

describe("a pattern may name the server", () => {
  const body = policy("default: deny\nhide: [b/secret]\ntools: { a/exec: {}, b/*: { action: deny, reason: not b } }");
  test.each<[string | undefined, string, string]>([
    ["a", "exec", "allow"],
    ["b", "exec", "deny: not b"],
    ["c", "exec", "deny: exec is not permitted by the policy"],
    ["b", "secret", "deny: secret is hidden by the policy"],
    // Not known which server: it is denied by what may be about it, and listed by nothing.
    [undefined, "exec", "deny: exec is not permitted by the policy; not b"],
    [undefined, "secret", "deny: secret is hidden by the policy"],
  ])("%s/%s", (server, tool, wanted) => expect(says(body, { tool, ...(server === undefined ? {} : { server }) })).toBe(wanted));
});

describe("everything that matches is weighed, the strictest wins", () => {
  const body = policy(`
tools:
  exec: { action: allow, rules: [{ name: ask, action: require_approval, timeout: 60 }, { name: root, when: { path: args.user, op: eq, value: root }, action: deny, reason: no root }] }
  "ex*": { rules: [{ name: slow, action: require_approval, timeout: 30, on_timeout: allow, channel: out_of_band }] }
  "*": { action: allow }`);
  test("the shortest time, the refusal, the channel that least speaks for itself", () =>
    expect(says(body, exec({}))).toBe(
      "require_approval (30 s, then deny, out_of_band): the policy wants approval for exec: ask; the policy wants approval for ex*: slow",
    ));
  test("denied whatever else allows it", () => expect(says(body, exec({ user: "root" }))).toBe("deny: no root"));
  test("all that spoke is told, strictest first, with its line", () =>
    expect(outcomeOf(body, exec({ user: "root" })).matched.map(({ rule, action, line }) => `${action} ${rule}:${line}`)).toEqual([
      "deny exec/root:5",
      "require_approval exec/ask:5",
      "require_approval ex*/slow:6",
      "allow exec/action:5",
      "allow */action:7",
    ]));
});

test("the order of tools and of rules never matters", () => {
  const rules = [
    "{ name: a, action: allow, rate_limit: 5/minute }",
    "{ name: b, when: { path: args.x, op: gt, value: 1 }, action: deny, reason: b }",
    "{ name: c, action: require_approval, timeout: 9 }",
  ];
  const entries = [
    (own: string) => `exec: { rules: [${own}] }`,
    () => "'*': { action: require_approval, timeout: 7, reason: all }",
    () => "'e*': { rate_limit: 3/minute }",
  ];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(rules, { minLength: 3 }),
      fc.shuffledSubarray(entries, { minLength: 3 }),
      fc.integer({ min: 0, max: 3 }),
      (own, all, x) => {
        const text = (entriesNow: readonly ((own: string) => string)[], ownNow: readonly string[]) =>
          policy(`tools: { ${entriesNow.map((entry) => entry(ownNow.join(", "))).join(", ")} }`);
        const [a, b] = [outcomeOf(text(all, own), exec({ x })), outcomeOf(text(entries, rules), exec({ x }))];
        expect([a.action, a.approval?.timeout, a.limits.map(({ key }) => key).sort()]).toEqual([
          b.action,
          b.approval?.timeout,
          b.limits.map(({ key }) => key).sort(),
        ]);
      },
    ),
    { numRuns: 50 },
  );
});

describe("conditions that must hold", () => {
  const body = policy(
    "tools: { exec: { conditions: [{ path: args.container, op: in, value: [web, worker] }, { path: args.user, op: neq, value: root }], on_deny: only web and worker } }",
  );
  test.each<[string, unknown, string]>([
    ["they do", { container: "web", user: "app" }, "allow"],
    ["one does not", { container: "db", user: "app" }, "deny: only web and worker"],
    ["one is about something missing", { container: "web" }, "deny: only web and worker"],
    ["all are", {}, "deny: only web and worker"],
    ["no arguments at all", undefined, "deny: only web and worker"],
    ["arguments of another kind", ["web"], "deny: only web and worker"],
  ])("%s", (_, args, wanted) => expect(says(body, exec(args))).toBe(wanted));
});

describe("limits are what to reserve", () => {
  test.each<[string, string, unknown, string]>([
    ["a mapping", "rate_limit: { max: 10, window: 60 }", {}, 'allow, 1 of 10/60 session sliding ["exec","rate_limit",60]'],
    ["a rate", "rate_limit: 10/minute", {}, 'allow, 1 of 10/60 session sliding ["exec","rate_limit",60]'],
    [
      "several",
      "rate_limit: [2/10s, 100/day]",
      {},
      'allow, 1 of 2/10 session sliding ["exec","rate_limit",10], 1 of 100/86400 session sliding ["exec","rate_limit",86400]',
    ],
    [
      "everybody's, by the clock",
      "rate_limit: { max: 5, window: hour, per: global, align: calendar }",
      {},
      'allow, 1 of 5/3600 global calendar ["exec","rate_limit",3600]',
    ],
    [
      "a tool's own",
      "rate_limit: { max: 5, window: 1h, per: tool }",
      {},
      'allow, 1 of 5/3600 tool sliding ["exec","rate_limit",3600]',
    ],
    [
      "an amount",
      "rate_limit: { max: 500, window: day, per: principal, amount: args.sum }",
      { sum: 40 },
      'allow, 40 of 500/86400 principal sliding ["exec","rate_limit",86400]',
    ],
    [
      "a fixed amount",
      "rate_limit: { max: 500, window: day, amount: 7 }",
      {},
      'allow, 7 of 500/86400 session sliding ["exec","rate_limit",86400]',
    ],
    [
      "a name that others share",
      "rate_limit: { max: 5, window: 60, counter: spending }",
      {},
      'allow, 1 of 5/60 session sliding ["","spending",60]',
    ],
    [
      "a rule that holds",
      "rules: [{ name: big, when: { path: args.sum, op: gt, value: 9 }, rate_limit: 1/day }]",
      { sum: 40 },
      'allow, 1 of 1/86400 session sliding ["exec","big",86400]',
    ],
    [
      "a rule that does not",
      "rules: [{ name: big, when: { path: args.sum, op: gt, value: 9 }, rate_limit: 1/day }]",
      { sum: 4 },
      "allow",
    ],
    [
      "no amount where one is counted",
      "rate_limit: { max: 500, window: day, amount: args.sum }",
      {},
      "deny: what is counted as rate_limit is no amount",
    ],
    [
      "an amount that gives back",
      "rate_limit: { max: 500, window: day, amount: args.sum }",
      { sum: -1 },
      "deny: what is counted as rate_limit is no amount",
    ],
    [
      "an amount that is a text",
      "rate_limit: { max: 500, window: day, amount: args.sum }",
      { sum: "1" },
      "deny: what is counted as rate_limit is no amount",
    ],
    ["none for a call that is denied", "action: deny\n    rate_limit: 1/day", {}, "deny: the policy denies exec"],
    [
      "also for one that is asked about",
      "action: require_approval\n    rate_limit: 1/day",
      {},
      'require_approval (300 s, then deny, any): the policy wants approval for exec, 1 of 1/86400 session sliding ["exec","rate_limit",86400]',
    ],
  ])("%s", (_, body, args, wanted) => expect(says(policy(`tools:\n  exec:\n    ${body}`), exec(args))).toBe(wanted));

  test("a tool's own counter has its name, though the pattern is about several", () =>
    expect(
      outcomeOf(policy("tools: { 'ex*': { rate_limit: { max: 1, window: 60, per: tool } } }"), {
        tool: "exec",
        server: "d",
      }).limits.map(({ key }) => key),
    ).toEqual(['["d/exec","rate_limit",60]']));
});

describe("what a tool says of itself only tightens", () => {
  const body = policy("annotations: { destructive: require_approval, open_world: deny, writes: require_approval }");
  test.each<[string, Call["annotations"], string]>([
    ["nothing", undefined, "allow"],
    ["that it is harmless", { readOnlyHint: true, destructiveHint: false, openWorldHint: false }, "allow"],
    ["destructive", { destructiveHint: true }, "require_approval (300 s, then deny, any): exec calls itself destructive"],
    ["open", { destructiveHint: true, openWorldHint: true }, "deny: exec calls itself open to the world"],
    ["not read-only", { readOnlyHint: false }, "require_approval (300 s, then deny, any): exec calls itself more than read-only"],
  ])("%s", (_, annotations, wanted) =>
    expect(says(body, { tool: "exec", ...(annotations ? { annotations } : {}) })).toBe(wanted),
  );

  test("whatever it says, no call gets milder than with silence", () => {
    const hint = fc.option(fc.boolean(), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({ readOnlyHint: hint, destructiveHint: hint, openWorldHint: hint }),
        fc.constantFrom("action: deny", "action: require_approval", "action: allow"),
        (annotations, own) => {
          const text = `${body}tools: { exec: { ${own} } }`;
          expect(rank(outcomeOf(text, { tool: "exec", annotations }).action)).toBeGreaterThanOrEqual(
            rank(outcomeOf(text, { tool: "exec" }).action),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("the arguments of exec tools are judged", () => {
  const shadow = { container: "web", command: ["sh", "-c", "cat /etc/shadow"] };
  const judged = (body: string): string => `version: 1\n${body}\n`;
  test.each<[string, string, Call, string]>([
    ["by default", "", exec(shadow), "deny"],
    ["where the policy says so", "validate: {}", exec(shadow), "deny"],
    ["not where it says off", "validate: off", exec(shadow), "allow"],
    ["a tool may be left out", "tools: { exec: { validate: off } }", exec(shadow), "allow"],
    ["and one alone be taken in", "validate: off\ntools: { exec: { validate: {} } }", exec(shadow), "deny"],
    ["off in one entry, on in another", "tools: { exec: { validate: off }, '*': { validate: {} } }", exec(shadow), "deny"],
    ["with other consequences", "validate: { on: { deny: require_approval } }", exec(shadow), "require_approval"],
    ["with none", "validate: { on: { deny: allow, require_approval: allow } }", exec(shadow), "allow"],
    ["by packs that are named", "validate: { packs: [destruction] }", exec(shadow), "allow"],
    ["by another profile", "validate: { profile: observe }", exec(shadow), "allow"],
    ["by the policy's profile", "profile: strict", { tool: "Bash", arguments: { command: "frobnicate x" } }, "require_approval"],
    [
      "two profiles, the stricter",
      "tools: { exec: { validate: { profile: observe } }, 'e*': { validate: { profile: strict } } }",
      exec(shadow),
      "deny",
    ],
    ["LD_PRELOAD", "", exec({ container: "web", command: ["ls"], env: ["LD_PRELOAD=/tmp/x.so"] }), "deny"],
    [
      "an env file outside the project",
      "",
      exec({ container: "web", command: ["ls"], envFile: "/etc/x.env" }),
      "require_approval",
    ],
    [
      "its own env file",
      "context: { project: [/srv] }",
      exec({ container: "web", command: ["ls"], envFile: "/srv/.env" }),
      "allow",
    ],
    ["harmless work", "", exec({ container: "web", command: ["ls", "-l"] }), "allow"],
    ["arguments that cannot be read", "", exec({ container: "web", command: {} }), "deny"],
    ["the same where it only observes", "profile: observe", exec({ container: "web", command: {} }), "allow"],
    ["a tool that runs nothing", "", { tool: "search", arguments: { query: "cat /etc/shadow" } }, "allow"],
    ["no mapping, an attack", "", { tool: "custom_exec", arguments: { thing: "cat /etc/shadow" } }, "deny"],
    ["no mapping, harmless", "", { tool: "custom_exec", arguments: { thing: "ls" } }, "allow"],
    [
      "no mapping, where that is not enough",
      "validate: { on: { unmapped: require_approval } }",
      { tool: "custom_exec", arguments: { thing: "ls" } },
      "require_approval",
    ],
    [
      "a mapping of the policy's own",
      "tools: { q: { call: { command: args.text } } }",
      { tool: "q", arguments: { text: "cat /etc/shadow" } },
      "deny",
    ],
    [
      "a mapping, and a call without it",
      "tools: { q: { call: { command: args.text } } }",
      { tool: "q", arguments: { other: "ls" } },
      "deny",
    ],
  ])("%s", (_, body, call, wanted) => expect(outcomeOf(judged(body), call).action).toBe(wanted));

  test("the agent is told what, and what instead", () =>
    expect(outcomeOf(judged(""), exec(shadow)).reason).toMatch(/^\/etc\/shadow is read \[credential-access\/.*\(instead: /));
  test("what is unmapped is reported", () =>
    expect(
      outcomeOf(judged(""), { tool: "custom_exec", arguments: { thing: "ls" } }).matched.map(
        ({ rule, reason }) => `${rule}: ${reason}`,
      ),
    ).toContain(
      "policy/validate/unmapped: looks like it runs something, but no mapping says which argument holds it; judged: thing",
    ));

  test.each<[string, string, unknown, string]>([
    ["the risk", "{ path: verdict.risk, op: gte, value: 50 }", shadow, "require_approval"],
    [
      "a rule",
      "{ path: 'verdict.rules', op: contains, value: credential-access/password-hashes-read }",
      shadow,
      "require_approval",
    ],
    ["a program", "{ path: 'runs.programs[*]', op: in, value: [cat] }", shadow, "require_approval"],
    [
      "a user, however it becomes one",
      "{ path: 'runs.users[*]', op: in, value: [root, '0'] }",
      { container: "web", command: ["sudo", "ls"] },
      "require_approval",
    ],
    ["another user", "{ path: 'runs.users[*]', op: in, value: [root, '0'] }", { container: "web", command: ["ls"] }, "allow"],
    [
      "whether it runs anything",
      "{ path: runs, op: exists, value: true }",
      { container: "web", command: ["ls"] },
      "require_approval",
    ],
  ])("conditions see %s", (_, when, args, wanted) =>
    expect(
      outcomeOf(
        judged(
          `validate: { on: { deny: allow } }\ntools: { exec: { rules: [{ name: a, when: ${when}, action: require_approval }] } }`,
        ),
        exec(args),
      ).action,
    ).toBe(wanted),
  );
});

test("a profile or a pack that there is not is refused when the judge is made", () => {
  expect(() => createJudge(policyOf("version: 1\nprofile: lax"))).toThrow(new RangeError("no profile is called lax"));
  expect(() => createJudge(policyOf("version: 1\nvalidate: { packs: [magic] }"))).toThrow(
    new RangeError("no pack is called magic"),
  );
});

test("nothing in a call makes the decision throw", () => {
  const text =
    "version: 1\ntools: { '*': { conditions: [{ path: 'args.a[*].b', op: regex, value: x }], rate_limit: { max: 1, window: 60, amount: args.n } } }";
  const policyNow = policyOf(text);
  const judge = createJudge(policyNow);
  fc.assert(
    fc.property(fc.constantFrom("exec", "Bash", "run", "custom_exec", "search"), fc.jsonValue(), (tool, args) => {
      const call = { tool, arguments: args };
      expect(decide(policyNow, call, judge.judge(call)).action).toBe("deny");
    }),
    { numRuns: 100 },
  );
});

test("one more rule never makes a decision milder, or takes a limit away", () => {
  const rule = fc.constantFrom(
    "{ action: allow }",
    "{ action: deny }",
    "{ action: require_approval, timeout: 9 }",
    "{ rate_limit: 5/minute }",
    "{ conditions: [{ path: args.x, op: eq, value: 1 }] }",
    "{ rules: [{ name: r, when: { path: args.x, op: exists, value: true }, action: require_approval }] }",
  );
  const pattern = fc.constantFrom("exec", "e*", "*", "ex?c", "other");
  fc.assert(
    fc.property(
      fc.dictionary(pattern, rule, { maxKeys: 4, noNullPrototype: true }),
      pattern,
      rule,
      fc.constantFrom({}, { x: 1 }, { x: 2 }),
      (some, name, more, args) => {
        fc.pre(!(name in some));
        const text = (all: Readonly<Record<string, string>>): string =>
          policy(
            `tools: { ${Object.entries(all)
              .map(([key, value]) => `"${key}": ${value}`)
              .join(", ")} }`,
          );
        const before = outcomeOf(text(some), exec(args));
        const after = outcomeOf(text({ ...some, [name]: more }), exec(args));
        expect(rank(after.action)).toBeGreaterThanOrEqual(rank(before.action));
        if (after.action !== "deny")
          expect(after.limits.map(({ key }) => key)).toEqual(expect.arrayContaining(before.limits.map(({ key }) => key)));
      },
    ),
    { numRuns: 200 },
  );
});
