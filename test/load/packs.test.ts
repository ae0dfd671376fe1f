import { describe, expect, test } from "vitest";
import { openKnowledge } from "../../src/knowledge/knowledge.ts";
import { compileKnowledge } from "../../src/load/knowledge.ts";
import { printProblem } from "../../src/load/source.ts";

const SETS = ["credential path", "internal host", "shell text", "secret-variable variable"]
  .map((line) => line.split(" "))
  .map(([name, of]) => `set: ${name}\nof: ${of}\nabout: Some.\nmembers: [x]\nexamples: { in: [a], out: [b] }\n`)
  .join("---\n");
const FACTS = `id: r
    title: A thing
    status: stable
    severity: high
    message: "{from} is sent"
    remediation: Do not.
    attack: [T1048.001]
    cwe: [200]
    false_positives: [a deploy]`;
const EXAMPLES =
  'examples: { match: ["a", { argv: [a, b] }], no_match: [b], harmless: [{ command: c, context: { cwd: /app, build: true } }] }';
const pack = (when: string, facts = FACTS, examples = EXAMPLES): string =>
  `pack: p\nabout: Some.\nrules:\n  - ${facts}\n    when: ${when}\n    ${examples}\n`;
const compiled = (text: string) =>
  compileKnowledge([
    { path: "p.yaml", text },
    { path: "s.yaml", text: SETS },
  ]);
const said = (text: string): readonly string[] => compiled(text).problems.map(printProblem);
const when = (condition: string): unknown => {
  expect(said(pack(condition))).toEqual([]);
  return compiled(pack(condition)).data.rules[0]?.when;
};
const ANY = "invocation: { program: any }";

describe("conditions", () => {
  test("effect", () =>
    expect(
      when(
        "{ effect: { kind: [write, append], on: { path: credential }, except: { host: internal }, sweep: true, flags: recursive, attributes: { how: =hard-reset }, program: shell, user: changed, when: later } }",
      ),
    ).toEqual({
      effect: {
        kind: ["write", "append"],
        on: { in: { path: ["credential"] }, except: { host: ["internal"] }, sweep: true },
        flags: ["recursive"],
        attributes: { how: ["=hard-reset"] },
        program: ["shell"],
        user: ["changed"],
        when: "later",
      },
    }));
  test("effect in a place", () =>
    expect(
      when("{ effect: { kind: read, on: { path: any }, place: { kind: container, privileged: true, mounts: credential } } }"),
    ).toEqual({
      effect: {
        kind: ["read"],
        on: { in: { path: ["any"] } },
        place: { kind: ["container"], privileged: true, mounts: ["credential"] },
      },
    }));
  test("effect on anything names every kind", () =>
    expect(
      Object.keys((when("{ effect: { kind: read, on: any } }") as { effect: { on: { in: object } } }).effect.on.in),
    ).toContain("clipboard"));
  test("flow", () =>
    expect(
      when(
        "{ flow: { from: { file: credential, variable: secret-variable, environment: true, except: credential }, to: { network: any, scheme: [http], code: shell, caller: true }, audience: outside, steps: [decode] } }",
      ),
    ).toEqual({
      flow: {
        from: { file: ["credential"], variable: ["secret-variable"], ports: ["environment"], except: ["credential"] },
        to: { network: ["any"], code: ["shell"], ports: ["caller"], scheme: ["http"] },
        audience: "outside",
        steps: ["decode"],
      },
    }));
  test("flow from a store", () =>
    expect(when("{ flow: { from: { store: { database: any } }, to: { file: any } } }")).toEqual({
      flow: { from: { store: { database: ["any"] } }, to: { file: ["any"] } },
    }));
  test("invocation", () =>
    expect(when('{ invocation: { program: "=rm", unless: shell, argument: "=-i" } }')).toEqual({
      invocation: { program: ["=rm"], unless: ["shell"], argument: ["=-i"] },
    }));
  test("doubt", () =>
    expect(when("{ doubt: { kind: opaque-code, source: [network] } }")).toEqual({
      doubt: { kind: ["opaque-code"], source: ["network"] },
    }));
  test("all, any and not", () =>
    expect(when("{ all: [{ not: { doubt: { kind: limit } } }, { any: [{ doubt: { kind: syntax } }] }] }")).toEqual({
      all: [{ not: { doubt: { kind: ["limit"] } } }, { any: [{ doubt: { kind: ["syntax"] } }] }],
    }));
});

test("a rule is called by its pack and its id, and keeps what findings show", () =>
  expect(compiled(pack(`{ ${ANY} }`)).data.rules).toEqual([
    {
      id: "p/r",
      title: "A thing",
      status: "stable",
      severity: "high",
      message: "{from} is sent",
      remediation: "Do not.",
      attack: ["T1048.001"],
      cwe: [200],
      when: { invocation: { program: ["any"] } },
    },
  ]));

