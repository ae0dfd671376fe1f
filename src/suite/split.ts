import type { FileLine } from "./file-lines.ts";

/** A part of a YAML suite that is a document of its own: what stands before the cases, one case as a list of one, or what comes after. */
export interface Part {
  readonly kind: "header" | "case" | "after";
  readonly text: string;
  /** Lines of the file before it. */
  readonly before: number;
}

/**
 * Cuts suites at the dashes of their cases, so that a case can be read without those before it. Nothing inside a case can stand at
 * the column of its dash. A suite whose cases are not a list in block style is all header.
 */
export function* partsOf(lines: Iterable<FileLine>): Generator<Part> {
  let state: "header" | "cases" | "after" = "header";
  /** Column of the dashes. */
  let column = -1;
  let held = new Held("header", 0);
  for (const { text, before } of lines) {
    if (text.startsWith("---")) {
      yield* held.part();
      [state, held] = ["header", new Held("header", before + 1)];
    } else if (state === "header" && /^cases:\s*(#[^\n]*)?$/.test(text)) {
      yield* held.part();
      [state, column, held] = ["cases", -1, new Held("case", before + 1)];
    } else if (state === "cases" && isDash(text, column)) {
      yield* held.part();
      [column, held] = [text.indexOf("-"), new Held("case", before)];
      held.add(text);
    } else if (state === "cases" && /^[^\s#]/.test(text)) {
      yield* held.part();
      [state, held] = ["after", new Held("after", before)];
      held.add(text);
    } else held.add(text);
  }
  yield* held.part();
}

/** The lines of the part that is being read. */
class Held {
  private readonly kind: Part["kind"];
  private readonly before: number;
  private readonly lines: string[] = [];
  private told = false;

  constructor(kind: Part["kind"], before: number) {
    this.kind = kind;
    this.before = before;
  }

  add(line: string): void {
    this.lines.push(line);
    this.told ||= /^\s*[^\s#]/.test(line);
  }

  /** Nothing if it holds only comments. */
  *part(): Generator<Part> {
    if (this.told) yield { kind: this.kind, text: `${this.lines.join("\n")}\n`, before: this.before };
  }
}

/** A dash at this column; the first dash says which. */
function isDash(line: string, column: number): boolean {
  const at = line.search(/\S/);
  return line[at] === "-" && /^(\s|$)/.test(line.slice(at + 1, at + 2)) && (column < 0 || at === column);
}
