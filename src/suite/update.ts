import { type Edit, editsOf, type Present } from "./edits.ts";
import { linesOfText } from "./file-lines.ts";
import { partsOf } from "./split.ts";

/** A suite with verdicts written into it, and the lines that changed. */
export interface Updated {
  readonly text: string;
  readonly changes: readonly Change[];
  /** Verdicts for which there was no place. */
  readonly unplaced: number;
}

export interface Change {
  /** Where the lines stood. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** Writes verdicts into the cases of a suite that expect `record`, by the number of each case's entry in its file. */
export function update(path: string, text: string, presents: ReadonlyMap<number, Present>): Updated {
  const edits = path.endsWith(".jsonl") ? editsOfLines(text, presents) : editsOfParts(text, presents);
  return { text: applied(text, edits), changes: changesOf(text, edits), unplaced: presents.size - edits.length };
}

function editsOfLines(text: string, presents: ReadonlyMap<number, Present>): readonly Edit[] {
  const edits: Edit[] = [];
  let offset = 0;
  for (const { text: line, before } of linesOfText(text)) {
    const present = presents.get(before);
    if (present)
      edits.push(
        ...moved(
          editsOf(line.trimEnd(), "json", () => present),
          offset,
        ),
      );
    offset += line.length + 1;
  }
  return edits;
}

/** Part by part, as suites are read: only the cases that are to change are parsed. */
function editsOfParts(text: string, presents: ReadonlyMap<number, Present>): readonly Edit[] {
  const starts = startsOf(text);
  const edits: Edit[] = [];
  let entry = 0;
  for (const part of partsOf(linesOfText(text))) {
    if (part.kind === "header" && /^(["']?cases["']?[ \t]*:|\{)/m.test(part.text))
      return editsOf(text, "yaml", (number) => presents.get(number));
    if (part.kind !== "case") continue;
    const present = presents.get(entry++);
    if (present)
      edits.push(
        ...moved(
          editsOf(part.text, "yaml", () => present),
          starts[part.before] ?? 0,
        ),
      );
  }
  return edits;
}

const moved = (edits: readonly Edit[], by: number): readonly Edit[] =>
  edits.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));

function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function applied(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return parts.join("") + text.slice(at);
}

/** Each edit with the rest of its line; two on a line are told one after the other. */
function changesOf(text: string, edits: readonly Edit[]): readonly Change[] {
  let line = 1;
  let counted = 0;
  return edits.map(({ start, end, text: more }) => {
    for (let at = text.indexOf("\n", counted); at >= 0 && at < start; at = text.indexOf("\n", at + 1)) {
      line += 1;
      counted = at + 1;
    }
    const from = text.lastIndexOf("\n", start - 1) + 1;
    const newline = text.indexOf("\n", end);
    const to = newline < 0 ? text.length : newline;
    return { line, before: text.slice(from, to), after: text.slice(from, start) + more + text.slice(end, to) };
  });
}
