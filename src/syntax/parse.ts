import { adaptScript } from "./adapt-scripts.ts";
import type { Parsed } from "./ast.ts";
import { startReading } from "./reading.ts";
import { parseTree } from "./tree.ts";

/**
 * Reads shell text. Never throws: what cannot be read is among the problems, and the script holds the rest.
 * `shell` is the dialect, by program name; bash unless said.
 */
export function parse(text: string, _options: { readonly shell?: string } = {}): Parsed {
  const reading = startReading(text);
  try {
    const script = adaptScript(reading, parseTree(text));
    return { script, problems: reading.session.problems };
  } catch {
    const span = { start: 0, end: text.length };
    const problem = { kind: "limit", text: "the text is too deep to read", span } as const;
    return { script: { statements: [], span }, problems: [...reading.session.problems, problem] };
  }
}
