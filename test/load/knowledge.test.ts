import { expect, test } from "vitest";
import { openKnowledge } from "../../src/knowledge/knowledge.ts";
import { ROWS } from "../../src/knowledge/profile.ts";
import { readKnowledgeFile } from "../../src/load/folder.ts";
import { compileKnowledge } from "../../src/load/knowledge.ts";
import { printProblem } from "../../src/load/source.ts";
import { EXAMPLES, problemsOf } from "./compile.ts";

const file = (name: string, rest: string) => ({
  path: `${name}.yaml`,
  text: `command: ${name}\nsource: x(1)\n${rest}${EXAMPLES}`,
});
const said = (...files: readonly { path: string; text: string }[]) => compileKnowledge(files).problems.map(printProblem);

test("a program is found under each of its names", () => {
  const knowledge = openKnowledge([compileKnowledge([file("[tar, gtar]", "does: []")]).data]);
  expect([knowledge.command("gtar")?.id, knowledge.command("tra"), knowledge.commandNames]).toEqual([
    "tar",
    undefined,
    ["tar", "gtar"],
  ]);
});

test("a program like another has its facts under its own name, whichever file comes first", () => {
  const docker = file("docker", "subcommands: { run: { does: [{ connects: host:h }] } }");
  const podman = file("podman", "like: docker\nsubcommands: { pod: { does: [] } }");
  const knowledge = openKnowledge([compileKnowledge([podman, docker]).data]);
  const subcommands = knowledge.command("podman")?.subcommands;
  expect(Object.entries(subcommands ?? {}).map(([name, spec]) => [name, spec.id, spec.does.length])).toEqual([
    ["run", "podman run", 1],
    ["pod", "podman pod", 0],
  ]);
});

test("refused: a program like none", () =>
  expect(said(file("podman", "like: docker"))).toEqual(['podman.yaml:3:7: there are no facts of a program "docker"']));
test("refused: two files of one program", () =>
  expect(said(file("a", "does: []"), { ...file("a", "does: []"), path: "b.yaml" })).toEqual([
    'b.yaml:1:10: "a" is a program of a.yaml too',
  ]));
test("refused: a file with nothing in it", () => expect(problemsOf(" ")).toEqual(["p.yaml:1:1: the file is empty"]));
test("refused: aliases of aliases without end", () => {
  const lists = [
    "a: &a [x, x, x, x, x, x, x, x, x, x]",
    ..."bcd".split("").map((name, i) => `${name}: &${name} [${Array(10).fill(`*${"abc"[i]}`).join(", ")}]`),
  ];
  expect(problemsOf(`set: s\n${lists.join("\n")}\n`)).toEqual([
    "p.yaml:1:1: Excessive alias count indicates a resource exhaustion attack",
  ]);
});
test("words of JavaScript are plain names", () =>
  expect(
    said(
      file(
        "x",
        "options: { -c CONSTRUCTOR: path }\nsubcommands: { constructor: { does: [{ reads: CONSTRUCTOR }] }, __proto__: { does: [] } }",
      ),
    ),
  ).toEqual([]));
test("refused: a document of no kind", () =>
  expect(problemsOf("rule: x\n")).toEqual(["p.yaml:1:1: a document says first what it is: command, pack, set, profile"]));

const profiles = compileKnowledge([readKnowledgeFile("rules/profiles.yaml")]).data.profiles;
const profile = (name: string) => profiles.find((one) => one.name === name);

test("the profiles are three, and decide every row", () => {
  expect(profiles.map((one) => one.name)).toEqual(["standard", "observe", "strict"]);
  for (const { rows } of profiles) expect(Object.keys(rows)).toEqual([...ROWS]);
});
test("observe decides as standard does, and blocks nothing", () => {
  expect(profile("observe")).toEqual({ ...profile("standard"), name: "observe", observe: true });
});
test("strict is nowhere milder than standard", () => {
  const rank = ["allow", "require_approval", "deny"];
  for (const row of ROWS)
    expect(rank.indexOf(profile("strict")?.rows[row] ?? ""), row).toBeGreaterThanOrEqual(
      rank.indexOf(profile("standard")?.rows[row] ?? ""),
    );
});
test("refused: a row that is left open, and one that is none", () => {
  const rows = ROWS.filter((row) => row !== "nothing").map((row) => `  ${row}: allow\n`);
  expect(problemsOf(`profile: x\nabout: y\nrows:\n${rows.join("")}  nothin: deny\n`)).toEqual([
    `p.yaml:${rows.length + 4}:3: "nothin" is no row; did you mean "nothing"?`,
    "p.yaml:3:1: not decided: nothing",
  ]);
});
