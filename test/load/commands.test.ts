import { describe, expect, test } from "vitest";
import { readSpec, writeSpec } from "../../src/knowledge/stored.ts";
import { specOf } from "./compile.ts";

const does = (lines: string): unknown => specOf(lines).does;
const EFFECT = { verb: "effect", kind: "read", subject: { argument: "A" }, attributes: {} };

describe("options are written as in --help", () => {
  const options = (key: string): unknown => specOf(`inert: ["${key}"]\ndoes: []`).options[0];
  test("names and an argument", () =>
    expect(options("-f, --file ARCHIVE")).toEqual({ names: ["-f", "--file"], args: [{ name: "ARCHIVE" }], inert: true }));
  test("an argument after =", () =>
    expect(options("--file=ARCHIVE")).toEqual({ names: ["--file"], args: [{ name: "ARCHIVE" }], inert: true }));
  test("an optional argument", () =>
    expect(options("--color[=WHEN]")).toEqual({ names: ["--color"], args: [{ name: "WHEN", optional: true }], inert: true }));
  test("a glued optional argument", () =>
    expect(options("-i[SUFFIX], --in-place[=SUFFIX]")).toEqual({
      names: ["-i", "--in-place"],
      args: [{ name: "SUFFIX", optional: true }],
      inert: true,
    }));
  test("two arguments", () =>
    expect(options("--arg NAME VALUE")).toEqual({ names: ["--arg"], args: [{ name: "NAME" }, { name: "VALUE" }], inert: true }));
  test("words up to an end", () =>
    expect(options("-exec COMMAND...")).toEqual({ names: ["-exec"], args: [{ name: "COMMAND", many: true }], inert: true }));
  test("an assignment", () => expect(options("if=FILE")).toEqual({ names: ["if="], args: [{ name: "FILE" }], inert: true }));
  test("plus and a lone dash", () => expect(options("+x, -")).toEqual({ names: ["+x", "-"], args: [], inert: true }));
  test("inert options in one text", () =>
    expect(specOf('inert: "-a; -b N"\ndoes: []').options.map((option) => option.names)).toEqual([["-a"], ["-b"]]));
  test("types in place, for each argument", () =>
    expect(specOf("options:\n  --arg K V: { K: name, V: path }\n  -f F: url\ndoes: [{ uses: [K, F] }]").types).toEqual({
      K: "name",
      V: "path",
      F: "url",
    }));
});

describe("operands", () => {
  test("optional and repeated", () =>
    expect(specOf('operands: "A [B...] [C]"\ndoes: []').operands).toEqual([
      { pattern: [{ name: "A" }, { name: "B", optional: true, many: true }, { name: "C", optional: true }] },
    ]));
  test("two repeated, the first of words with =", () =>
    expect(specOf('operands: "[A...] [B...]"\ntypes: { A: key=value }\ndoes: []').operands[0]?.pattern).toHaveLength(2));
  test("by condition, the plain pattern last", () =>
    expect(specOf('operands: P\noperands_when: { "-e or -f": "[F...]" }\noptions: { -e: , "-f F": }\ndoes: []').operands).toEqual(
      [
        { when: [[{ option: "-e" }], [{ option: "-f" }]], pattern: [{ name: "F", optional: true, many: true }] },
        { pattern: [{ name: "P" }] },
      ],
    ));
});

describe("conditions become alternatives of clauses", () => {
  const when = (condition: string): unknown => {
    const [first] = specOf(
      `operands: A B\ntypes: { A: path }\noptions: { "-c, --create": }\ndoes:\n  - { uses: [B], when: -c }\n  - { reads: A, when: ${condition} }`,
    ).does.slice(1);
    return first?.when;
  };
  test("any spelling of an option is its first name", () => expect(when("--create")).toEqual([[{ option: "-c" }]]));
  test("an argument", () => expect(when("A")).toEqual([[{ argument: "A" }]]));
  test("a nature", () => expect(when("A is remote")).toEqual([[{ argument: "A", is: "remote" }]]));
  test("values", () => expect(when('"A = DELETE|PUT"')).toEqual([[{ argument: "A", equals: ["DELETE", "PUT"] }]]));
  test("and binds closer than or", () =>
    expect(when("A and B or -c")).toEqual([[{ argument: "A" }, { argument: "B" }], [{ option: "-c" }]]));
  test("not", () => expect(when("A and not B")).toEqual([[{ argument: "A" }, { argument: "B", not: true }]]));
  test("not of a group", () =>
    expect(when('"not (A or B)"')).toEqual([
      [
        { argument: "A", not: true },
        { argument: "B", not: true },
      ],
    ]));
  test("and of groups", () =>
    expect(when('"(A or B) and not (-c and B)"')).toEqual([
      [{ argument: "A" }, { option: "-c", not: true }],
      [{ argument: "A" }, { argument: "B", not: true }],
      [{ argument: "B" }, { option: "-c", not: true }],
      [{ argument: "B" }, { argument: "B", not: true }],
    ]));
  test("a list means any", () => expect(when("[-c, A]")).toEqual([[{ option: "-c" }], [{ argument: "A" }]]));
  test("the program's name is always there", () =>
    expect(when('"PROGRAM = zcat"')).toEqual([[{ argument: "PROGRAM", equals: ["zcat"] }]]));
});

