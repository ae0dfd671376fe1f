import { readFolder } from "../src/load/folder.ts";
import { packSchema, type RuleExampleFacts, type RuleFacts, ruleSchema } from "../src/load/rule-schema.ts";
import { readDocuments } from "../src/load/source.ts";
import { printData } from "../src/report/data.ts";

const FOLDER = "docs/rules";

/** The rule reference, a page for each pack and one that lists them: path → text. */
export function ruleDocs(): ReadonlyMap<string, string> {
  const packs = readFolder("rules/packs").flatMap(({ path, text }) =>
    readDocuments(text, path).flatMap((source) => readPack(source.value)),
  );
  packs.sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Map([
    [`${FOLDER}/README.md`, indexPage(packs)],
    ...packs.map((pack): [string, string] => [`${FOLDER}/${pack.name}.md`, packPage(pack)]),
  ]);
}

interface Pack {
  readonly name: string;
  readonly about: string;
  readonly rules: readonly RuleFacts[];
}

/** A file that is no pack, or a rule that is not well-formed, is left to those who compile it. */
function readPack(value: unknown): readonly Pack[] {
  const pack = packSchema.safeParse(value);
  if (!pack.success) return [];
  const rules = pack.data.rules.flatMap((raw) => ruleSchema.safeParse(raw).data ?? []);
  return [{ name: pack.data.pack, about: pack.data.about, rules }];
}

const GENERATED = "<!-- Made from rules/packs by `npm run generate`; do not edit. -->";

function indexPage(packs: readonly Pack[]): string {
  const rows = packs.flatMap(({ name, rules }) =>
    rules.map((rule) => `| [${name}/${rule.id}](${name}.md#${rule.id}) | ${rule.severity} | ${cell(rule.title)} |`),
  );
  return [GENERATED, "", "# Rules", "", "| rule | severity | finds |", "|---|---|---|", ...rows, ""].join("\n");
}

function packPage({ name, about, rules }: Pack): string {
  return [GENERATED, "", `# ${name}`, "", about, "", ...rules.flatMap(ruleSection)].join("\n");
}

function ruleSection(rule: RuleFacts): string[] {
  return [
    `## ${rule.id}`,
    "",
    `${rule.title}. Severity ${rule.severity}, ${rule.status}.`,
    "",
    `- Says: ${code(rule.message)}`,
    `- Instead: ${rule.remediation}`,
    `- ATT&CK: ${rule.attack.map(technique).join(", ")}; CWE: ${rule.cwe.map(weakness).join(", ")}`,
    `- False alarms: ${rule.false_positives.join("; ")}`,
    `- When: ${code(printData(rule.when))}`,
    "",
    ...exampleList("Fires", rule.examples.match),
    ...exampleList("Silent", rule.examples.no_match),
    ...exampleList("Harmless", rule.examples.harmless),
  ];
}

const technique = (id: string): string => `[${id}](https://attack.mitre.org/techniques/${id.replace(".", "/")}/)`;
const weakness = (id: number): string => `[${id}](https://cwe.mitre.org/data/definitions/${id}.html)`;

function exampleList(title: string, examples: readonly RuleExampleFacts[]): string[] {
  return [`${title}:`, "", "```sh", ...examples.map(exampleLine), "```", ""];
}

function exampleLine(example: RuleExampleFacts): string {
  if (typeof example === "string") return example.trimEnd();
  const context = example.context === undefined ? "" : `    # ${printData(example.context)}`;
  return ("command" in example ? example.command.trimEnd() : JSON.stringify(example.argv)) + context;
}

/** Inline code may hold backticks if its fence has more of them. */
function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${fence.length > 1 ? ` ${text} ` : text}${fence}`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
