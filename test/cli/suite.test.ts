import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openAnalyzer } from "../../src/cli/analyzer.ts";
import { cli } from "./fake.ts";

const folder = mkdtempSync(join(tmpdir(), "argvet-suite-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};
const suite = (...args: readonly string[]) => cli(["suite", ...args]);
const list = file("list/list.txt", "ls\nrm -rf build\n");

describe("suite import", { timeout: 60_000 }, () => {
  test("a suite on stdout, what became of the source on stderr", async () =>
    expect(await suite("import", "text", list, "--license", "MIT", "--suite", "ours")).toEqual({
      code: 0,
      out: `suite: ours
cases:
  - name: ls
    command: ls
    source: list.txt:1
    license: MIT
    expect: record
  - name: rm -rf build
    command: rm -rf build
    source: list.txt:2
    license: MIT
    expect: record
`,
      err: "2 cases in 1 suite, 2 of them without a verdict yet\nlicence MIT: what it asks for goes for these cases too\n",
    }));

  test("a licence file of the checkout, above the source, is named and kept on each case", async () => {
    const root = dirname(dirname(file("checkout/.git/HEAD", "")));
    file("checkout/COPYING", "GNU AFFERO GENERAL PUBLIC LICENSE\n  Version 3, 19 November 2007\n");
    const { out, err } = await suite("import", "text", file("checkout/lists/list.txt", "ls\n"), "--format", "jsonl");
    expect(JSON.parse(out)).toMatchObject({ license: "AGPL-3.0" });
    expect(err).toContain(`licence AGPL-3.0 (${join(root, "COPYING")})`);
  });

  test("no licence is no licence to pass it on", async () => {
    file("none/.git/HEAD", "");
    const { err } = await suite("import", "text", file("none/list.txt", "ls\n"));
    expect(err).toContain("no licence file beside or above the source");
  });

  test("stdin", async () => {
    const { out } = await cli(["suite", "import", "text", "-", "--expect", "allow"], { stdin: ["ls\n"] });
    expect(out).toBe(
      "suite: stdin\ncases:\n  - name: ls\n    command: ls\n    source: stdin:1\n    expect: { decision: allow }\n",
    );
  });

  test("a file that is there is not written over, unless told to", async () => {
    const there = file("there.yaml", "mine\n");
    expect(await suite("import", "text", list, "-o", there)).toEqual({
      code: 2,
      out: "",
      err: `${there} is there already; --force writes over it\n`,
    });
    expect(readFileSync(there, "utf8")).toBe("mine\n");
    expect((await suite("import", "text", list, "-o", there, "--force")).code).toBe(0);
    expect(readFileSync(there, "utf8")).toContain("command: ls");
  });

  test("what can't be read is said with its place, and nothing is written", async () => {
    const bad = file("bad.jsonl", '{"command":"ls"}\n{"command":\n');
    expect(await suite("import", "jsonl", bad)).toEqual({
      code: 2,
      out: "",
      err: `${bad}:2:1: not JSON: Unexpected end of JSON input\n`,
    });
    const { code, out } = await suite("import", "jsonl", bad, "--keep-going");
    expect([code, out]).toEqual([0, expect.stringContaining("command: ls")]);
  });

  test.each([
    [["import", "gtfobin", list], 'suite import gtfobin: did you mean "gtfobins"?\n'],
    [["import", "text", join(folder, "gone")], `${join(folder, "gone")}: no such file\n`],
    [["import", "text", file("empty.txt", "# nothing\n")], `${join(folder, "empty.txt")}: no cases in 1 file of format text\n`],
    [
      ["import", "dcg", join(folder, "list")],
      `${join(folder, "list")}: no file of format dcg in this folder; expected TOML of the corpus of dcg, or a folder of it\n`,
    ],
    [["import", "text", list, "--expect", "denny"], '--expect denny: did you mean "deny"?\n'],
    [["import", "text", list, "--format", "yml"], '--format yml: did you mean "yaml"?\n'],
    [["import", "text"], "missing required argument 'source'\n"],
    [["improt", "text"], "unknown command 'improt'; did you mean import?\n"],
  ])("%j", async (args, err) => expect(await suite(...args)).toEqual({ code: 2, out: "", err }));
});

describe("suite export", { timeout: 60_000 }, () => {
  test("import, export as JSONL, import: nothing is lost", async () => {
    const mixed = file(
      "mixed.jsonl",
      `${JSON.stringify({ id: 1, command: "a\nb 'c'\t", label: "attack", technique: "T1059", license: "MIT", cwd: "/x" })}\n${JSON.stringify({ argv: ["a", "", "é\u0007"], label: "benign", category: "two: three" })}\n`,
    );
    const [first, lines, second] = ["first.yaml", "lines.jsonl", "second.yaml"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await suite("import", "jsonl", mixed, "-o", first);
    await suite("export", first, "-o", lines);
    await suite("import", "jsonl", lines, "-o", second);
    expect(readFileSync(second, "utf8")).toBe(readFileSync(first, "utf8"));
    expect(
      readFileSync(lines, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        suite: "mixed.jsonl",
        name: "1",
        command: "a\nb 'c'\t",
        context: { cwd: "/x" },
        source: "mixed.jsonl:1",
        license: "MIT",
        attack: ["T1059"],
        expect: { at_least: "require_approval" },
      },
      {
        suite: "two: three",
        name: "a é ",
        argv: ["a", "", "é\u0007"],
        source: "mixed.jsonl:2",
        expect: { decision: "allow" },
      },
    ]);
  });

  test("a suite with a mistake", async () => {
    const bad = file("mistake.yaml", "suite: s\ncases:\n  - { name: a, comand: ls, expect: allow }\n");
    expect(await suite("export", bad)).toEqual({
      code: 2,
      out: "",
      err: `${bad}:3:16: unknown key "comand"; did you mean "command"?\n`,
    });
  });
});

describe("suite record and suite minimize", { timeout: 60_000 }, () => {
  const real = (args: readonly string[], ...stdin: readonly string[]) => cli(["suite", ...args], { open: openAnalyzer, stdin });

  test("calls from stdin", async () =>
    expect(await real(["record", "-", "--format", "jsonl"], '{"command":"TOKEN=abc ls"}\n')).toEqual({
      code: 0,
      out: '{"suite":"recorded: allow","name":"TOKEN=«token» ls","command":"TOKEN=«token» ls","source":"stdin:1","expect":{"decision":"allow"}}\n',
      err: "1 call became 1 case; secrets replaced in 1: look through them before you share them\n",
    }));
  test("where calls ran that do not say", async () => {
    const { out } = await real(
      ["record", "-", "--cwd", "/etc", "--format", "jsonl"],
      '{"command":"cat shadow"}\n{"command":"ls","cwd":"/x"}\n',
    );
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { command: "cat shadow", context: { cwd: "/etc" }, expect: { decision: "deny" } },
      { command: "ls", context: { cwd: "/x" }, expect: { decision: "allow" } },
    ]);
    expect((await real(["minimize", "--command", "ls; cat shadow | head", "--cwd", "/etc"])).out).toBe("cat shadow\n");
  });
  test("a transcript's secrets are replaced too, unless they are to be kept", async () => {
    const history = "export TOKEN=abc\n";
    expect((await real(["import", "shell-history", "-"], history)).out).toContain("command: export TOKEN=«token»");
    expect((await real(["import", "shell-history", "-", "--keep-secrets"], history)).out).toContain("command: export TOKEN=abc");
  });
  test("cases of a suite shrink, those that nothing speaks against do not", async () => {
    const path = file(
      "shrink.yaml",
      "suite: s\ncases:\n  - { name: a, command: ls; cat /etc/shadow, expect: deny }\n  - { name: b, command: ls -l, expect: allow }\n",
    );
    const { code, out, err } = await real(["minimize", path]);
    expect([code, out, err]).toEqual([
      0,
      "suite: s\ncases:\n  - name: a\n    command: cat /etc/shadow\n    expect: { decision: deny }\n  - name: b\n    command: ls -l\n    expect: { decision: allow }\n",
      "a: 19 → 15 characters\nb: left as it is, nothing speaks against it\n",
    ]);
  });
  test("a terminal is shown no control characters", async () => {
    const { out } = await cli(["suite", "minimize", "--command", "echo \u202e"], { open: openAnalyzer, io: { terminal: true } });
    expect(out).not.toContain("\u202e");
  });
  test.each([
    [["record", join(folder, "gone")], `${join(folder, "gone")}: no such file\n`],
    [
      ["record", file("odd.jsonl", "{}\n")],
      `${join(folder, "odd.jsonl")}:1:1: expected "command", "argv" or a tool's "arguments"\n`,
    ],
    [["record", file("none.jsonl", "\n")], `no calls in ${join(folder, "none.jsonl")}\n`],
    [["record", list, "--profile", "strickt"], '--profile strickt: did you mean "strict"?\n'],
    [["minimize"], "nothing to shrink: give suites, or --command 'COMMAND'\n"],
    [
      ["minimize", file("one.yaml", "suite: s\ncases:\n  - { name: a, command: ls, expect: allow }\n"), "--name", "x"],
      "no case to shrink: 1 read, none is called x\n",
    ],
    [
      ["export", join(folder, "one.yaml"), "-o", join(folder, "no/x.jsonl")],
      `${join(folder, "no/x.jsonl")}: there is no folder ${join(folder, "no")}\n`,
    ],
  ])("%j", async (args, err) => expect(await real(args)).toEqual({ code: 2, out: "", err }));
});
