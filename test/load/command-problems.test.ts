import { expect, test } from "vitest";
import { compileCommandFile } from "../../src/load/commands.ts";
import { printProblem } from "../../src/load/source.ts";
import { complaints } from "./compile.ts";

/** Lines 1 and 2 are `command:` and `source:`; the case starts on line 3. */
const cases: readonly (readonly [title: string, lines: string, ...said: string[]])[] = [
  ["an unknown key", "opreands: A\ndoes: []", 'x.yaml:3:1: unknown key "opreands"; did you mean "operands"?'],
  ["an unknown mode", "mode: intersperse\ndoes: []", 'x.yaml:3:7: "intersperse" is not known here; did you mean "interspersed"?'],
  [
    "an unknown verb",
    "operands: A\ntypes: { A: path }\ndoes: [{ read: A }]",
    'x.yaml:5:10: "read" is no verb; did you mean "reads"?',
  ],
  [
    "an unknown modifier",
    "operands: A\ntypes: { A: path }\ndoes: [{ reads: A, wen: -x }]",
    'x.yaml:5:20: unknown key "wen"; did you mean "when"?',
  ],
  [
    "a modifier of another verb",
    "operands: A\ntypes: { A: path }\ndoes: [{ reads: A, step: hash }]",
    'x.yaml:5:20: unknown key "step"; one of reads, when, unless, key, type, recursive, force, sweep, truncates, privileged, interactive, mode, owner, method, content, how, source, inside',
  ],
  [
    "an unknown NAME",
    "operands: ARCHIVE\ntypes: { ARCHIVE: path }\ndoes: [{ reads: ARCHIV }]",
    'x.yaml:5:17: no option or operand is called "ARCHIV"; did you mean "ARCHIVE"?',
  ],
  [
    "an unknown NAME in a condition",
    "operands: A\ntypes: { A: path }\ndoes: [{ reads: A, when: BB }]",
    'x.yaml:5:26: no option or operand is called "BB"; one of A, PROGRAM, SUBCOMMAND, INPUTLINE',
  ],
  [
    "an unknown option in a condition",
    "operands: A\ntypes: { A: path }\noptions: { --create: }\ndoes: [{ reads: A, when: --crate }]",
    'x.yaml:6:26: there is no option "--crate"; did you mean "--create"?',
    "x.yaml:5:12: option --create is used by no statement; use it, or list it under inert",
  ],
  [
    "an unknown type",
    "operands: A\ntypes: { A: pth }\ndoes: [{ uses: [A] }]",
    'x.yaml:4:13: "pth" is no type; did you mean "path"?',
  ],
  [
    "an unknown resource kind",
    'does: [{ reads: "acount:root" }]',
    'x.yaml:3:17: "acount:root" is no fixed resource: expected kind:text; did you mean "account"?',
  ],
  ["an unknown end", "does: [{ flows: stdin -> sdtout }]", 'x.yaml:3:17: "sdtout" is no end of a flow; did you mean "stdout"?'],
  [
    "an unknown step",
    "does: [{ flows: stdin -> stdout, step: encoded }]",
    'x.yaml:3:40: "encoded" is not known here; did you mean "encode"?',
  ],
  [
    "an option no statement uses",
    "options:\n  -c, --create:\ndoes: []",
    "x.yaml:4:3: option -c, --create is used by no statement; use it, or list it under inert",
  ],
  [
    "an inert option that is used",
    "inert: [-c]\ndoes: [{ connects: host:h, when: -c }]",
    "x.yaml:4:34: option -c is listed inert, yet used",
  ],
  [
    "an argument of an inert option",
    'inert: ["-c COLOR"]\ndoes: [{ uses: COLOR }]',
    'x.yaml:4:16: no option or operand is called "COLOR"; its option -c is listed inert',
  ],
  [
    "an effect on what names no resource",
    "operands: A\ndoes: [{ deletes: A }]",
    "x.yaml:4:19: A names no resource: its type is text; give it one under types (path, url, account, …)",
  ],
  [
    "an effect on a value without a type",
    "operands: A\ntypes: { A: key=value }\ndoes: [{ reads: A, key: k }]",
    "x.yaml:5:17: A names no resource: its type is text; give it one with type: in this statement (path, url, account, …)",
  ],
  [
    "a flow into text",
    "operands: A\ndoes: [{ flows: stdin -> A }]",
    "x.yaml:4:17: A names no resource: its type is text; give it one under types (path, url, account, …)",
  ],
  ["no statements", "operands: A", 'x.yaml:1:1: "does" is missing; an empty list means that it does nothing that matters'],
  [
    "a repeated option",
    "inert: [-c]\noptions: { -c: }\ndoes: []",
    "x.yaml:3:9: option -c is listed twice",
    "x.yaml:4:12: option -c is used by no statement; use it, or list it under inert",
  ],
  [
    "two types of one argument",
    "operands: A\noptions: { -f A: url }\ntypes: { A: path }\ndoes: [{ reads: A }]",
    "x.yaml:5:13: A has the type url already; give one of the two another name",
  ],
  [
    "a type of an argument that is not there",
    "operands: A\ntypes: { B: path }\ndoes: []",
    'x.yaml:4:10: no option or operand is called "B"; did you mean "A"?',
  ],
  [
    "an argument in small letters",
    'options:\n  "-f file": path\ndoes: []',
    'x.yaml:4:3: "file" of option "-f file": an argument is NAME, NAME... or, glued to the option, [=NAME]; names are capitals',
  ],
  [
    "a key where none is looked up",
    'does: [{ reads: "variable:{KEY}" }]',
    'x.yaml:3:17: no option or operand is called "KEY"; one of PROGRAM, SUBCOMMAND, INPUTLINE',
  ],
  [
    "a brace that stands alone",
    'operands: A\ndoes: [{ reads: "path:/{A" }]',
    'x.yaml:4:17: "path:/{A": a brace stands alone; an argument is {NAME}',
  ],
  [
    "an argument that is always there",
    "options: { -e PROGRAM: code }\ndoes: [{ runs: PROGRAM, as: shell }]",
    "x.yaml:3:12: PROGRAM is the program as it was called; give the argument another name",
  ],
  ["two repeated operands", "operands: A... B...\ndoes: []", 'x.yaml:3:11: operands "A... B...": only one can be repeated'],
  ["stops_at no operand", "operands: A\nstops_at: B\ndoes: []", 'x.yaml:4:11: "B" is no operand'],
  [
    "a condition without its end",
    "operands: A\ntypes: { A: path }\ndoes: [{ reads: A, when: A and }]",
    'x.yaml:5:26: condition "A and": the end where an option or a NAME was expected',
  ],
  [
    "a condition with a misspelt word",
    "operands: A\ntypes: { A: path }\ndoes: [{ reads: A, when: A adn A }]",
    'x.yaml:5:26: condition "A adn A": "adn" where "and" or "or" was expected',
  ],
  [
    "an unknown nature",
    "operands: A\ntypes: { A: path }\ndoes: [{ reads: A, when: A is remot }]",
    'x.yaml:5:26: condition "A is remot": "remot" is no nature of an argument; did you mean "remote"?',
  ],
  [
    "code without its language",
    "operands: A\ndoes: [{ runs: A, as: code }]",
    'x.yaml:4:8: "language" is missing: which language is the code?',
  ],
  [
    "an attribute that is neither argument nor text",
    "does: [{ connects: host:h, how: insecure }]",
    'x.yaml:3:33: how: expected an argument, or fixed text as in "=insecure"',
  ],
  ["a subcommand twice", 'subcommands:\n  "a, b": { does: [] }\n  b: { does: [] }', "x.yaml:5:3: subcommand b is listed twice"],
  [
    "like nothing",
    'subcommands:\n  status: { does: [] }\n  st: "like: statsu"',
    'x.yaml:5:7: there is no subcommand "statsu"; did you mean "status"?',
  ],
  [
    "an option of a subcommand",
    "subcommands:\n  a: { options: { -q: }, does: [] }",
    "x.yaml:4:19: option -q is used by no statement; use it, or list it under inert",
  ],
  ["a key twice", "operands: A\noperands: B\ndoes: []", "x.yaml:4:1: Map keys must be unique"],
];

