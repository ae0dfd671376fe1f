import type { Command, Script } from "../../syntax/ast.ts";
import { parse } from "../../syntax/parse.ts";
import { nodesOf } from "../nodes.ts";
import { ATTACK, expecting, type Importer, linesIn, textOf } from "./gathering.ts";

/** `# ruleid: a, b`, `# ok: a`, and what is yet to be so; `pro` and `deep` are other engines. */
const ANNOTATION = /^\s*#\s*(?:pro|deep)?(todo)?(ruleid|ok):\s*(.*)$/;

interface Annotation {
  readonly bad: boolean;
  readonly rules: string;
}

/** Shell with the annotations of Semgrep's rule tests: what a rule must find, and what it must not, begins on the line after. */
export const semgrep: Importer = {
  format: "semgrep",
  about: "shell annotated with # ruleid: and # ok:, or a folder of it",
  wants: (name) => /\.(sh|bash)$/.test(name),
  read(file, gathering) {
    const text = textOf(file, gathering);
    if (text === undefined) return;
    const script = parse(text).script;
    let open: Annotation[] = [];
    let start = 0;
    let seen = false;
    for (const { line, number } of linesIn(text)) {
      const annotation = annotationOf(line);
      if (annotation) {
        open.push(annotation);
        seen = true;
      } else if (open.length > 0 && line.trim() !== "" && !line.trim().startsWith("#")) {
        const command = commandAt(script, text, start, start + line.length) ?? line.trim();
        const bad = open.some((one) => one.bad);
        const rules = [...new Set(open.filter((one) => one.bad === bad).map((one) => one.rules))].join(", ");
        const name = `${bad ? "found" : "not found"}: ${rules}`;
        const source = `Semgrep ${file.name}:${number} ${rules}`;
        const expect = bad ? ATTACK : expecting("allow");
        gathering.add({ suite: `Semgrep: ${file.name}`, name, command, source, ...(expect ? { expect } : {}) });
        open = [];
      }
      start = text.indexOf("\n", start) + 1 || text.length;
    }
    if (open.length > 0) gathering.problem(file, text.split("\n").length, 1, "an annotation has no command after it");
    else if (!seen) gathering.leaveOut("a file without annotations");
  },
};

function annotationOf(line: string): Annotation | undefined {
  const [whole, , word, rules = ""] = ANNOTATION.exec(line) ?? [];
  return whole === undefined ? undefined : { bad: word === "ruleid", rules: rules.trim() };
}

/** The largest command that begins on a line. */
function commandAt(script: Script, text: string, start: number, end: number): string | undefined {
  let found: Command["span"] | undefined;
  for (const node of nodesOf(script)) {
    if (!("command" in node) || node.span.start < start || node.span.start >= end) continue;
    if (!found || node.span.end > found.end) found = node.span;
  }
  return found && text.slice(found.start, found.end);
}
