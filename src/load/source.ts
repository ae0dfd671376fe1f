import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parse, parseAllDocuments } from "yaml";
import type { z } from "zod";
import { suggest } from "./nearest.ts";

/** What is wrong with a file of knowledge, and where. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export const printProblem = (problem: Problem): string => `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`;

/** The way from a document's root to one of its parts. */
export type Path = readonly (string | number)[];

/** One YAML document. What is wrong with it is gathered in `problems`. */
export class Source {
  readonly problems: Problem[] = [];
  readonly file: string;
  /** Scalars are texts, as written: `0755`, `~` and `true` mean themselves. */
  readonly value: unknown;
  private readonly document: Document;
  private readonly lines: LineCounter;
  private readonly before: number;

  /** `before`: lines of the file before the text that the document is of. */
  constructor(file: string, document: Document, lines: LineCounter, before = 0) {
    this.file = file;
    this.document = document;
    this.lines = lines;
    this.before = before;
    for (const error of document.errors) this.report(error.pos[0], firstLine(error.message));
    this.value = document.errors.length > 0 ? undefined : this.plain();
  }

  private plain(): unknown {
    try {
      return this.document.toJS();
    } catch (error) {
      // Aliases of aliases that would come to more than memory holds.
      this.report(0, error instanceof Error ? firstLine(error.message) : "cannot be read");
      return undefined;
    }
  }

  /** Says what is wrong with the part at `path`: with its value, or with its key. */
  problem(path: Path, message: string, part: "key" | "value" = "value"): void {
    this.report(this.offset(path, part), message);
  }

  line(path: Path): number {
    return this.before + this.lines.linePos(this.offset(path, "value")).line;
  }

  /** Checks a part against a schema; problems are said where they stand. */
  check<T>(path: Path, schema: z.ZodType<T>, value: unknown): T | undefined {
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.explain(path, issue);
    return undefined;
  }

  private explain(path: Path, issue: z.core.$ZodIssue): void {
    const at: Path = [...path, ...issue.path.filter((part) => typeof part !== "symbol")];
    const here = at.at(-1);
    if (issue.code === "unrecognized_keys") {
      // The message is the vocabulary: see `mapping`.
      for (const key of issue.keys)
        this.problem([...at, key], `unknown key "${key}"${suggest(key, issue.message.split(" "))}`, "key");
    } else if (issue.input === undefined && typeof here === "string") {
      this.problem(at.slice(0, -1), `"${here}" is missing`, "key");
    } else if (issue.code === "invalid_union" && issue.errors.some(isInside)) {
      // Of several forms, the one that was meant: only parts of it are wrong.
      for (const inner of issue.errors.find(isInside) ?? []) this.explain(at, inner);
    } else if (issue.code === "invalid_value") {
      this.problem(at, `"${String(issue.input)}" is not known here${suggest(String(issue.input), issue.values.map(String))}`);
    } else {
      this.problem(at, `${typeof here === "string" ? `"${here}": ` : ""}${issue.message}`);
    }
  }

  private report(offset: number, message: string): void {
    const { line, col } = this.lines.linePos(offset);
    this.problems.push({ file: this.file, line: this.before + Math.max(line, 1), column: Math.max(col, 1), message });
  }

  /** The part at `path` with numbers and truths as YAML 1.2 and JSON have them; what is quoted is text. */
  typed(path: Path): unknown {
    return this.typedNode(this.document.getIn(path, true));
  }

  private typedNode(node: unknown): unknown {
    const target = isAlias(node) ? node.resolve(this.document) : node;
    if (isSeq(target)) return target.items.map((item) => this.typedNode(item));
    if (isMap(target))
      return Object.fromEntries(
        target.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), this.typedNode(value)]),
      );
    if (!isScalar(target)) return null;
    return target.type === "PLAIN" ? parse(String(target.value), { schema: "core" }) : target.value;
  }

  private offset(path: Path, part: "key" | "value"): number {
    let node: unknown = this.document.contents;
    let found = startOf(node) ?? 0;
    for (const [i, step] of path.entries()) {
      if (isAlias(node)) node = node.resolve(this.document);
      if (isSeq(node)) node = node.items[Number(step)];
      else if (isMap(node)) {
        const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step));
        if (!pair) return found;
        found = startOf(pair.key) ?? found;
        if (part === "key" && i === path.length - 1) return found;
        node = pair.value;
        if (isScalar(node) && node.source === "") return found;
      } else return found;
      found = startOf(node) ?? found;
    }
    return found;
  }
}

export const emptyFile = (file: string): Problem => ({ file, line: 1, column: 1, message: "the file is empty" });

/**
 * The documents of one file, or of a part of it that has `before` lines before it; none if it is empty. A text that is no YAML gives
 * documents with problems.
 */
export function readDocuments(text: string, file: string, before = 0): readonly Source[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { schema: "failsafe", lineCounter: lines, prettyErrors: false });
  return "empty" in documents ? [] : documents.map((document) => new Source(file, document, lines, before));
}

/** Are only parts of the value wrong, in this form? */
const isInside = (issues: readonly z.core.$ZodIssue[]): boolean =>
  issues.length > 0 &&
  issues.every(
    (issue) =>
      issue.path.length > 0 ||
      issue.code === "unrecognized_keys" ||
      (issue.code === "invalid_union" && issue.errors.some(isInside)),
  );

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

const firstLine = (text: string): string => text.split("\n")[0] ?? text;
