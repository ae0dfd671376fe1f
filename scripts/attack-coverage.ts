import { builtin } from "../src/index.ts";
import { readFolder } from "../src/load/folder.ts";
import { readSuites } from "../src/suite/read.ts";
import { TECHNIQUES, type Technique } from "./attack-techniques.ts";

interface Row {
  readonly rules: readonly string[];
  /** Cases of the suites that expect the technique, or a rule that names it. */
  readonly cases: number;
}

/** ATT&CK techniques that rules name, with the rules and the number of cases of our own suites: path → text. */
export function attackCoverage(): readonly [path: string, text: string] {
  const rows = rowsOf();
  const named = new Set([...TECHNIQUES.values()].flat().map(({ id }) => id));
  const others = [...rows.keys()].filter((id) => !named.has(id)).sort();
  const sections = [...TECHNIQUES, ["Other", others.map((id) => ({ id, name: "" }))] as const].flatMap(([tactic, techniques]) => {
    const own = techniques.filter(({ id }) => rows.has(id));
    return own.length === 0 ? [] : [`## ${tactic}`, "", HEAD, "|---|---|---|--:|", ...own.map((one) => line(one, rows)), ""];
  });
  const cases = [...rows.values()].filter((row) => row.cases > 0).length;
  return [
    "docs/attack.md",
    [
      "<!-- Made from rules/packs and fixtures by `npm run generate`; do not edit. -->",
      "",
      "# MITRE ATT&CK",
      "",
      `${rows.size} techniques of [ATT&CK](https://attack.mitre.org/matrices/enterprise/) are named by rules; ${cases} of them by cases of \`fixtures/\` too, beside the rules' own examples. A technique of several tactics stands under one.`,
      "",
      ...sections,
    ].join("\n"),
  ];
}

const HEAD = "| technique | | rules | cases |";

function rowsOf(): ReadonlyMap<string, Row> {
  const knowledge = builtin();
  const rules = new Map<string, string[]>();
  for (const { id, attack } of knowledge.rules)
    for (const technique of attack) rules.set(technique, [...(rules.get(technique) ?? []), id]);
  const attackOf = new Map(knowledge.rules.map(({ id, attack }) => [id, attack]));
  const cases = new Map<string, number>();
  for (const { expect } of readSuites(readFolder("fixtures"), knowledge).cases)
    for (const technique of new Set([...expect.attack, ...(expect.rules ?? []).flatMap((rule) => attackOf.get(rule) ?? [])]))
      cases.set(technique, (cases.get(technique) ?? 0) + 1);
  return new Map([...rules].map(([technique, own]) => [technique, { rules: own.sort(), cases: cases.get(technique) ?? 0 }]));
}

function line({ id, name }: Technique, rows: ReadonlyMap<string, Row>): string {
  const row = rows.get(id);
  const rules = (row?.rules ?? []).map((rule) => `[${rule}](rules/${rule.replace("/", ".md#")})`).join(", ");
  return `| [${id}](https://attack.mitre.org/techniques/${id.replace(".", "/")}/) | ${name} | ${rules} | ${row?.cases ?? 0} |`;
}
