import { adaptScript } from "./adapt-scripts.ts";
import type { Parsed, Problem, Script } from "./ast.ts";
import { isPlainShell } from "./check/dialect.ts";
import { cutToSize, lineBefore } from "./check/size.ts";
import { unreadableCharacters } from "./check/text.ts";
import { startReading } from "./reading.ts";
import { parseTree } from "./tree.ts";

/**
 * Reads shell text. Never throws: what cannot be read is among the problems, and the script holds the rest.
 * `shell` is the dialect, by program name; bash unless said.
 */
export function parse(text: string, options: { readonly shell?: string } = {}): Parsed {
  const problems: Problem[] = unreadableCharacters(text);
  const cut = cutToSize(text);
  if (cut !== undefined) problems.push({ kind: "limit", text: cut.text, span: { start: cut.at, end: text.length } });
  if (text.endsWith("\\") && text.includes("\n")) {
    problems.push({ kind: "syntax", text: "the text ends in a backslash", span: { start: text.length - 1, end: text.length } });
  }
  const script = readUpTo(text, cut?.at ?? text.length, options.shell ?? "bash", problems);
  return { script, problems };
}

/** Reads text[0, end), or less of it if the parser runs out of stack. */
function readUpTo(text: string, end: number, shell: string, problems: Problem[]): Script {
  for (let at = end; at > 0; at = lineBefore(text, at >> 1)) {
    const reading = startReading(at === text.length ? text : text.slice(0, at), isPlainShell(shell), shell === "dash");
    try {
      const script = adaptScript(reading, parseTree(reading.source));
      problems.push(...reading.session.problems);
      return script;
    } catch {
      const span = { start: lineBefore(text, at >> 1), end: at };
      problems.push({ kind: "limit", text: "nested too deeply to be read", span });
    }
  }
  return { statements: [], span: { start: 0, end: 0 } };
}
