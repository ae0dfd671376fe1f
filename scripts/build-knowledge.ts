import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { storeKnowledge } from "../src/knowledge/builtin.ts";
import type { KnowledgeData } from "../src/knowledge/knowledge.ts";
import { readFolder } from "../src/load/folder.ts";
import { compileKnowledge } from "../src/load/knowledge.ts";
import { printProblem } from "../src/load/source.ts";

/**
 * Compiles rules/ to one data module. `--check` writes nothing, and fails if the module is stale.
 * `--draft` writes what compiles, whatever the problems.
 */
const OUT = "src/knowledge/builtin.generated.ts";
const draft = process.argv.includes("--draft");
const { data, problems } = compileKnowledge(readFolder("rules"), { drafts: draft });
for (const problem of problems) console.error(printProblem(problem));
if (problems.length > 0 && !draft) process.exit(1);

const text = moduleText(data);
if (!process.argv.includes("--check")) writeFileSync(OUT, text);
else if (!existsSync(OUT) || readFileSync(OUT, "utf8") !== text) {
  console.error(`${OUT} is stale: npm run build:knowledge`);
  process.exit(1);
}
console.log(`${data.specs.length} command files, ${data.rules.length} rules, ${data.sets.length} sets`);

function moduleText(knowledge: KnowledgeData): string {
  const parts = Object.entries(storeKnowledge(knowledge)).map(([name, value]) => `  ${name}: [\n${lines(value)}  ],\n`);
  return `// Made from rules/ by scripts/build-knowledge.ts; do not edit.
import { readKnowledge } from "./builtin.ts";

export const BUILTIN = readKnowledge({
${parts.join("")}});
`;
}

/** One item a line, so that a change to one file changes one line. */
function lines(items: readonly (string | readonly string[])[]): string {
  return items.map((item) => `    ${typeof item === "string" ? quoted(item) : `[${item.map(quoted).join(", ")}]`},\n`).join("");
}

/** In single quotes, since the text is JSON and has many double ones. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