test("examples are shell strings or argv, in a context", () =>
  expect(
    compiled(pack(`{ ${ANY} }`)).examples.rules.map(({ of, want, input, context, line }) => [of, want, input, context, line]),
  ).toEqual([
    ["p/r", "match", { command: "a" }, {}, 14],
    ["p/r", "match", { argv: ["a", "b"] }, {}, 14],
    ["p/r", "no_match", { command: "b" }, {}, 14],
    ["p/r", "harmless", { command: "c" }, { cwd: "/app", build: true }, 14],
  ]));

const without = (key: string): string =>
  FACTS.split("\n")
    .filter((line) => !line.trim().startsWith(`${key}:`))
    .join("\n");
const refused: readonly (readonly [title: string, text: string, ...said: string[]])[] = [
  ...["remediation", "attack", "cwe", "false_positives"].map(
    (key) => [`no ${key}`, pack(`{ ${ANY} }`, without(key)), `p.yaml:4:5: "${key}" is missing`] as const,
  ),
  [
    "no harmless example",
    pack(`{ ${ANY} }`, FACTS, "examples: { match: [a], no_match: [b] }"),
    'p.yaml:14:5: "harmless" is missing',
  ],
  [
    "an empty list of examples",
    pack(`{ ${ANY} }`, FACTS, "examples: { match: [a], no_match: [], harmless: [b] }"),
    'p.yaml:14:39: "no_match": is an empty list',
  ],
  [
    "an unknown set",
    pack("{ effect: { kind: read, on: { path: credentail } } }"),
    'p.yaml:13:47: there is no set "credentail"; did you mean "credential"?',
  ],
  [
    "a set of another kind",
    pack("{ effect: { kind: read, on: { path: internal } } }"),
    "p.yaml:13:47: set internal is of host; here it must be of path",
  ],
  ["an unknown condition", pack("{ efect: {} }"), 'p.yaml:13:13: "efect" is no condition; did you mean "effect"?'],
  [
    "two conditions",
    pack("{ effect: {}, flow: {} }"),
    "p.yaml:13:11: expected one of effect, flow, invocation, doubt, all, any, not; join several with all: [ … ]",
  ],
  [
    "an unknown kind of effect",
    pack("{ effect: { kind: writ, on: any } }"),
    'p.yaml:13:29: "kind": "writ" is not known here; did you mean "write"?',
  ],
  [
    "an unknown kind of resource",
    pack("{ effect: { kind: read, on: { pth: any } } }"),
    'p.yaml:13:41: unknown key "pth"; did you mean "path"?',
  ],
  [
    "an unknown key",
    pack("{ invocation: { progam: any } }"),
    'p.yaml:13:13: "program" is missing',
    'p.yaml:13:27: unknown key "progam"; did you mean "program"?',
  ],
  [
    "a flow to nothing",
    pack("{ flow: { from: { file: any }, to: {} } }"),
    "p.yaml:13:46: names no port: file, network, store, variable, code, …",
  ],
  [
    "a word that no message fills in",
    pack(`{ ${ANY} }`, FACTS.replace("{from}", "{form}")),
    'p.yaml:8:14: {form} is not filled in; did you mean "from"?',
  ],
  [
    "a technique that is none",
    pack(`{ ${ANY} }`, FACTS.replace("T1048.001", "exfiltration")),
    "p.yaml:10:14: expected a technique of MITRE ATT&CK, like T1048 or T1552.001",
  ],
  [
    "the same id twice",
    pack(`{ ${ANY} }`) + pack(`{ ${ANY} }`).split("\n").slice(3).join("\n"),
    "p.yaml:15:9: there is a rule p/r already, in p.yaml:4",
  ],
];
for (const [title, text, ...lines] of refused) test(`refused: ${title}`, () => expect(said(text)).toEqual(lines));

test("a pack of one's own can name built-in sets, and cannot take their names", () => {
  const base = openKnowledge([compiled(pack(`{ ${ANY} }`)).data]);
  const own = (text: string) => compileKnowledge([{ path: "p.yaml", text }], { base }).problems.map(printProblem);
  expect(own(pack("{ effect: { kind: read, on: { path: credential } } }", FACTS.replace("id: r", "id: s")))).toEqual([]);
  expect(own(pack(`{ ${ANY} }`))).toEqual(["p.yaml:4:9: there is a rule p/r already, built in"]);
  expect(own(SETS)[0]).toBe("p.yaml:1:6: there is a set credential already");
});
