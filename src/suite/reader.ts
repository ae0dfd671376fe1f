import { statSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { emptyFile, type Path, type Problem, readDocuments } from "../load/source.ts";
import { type Case, casesOf, Names, type Place, Vocabulary } from "./case.ts";
import { isHeader } from "./facts.ts";
import { linesOfFile, NoText, textOfFile } from "./file-lines.ts";
import { LinePlace } from "./line-place.ts";
import { readText, type Suites } from "./read.ts";
import { type CaseFacts, caseSchema, type HeaderFacts, headerSchema, lineSchema } from "./schema.ts";
import { type Part, partsOf } from "./split.ts";

/** A YAML suite that is longer is read case by case. */
const LONG = 1024 * 1024;
const oneCase = z.array(caseSchema).length(1);

/** Reads suites from disk, a case at a time. What is wrong with them gathers in `problems`. */
export class SuiteReader {
  readonly problems: Problem[] = [];
  private readonly vocabulary: Vocabulary;

  constructor(knowledge: Knowledge) {
    this.vocabulary = new Vocabulary(knowledge);
  }

  /** `.jsonl`: a case a line; else YAML. */
  *cases(path: string): Generator<Case> {
    const before = this.problems.length;
    let any = false;
    try {
      for (const given of path.endsWith(".jsonl") ? this.jsonl(path) : this.yaml(path)) {
        any = true;
        yield given;
      }
    } catch (error) {
      if (!(error instanceof NoText)) throw error;
      this.problems.push({ ...emptyFile(path), message: error.message });
    }
    if (!any && this.problems.length === before) this.problems.push(emptyFile(path));
  }

  private yaml(path: string): Iterable<Case> {
    return statSync(path).size > LONG ? this.parts(path) : this.whole(readText(textOfFile(path), path, this.vocabulary));
  }

  private whole({ cases, problems }: Suites): readonly Case[] {
    this.problems.push(...problems);
    return cases;
  }

  private *parts(path: string): Generator<Case> {
    let names = new Names();
    let header: HeaderFacts | undefined;
    let entry = 0;
    for (const part of partsOf(linesOfFile(path))) {
      if (part.kind === "after") {
        const message = "in a suite as long as this, nothing comes after the cases";
        this.problems.push({ file: path, line: part.before + 1, column: 1, message });
      } else if (part.kind === "case") {
        yield* this.part(part, path, header, entry, names);
        entry += 1;
      } else if (/^(["']?cases["']?[ \t]*:|\{)/m.test(part.text)) {
        yield* this.whole(readText(part.text, path, this.vocabulary, part.before));
      } else {
        names = new Names();
        header = this.header(part, path);
      }
    }
  }

  private header({ text, before }: Part, path: string): HeaderFacts | undefined {
    const [source] = readDocuments(text, path, before);
    if (!source) return undefined;
    const facts = source.problems.length > 0 ? undefined : source.check([], headerSchema, source.value);
    if (facts) this.checkHeader(facts, source);
    this.problems.push(...source.problems);
    return facts;
  }

  private *part(
    { text, before }: Part,
    path: string,
    header: HeaderFacts | undefined,
    entry: number,
    names: Names,
  ): Generator<Case> {
    const [source] = readDocuments(text, path, before);
    if (!source) return;
    const [facts] = (source.problems.length > 0 ? undefined : source.check([], oneCase, source.value)) ?? [];
    if (facts && header) yield* this.taken(facts, header, source, [0], entry, names);
    else if (this.problems.length === 0 && source.problems.length === 0) source.problem([], '"suite" is missing');
    this.problems.push(...source.problems);
  }

  private *jsonl(path: string): Generator<Case> {
    const names = new Names();
    let header: HeaderFacts = { suite: basename(path, ".jsonl") };
    for (const { text, before } of linesOfFile(path)) {
      if (text.trim() === "") continue;
      const place = new LinePlace(path, text, before);
      const value = place.value();
      if (isHeader(value)) {
        header = place.check(headerSchema, value) ?? header;
        this.checkHeader(header, place);
      } else if (place.problems.length === 0) {
        const line = place.check(lineSchema, value);
        if (line) yield* this.line(line, header, place, before, names);
      }
      this.problems.push(...place.problems);
    }
  }

  private line(
    { suite, ...line }: z.infer<typeof lineSchema>,
    header: HeaderFacts,
    place: Place,
    before: number,
    names: Names,
  ): readonly Case[] {
    const given = { ...line, name: line.name ?? `line ${before + 1}` };
    return this.taken(given, suite === undefined ? header : { ...header, suite }, place, [], before, names);
  }

  private checkHeader({ profile }: HeaderFacts, place: Place): void {
    if (profile !== undefined) this.vocabulary.profile(place, ["profile"], profile);
  }

  private taken(given: CaseFacts, header: HeaderFacts, place: Place, path: Path, entry: number, names: Names): readonly Case[] {
    names.check(header.suite, given.name, place, path);
    this.vocabulary.check(place, path, given);
    return casesOf(given, header, place, path, entry);
  }
}
