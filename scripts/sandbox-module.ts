import { BUILTIN } from "../src/knowledge/builtin.generated.ts";
import { readFolder } from "../src/load/folder.ts";
import { type CompiledSandboxes, compileSandboxRules } from "../src/load/sandbox-rules.ts";
import { type Problem, readDocuments } from "../src/load/source.ts";

/** What rules/sandbox/ says, over the sets that are built in. */
export function compiledSandboxes(): CompiledSandboxes & { readonly problems: readonly Problem[] } {
  const sources = readFolder("rules/sandbox").flatMap(({ path, text }) => readDocuments(text, path));
  const compiled = compileSandboxRules(sources, BUILTIN.sets);
  return { ...compiled, problems: sources.flatMap(({ problems }) => problems) };
}

/** The text of `src/knowledge/sandbox.generated.ts`: one rule a line, read when a sandbox is first asked about. */
export function sandboxModule(): string {
  const { data } = compiledSandboxes();
  const parts = Object.entries(data).map(
    ([name, items]) =>
      `  ${name}: [\n${(items as readonly unknown[]).map((item) => `    ${quoted(JSON.stringify(item))},\n`).join("")}  ],\n`,
  );
  return `// Made from rules/sandbox/ by scripts/build-sandbox.ts; do not edit.
import { readSandboxes } from "./sandbox.ts";

export const SANDBOXES = readSandboxes({
${parts.join("")}});
`;
}

/** In single quotes, since the text is JSON and has many double ones. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