describe("statements", () => {
  const file = (statement: string): string =>
    `operands: A [B]\ntypes: { A: path, B: path }\noptions: { -r: , "-m M": , "-C C": path }\ndoes:\n  - { uses: [B, M, C], when: -r }\n  - ${statement}`;
  const compiled = (statement: string): unknown => specOf(file(statement)).does[1];
  const cases: readonly (readonly [statement: string, compiled: object])[] = [
    ["{ reads: A }", EFFECT],
    ['{ reads: "account:root" }', { ...EFFECT, subject: { kind: "account", text: "root" } }],
    ['{ reads: "host:0.0.0.0:{B}" }', { ...EFFECT, subject: { kind: "host", text: "0.0.0.0:{B}" } }],
    ["{ reads: paths under A named B }", { ...EFFECT, subject: { paths: "A", named: "B" } }],
    [
      "{ deletes: A, recursive: -r, force: true }",
      { ...EFFECT, kind: "delete", attributes: { recursive: { when: [[{ option: "-r" }]] }, force: true } },
    ],
    [
      '{ configures: A, mode: M, how: "=hard-reset" }',
      { ...EFFECT, kind: "configure", attributes: { mode: { argument: "M" }, how: { text: "hard-reset" } } },
    ],
    ["{ reads: A, inside: true, unless: -r }", { ...EFFECT, inside: true, unless: [[{ option: "-r" }]] }],
    ['{ reads: A, key: [core.pager, "alias.*"], type: path }', { ...EFFECT, key: ["core.pager", "alias.*"], shape: "path" }],
    [
      '{ configures: "kernelSetting:{KEY}", key: ["*"], content: A }',
      {
        ...EFFECT,
        kind: "configure",
        subject: { kind: "kernelSetting", text: "{KEY}" },
        attributes: { content: { argument: "A" } },
        key: ["*"],
      },
    ],
    ["{ flows: A -> B }", { verb: "flow", from: { argument: "A" }, to: { argument: "B" }, attributes: {} }],
    [
      "{ flows: stdin -> code:shell, step: decode }",
      { verb: "flow", from: { port: "stdin" }, to: { code: "shell" }, attributes: {}, step: "decode" },
    ],
    [
      "{ flows: A -> B, into: true, append: -r, inside: to }",
      {
        verb: "flow",
        from: { argument: "A" },
        to: { argument: "B" },
        attributes: {},
        append: [[{ option: "-r" }]],
        into: true,
        inside: "to",
      },
    ],
    [
      "{ runs: A, as: argv, args: [B], cwd: C, cleared: -r }",
      { verb: "run", subject: { argument: "A" }, as: "argv", args: ["B"], cwd: "C", cleared: [[{ option: "-r" }]] },
    ],
    ["{ runs: stdin, as: shell }", { verb: "run", subject: { port: "stdin" }, as: "shell" }],
    ['{ runs: "=less", as: argv }', { verb: "run", subject: { text: "less" }, as: "argv" }],
    [
      '{ runs: A, as: argv, feed: paths under B, replace: "{}" }',
      { verb: "run", subject: { argument: "A" }, as: "argv", feed: { items: { paths: "B" }, replace: "{}" } },
    ],
    [
      "{ runs: A, as: argv, feed: stdin, replace: M }",
      { verb: "run", subject: { argument: "A" }, as: "argv", feed: { items: "stdin", replace: { argument: "M" } } },
    ],
    ["{ runs: A, as: argv, feed: B }", { verb: "run", subject: { argument: "A" }, as: "argv", feed: { items: { file: "B" } } }],
    [
      "{ runs: A, as: argv, feed: B... }",
      { verb: "run", subject: { argument: "A" }, as: "argv", feed: { items: { texts: "B" } } },
    ],
    [
      '{ runs: A, as: shell, deferred_by: "schedule:crontab" }',
      { verb: "run", subject: { argument: "A" }, as: "shell", deferredBy: { kind: "schedule", text: "crontab" } },
    ],
    ["{ becomes: A }", { verb: "becomes", user: { argument: "A" } }],
    ['{ becomes: "account:root" }', { verb: "becomes", user: { text: "root" } }],
    ["{ emits: A }", { verb: "emits", what: "text", argument: "A" }],
    ["{ emits: paths under A }", { verb: "emits", what: "paths", argument: "A" }],
    ["{ uses: [A, B] }", { verb: "uses", arguments: ["A", "B"] }],
    ["{ doubts: the rest }", { verb: "doubt", text: "the rest", kind: "hidden-argument" }],
  ];
  for (const [statement, expected] of cases) test(statement, () => expect(compiled(statement)).toEqual(expected));
  test("becomes with a default is a default of the argument", () =>
    expect(specOf('options: { "-u U": account }\ndoes: [{ becomes: U, default: root }]').defaults).toEqual({ U: "root" }));
  test("scalars mean what is written", () =>
    expect(specOf("operands: A\ndefaults: { A: 0755 }\ndoes: []").defaults).toEqual({ A: "0755" }));
  test("env statements speak of VALUE", () =>
    expect(specOf("env: { PAGER: { runs: VALUE, as: shell } }\ndoes: []").env).toEqual([
      { name: "PAGER", statement: { verb: "run", subject: { argument: "VALUE" }, as: "shell" } },
    ]));
  test("effects on an argument without a type are refused, those of its value are not", () =>
    expect(does("operands: A\ntypes: { A: key=value }\ndoes: [{ flows: A -> stdout, key: k }]")).toHaveLength(1));
});

