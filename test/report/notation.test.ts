import { expect, test } from "vitest";
import { createAnalyzer } from "../../src/index.ts";
import { openKnowledge } from "../../src/knowledge/knowledge.ts";
import { readKnowledgeFile } from "../../src/load/folder.ts";
import { compileKnowledge } from "../../src/load/knowledge.ts";
import { notation } from "../../src/report/notation.ts";

const FACTS = `
command: show
source: show(1)
operands: FILE
types: { FILE: path }
does: [{ flows: FILE -> stdout }]
examples: [{ run: show x, gives: [] }, { run: show, gives: [] }]
---
command: as
source: as(1)
stops_at: COMMAND
mode: options-first
operands: "USER COMMAND..."
options: { --in PLACE: name }
place: { kind: container, name: PLACE, when: PLACE }
types: { USER: account, COMMAND: argv }
does: [{ becomes: USER }, { runs: COMMAND, as: argv }]
examples: [{ run: as x y, gives: [] }, { run: as, gives: [] }]
`;
const knowledge = openKnowledge([
  compileKnowledge([readKnowledgeFile("rules/profiles.yaml"), { path: "x.yaml", text: FACTS }]).data,
]);
const analyzer = createAnalyzer({ knowledge });
const given = (command: string): readonly string[] => notation(analyzer.analyze({ command }));

const cases: readonly (readonly [title: string, command: string, ...lines: string[]])[] = [
  ["what is printed of a file", "show ~/x", "reads ~/x", "~/x -> caller"],
  ["redirects are the command's own", "show x > y", "reads ./x", "writes ./y truncates", "./x -> ./y"],
  ["programs that are run, not what they do", "as bob show /etc/x", "runs show /etc/x as bob"],
  ["only those run by the command itself", "as bob as root show x", "runs as root show x as bob"],
  ["the place", "as --in web root show x", "runs show x as root @container web"],
  ["a word with blanks is quoted", "as bob show 'a b'", "runs show 'a b' as bob"],
  ["doubts by kind", "frob", "doubt unknown-command"],
  ["nothing", "as bob"],
];
for (const [title, command, ...lines] of cases)
  test(`${title}: ${command}`, () => expect([...given(command)].sort()).toEqual([...lines].sort()));
