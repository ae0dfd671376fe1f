import type { CommandSpec } from "../../src/knowledge/command.ts";
import { type CompileOptions, compileCommandFile } from "../../src/load/commands.ts";
import { compileKnowledge } from "../../src/load/knowledge.ts";
import { printProblem } from "../../src/load/source.ts";

/** Two examples, so that files of a few lines are whole. */
export const EXAMPLES = `
examples:
  - { run: x a, gives: [] }
  - { run: x b, gives: [] }
`;

/** What is wrong with a command file of these lines, one line each; examples are added. */
export function complaints(lines: string): readonly string[] {
  const compiled = compileCommandFile(`command: x\nsource: x(1)\n${lines}${EXAMPLES}`, "x.yaml");
  return "spec" in compiled ? [] : compiled.map(printProblem);
}

/** The spec of a command file of these lines. Throws with what is wrong. */
export function specOf(lines: string, options: CompileOptions = {}): CommandSpec {
  const compiled = compileCommandFile(`command: x\nsource: x(1)\n${lines}${EXAMPLES}`, "x.yaml", options);
  if ("spec" in compiled) return compiled.spec;
  throw new Error(compiled.map(printProblem).join("\n"));
}

/** What is wrong with one file of any documents. */
export function problemsOf(text: string): readonly string[] {
  return compileKnowledge([{ path: "p.yaml", text }]).problems.map(printProblem);
}