describe("places", () => {
  const file = (place: string): string =>
    `operands: IMAGE\noptions: { "-v V": volume, "--pid PID": , -p: , "--cap CAP": }\nplace: ${place}\ndoes: [{ runs: IMAGE, as: argv, when: [-p, V, PID, CAP] }]`;
  test("whole", () =>
    expect(
      specOf(
        file(
          '{ kind: container, name: IMAGE, mounts: [V, "=/:/host"], privileged: -p, capabilities: [CAP], namespaces: { pid: PID = host } }',
        ),
      ).place,
    ).toEqual({
      kind: "container",
      name: { argument: "IMAGE" },
      mounts: ["V", "=/:/host"],
      privileged: [[{ option: "-p" }]],
      capabilities: ["CAP"],
      namespaces: [{ name: "pid", when: [[{ argument: "PID", equals: ["host"] }]] }],
    }));
  test("the first that holds", () =>
    expect(specOf(file("[{ kind: host, when: -p }, { kind: container }]")).place).toEqual({
      when: [[{ option: "-p" }]],
      kind: "host",
      name: { text: "host" },
      mounts: [],
      capabilities: [],
      namespaces: [],
      otherwise: { kind: "container", name: { text: "container" }, mounts: [], capabilities: [], namespaces: [] },
    }));
});

describe("subcommands", () => {
  const git = specOf(`
options: { -C DIR: path }
mode: options-first
does: [{ uses: [DIR] }]
subcommands:
  "checkout, co": { operands: "[PATH...]", types: { PATH: path }, does: [{ writes: PATH, when: DIR }] }
  switch: "like: checkout"
  restore: { like: checkout, options: { --staged: }, does: [{ doubts: staged, when: --staged }] }
  "remote add, remote rm": { does: [] }
  remote: { does: [] }
  constructor: { does: [] }
  "*": { does: [] }
`);
  const sub = (name: string) => git.subcommands?.[name];
  test("are in the order of the file", () =>
    expect(Object.keys(git.subcommands ?? {})).toEqual(["checkout", "co", "switch", "restore", "remote", "constructor", "*"]));
  test("another name is the same spec", () => expect(sub("co")).toBe(sub("checkout")));
  test("like another is the same spec", () => expect(sub("switch")).toBe(sub("checkout")));
  test("like another, and more", () =>
    expect(sub("restore")).toEqual({
      ...sub("checkout"),
      id: "x restore",
      options: [{ names: ["--staged"], args: [] }],
      does: [
        ...(sub("checkout")?.does ?? []),
        { verb: "doubt", text: "staged", kind: "hidden-argument", when: [[{ option: "--staged" }]] },
      ],
    }));
  test("several words stand in a group", () => expect(Object.keys(sub("remote")?.subcommands ?? {})).toEqual(["add", "rm"]));
  test("are called by their first words", () =>
    expect([sub("co")?.id, sub("remote")?.subcommands?.rm?.id]).toEqual(["x checkout", "x remote add"]));
  test("have the parent's mode", () => expect(sub("co")?.mode).toBe("options-first"));
  test("have no words but their own", () => expect(sub("toString")).toBeUndefined());
  test("are written once and read back the same", () => {
    const again = readSpec(writeSpec(git));
    expect(again).toEqual(git);
    expect(again.subcommands?.switch).toBe(again.subcommands?.checkout);
    expect(again.subcommands?.toString).toBeUndefined();
    expect(writeSpec(again)).toBe(writeSpec(git));
  });
});
