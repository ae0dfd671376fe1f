import type { z } from "zod";
import { type Path, type Problem, readDocuments, type Source } from "../load/source.ts";
import type { Place } from "./case.ts";

/** One line of a JSONL suite. It is read as JSON; only if something is wrong with it again, as YAML, for the column. */
export class LinePlace implements Place {
  readonly file: string;
  readonly problems: Problem[] = [];
  private json: unknown;
  private readonly text: string;
  private readonly before: number;

  constructor(file: string, text: string, before: number) {
    this.file = file;
    this.text = text;
    this.before = before;
  }

  /** Scalars are texts, as in YAML suites. Undefined, with a problem, if the line is no JSON. */
  value(): unknown {
    try {
      this.json = JSON.parse(this.text);
      return asTexts(this.json);
    } catch (error) {
      this.said(1, `no JSON: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  check<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const source = this.source();
    if (source) {
      source.check([], schema, value);
      this.problems.push(...source.problems);
    }
    if (this.problems.length === 0) this.said(1, result.error.issues[0]?.message ?? "no case");
    return undefined;
  }

  problem(path: Path, message: string, part?: "key" | "value"): void {
    const source = this.source();
    source?.problem(path, message, part);
    const [found] = source?.problems ?? [];
    this.said(found?.column ?? 1, message);
  }

  typed(path: Path): unknown {
    let value: unknown = this.json;
    for (const step of path)
      value = typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(String(step)) : undefined;
    return value;
  }

  line(): number {
    return this.before + 1;
  }

  private said(column: number, message: string): void {
    this.problems.push({ file: this.file, line: this.before + 1, column, message });
  }

  private source(): Source | undefined {
    const [source] = readDocuments(this.text, this.file, this.before);
    return source && source.problems.length === 0 ? source : undefined;
  }
}

function asTexts(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asTexts(inner)]));
}
