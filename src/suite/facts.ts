import { basename } from "node:path";
import { emptyFile, type Path, type Problem, readDocuments } from "../load/source.ts";
import type { Place } from "./case.ts";
import { linesIn } from "./import/gathering.ts";
import { LinePlace } from "./line-place.ts";
import { ASKED, type CaseFacts, type HeaderFacts, headerSchema, lineSchema, suiteSchema } from "./schema.ts";
import type { WrittenCase } from "./written.ts";

export interface WrittenCases {
  readonly cases: readonly WrittenCase[];
  readonly problems: readonly Problem[];
}

/** The cases of a suite as they are written; what their suite says for all of them is said by each. */
export function readFacts(path: string, text: string): WrittenCases {
  return path.endsWith(".jsonl") ? readLines(path, text) : readYaml(path, text);
}

function readYaml(path: string, text: string): WrittenCases {
  const sources = readDocuments(text, path);
  if (sources.length === 0) return { cases: [], problems: [emptyFile(path)] };
  const cases = sources.flatMap((source) => {
    const facts = source.problems.length > 0 ? undefined : source.check([], suiteSchema, source.value);
    if (!facts) return [];
    for (const [i, given] of facts.cases.entries()) checkAsked(given, source, ["cases", i]);
    return facts.cases.map((given, i) => withHeader(typed(given, source, ["cases", i]), facts));
  });
  return { cases, problems: sources.flatMap(({ problems }) => problems) };
}

function readLines(path: string, text: string): WrittenCases {
  const cases: WrittenCase[] = [];
  const problems: Problem[] = [];
  const reader = new LineFacts(basename(path).replace(/\.\w+$/, ""));
  for (const { line, number } of linesIn(text)) {
    if (line.trim() === "") continue;
    const place = new LinePlace(path, line, number - 1);
    const given = reader.read(place);
    if (given) cases.push(given);
    problems.push(...place.problems);
  }
  if (cases.length === 0 && problems.length === 0) problems.push(emptyFile(path));
  return { cases, problems };
}

/** Reads a suite's lines in their order: some of them are for all that follow. */
export class LineFacts {
  private header: HeaderFacts;

  constructor(suite: string) {
    this.header = { suite };
  }

  /** Undefined for a header, and, with a problem, for what is no case. */
  read(place: LinePlace): WrittenCase | undefined {
    const value = place.value();
    if (place.problems.length > 0) return undefined;
    if (isHeader(value)) {
      this.header = place.check(headerSchema, value) ?? this.header;
      return undefined;
    }
    const line = place.check(lineSchema, value);
    if (!line || !checkAsked(line, place, [])) return undefined;
    const { suite, name, ...given } = line;
    return withHeader(
      { ...typed(given, place, []), name: name ?? `line ${place.line()}` },
      suite === undefined ? this.header : { ...this.header, suite },
    );
  }
}

/** Arguments of a call are what they are; all else is text. */
function typed<Given extends Pick<CaseFacts, "call">>(given: Given, place: Place, path: Path): Given {
  if (given.call?.arguments === undefined) return given;
  const args = place.typed([...path, "call", "arguments"]);
  return typeof args === "object" && args !== null ? { ...given, call: { ...given.call, arguments: { ...args } } } : given;
}

/** Whether a case says what to run, and says it one way. */
function checkAsked(given: object, place: Place, path: Path): boolean {
  if (ASKED.filter((key) => key in given).length === 1) return true;
  place.problem(path, `expected one of ${ASKED.map((key) => `"${key}"`).join(", ")}`);
  return false;
}

/** A line that asks nothing is what the lines after it have in common. */
export const isHeader = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "suite" in value && !("expect" in value) && !ASKED.some((key) => key in value);

function withHeader(given: CaseFacts, header: HeaderFacts): WrittenCase {
  const tags = [...new Set([...(header.tags ?? []), ...(given.tags ?? [])])];
  const env = { ...header.context?.env, ...given.context?.env };
  const context = { ...header.context, ...given.context, ...(Object.keys(env).length > 0 ? { env } : {}) };
  return {
    suite: header.suite,
    ...(header.profile === undefined ? {} : { profile: header.profile }),
    ...(header.source === undefined ? {} : { source: header.source }),
    ...(header.license === undefined ? {} : { license: header.license }),
    ...given,
    ...(tags.length > 0 ? { tags } : {}),
    ...(Object.keys(context).length > 0 ? { context } : {}),
  };
}