for (const [title, lines, ...said] of cases) {
  test(`refused: ${title}`, () => expect([...complaints(lines)].sort()).toEqual([...said].sort()));
}

const said = (text: string): readonly string[] => {
  const compiled = compileCommandFile(text, "x.yaml");
  return "spec" in compiled ? [] : compiled.map(printProblem);
};

test("refused: fewer than two examples", () =>
  expect(said("command: x\nsource: x(1)\ndoes: []\nexamples:\n  - { run: x, gives: [] }\n")).toEqual([
    "x.yaml:4:1: at least two examples are needed, one of them odd or doubtful; there is one",
  ]));
test("refused: no examples", () =>
  expect(said("command: x\nsource: x(1)\ndoes: []\n")).toEqual([
    "x.yaml:1:1: at least two examples are needed, one of them odd or doubtful; there are none",
  ]));
test("refused: an example that does not say what it gives", () =>
  expect(said("command: x\nsource: x(1)\ndoes: []\nexamples:\n  - { run: x, gives: [] }\n  - run: x -y\n")).toEqual([
    'x.yaml:6:5: "gives" is missing: what does it do, exactly?',
  ]));
test("refused: no source", () => expect(said("command: x\ndoes: []\n")).toEqual(['x.yaml:1:1: "source" is missing']));
test("refused: no YAML", () => expect(said("command: [x\n")[0]).toMatch(/^x\.yaml:2:1: Flow sequence in block collection/));
test("refused: nothing", () => expect(said("")).toEqual(["x.yaml:1:1: the file is empty"]));
