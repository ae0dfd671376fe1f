import { emptyFile, type Problem, readDocuments, type Source } from "../../load/source.ts";
import { DECISIONS } from "../../model/finding.ts";
import type { CaseFacts } from "../schema.ts";
import type { WrittenCase } from "../written.ts";

/** A case as an importer finds it. Without `expect` its source says nothing of the verdict; what a name lacks is made up later. */
export type Found = Omit<WrittenCase, "expect" | "name"> & {
  readonly name?: string | undefined;
  readonly expect?: CaseFacts["expect"];
};

/** A file of the source. */
export interface SourceFile {
  /** As it is printed. */
  readonly path: string;
  /** From the source's root, with `/`. */
  readonly name: string;
  /** @throws what node throws if it can't be read. */
  bytes(): Uint8Array;
}

/** What an importer has found, and what it has left out and why. */
export class Gathering {
  readonly cases: Found[] = [];
  readonly problems: Problem[] = [];
  /** Reasons, and how many things each left out. */
  readonly left = new Map<string, number>();

  add(found: Found): void {
    const said = [found.command, found.argv, found.commands, found.script].find((value) => value !== undefined);
    if (said?.length === 0 || (said === undefined && found.call === undefined)) this.leaveOut("nothing to run");
    else this.cases.push(found);
  }

  leaveOut(reason: string, count = 1): void {
    this.left.set(reason, (this.left.get(reason) ?? 0) + count);
  }

  problem(file: SourceFile, line: number, column: number, message: string): void {
    this.problems.push({ file: file.path, line, column, message });
  }
}

/** One format of attacks, calls or commands. */
export interface Importer {
  readonly format: string;
  /** For the help: what SOURCE is. */
  readonly about: string;
  /** Folder below SOURCE that holds everything, if it is there. */
  readonly folder?: string;
  /** Whether a file of a folder, named from its root, is of this format. A file that the user names is always read. */
  readonly wants: (name: string) => boolean;
  /** The same call twice says nothing new: agents and people repeat themselves. */
  readonly repeats?: true;
  /** What people and agents typed holds secrets. */
  readonly typed?: true;
  readonly read: (file: SourceFile, gathering: Gathering) => void;
}

/** All of a file as text; a problem, and undefined, if it is not UTF-8. */
export function textOf(file: SourceFile, gathering: Gathering): string | undefined {
  const bytes = file.bytes();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    gathering.problem(file, lineOfBadByte(bytes), 1, "the file is not UTF-8");
    return undefined;
  }
}

/** The first YAML document of a file; undefined, and said, if it is none. */
export function documentOf(file: SourceFile, gathering: Gathering): Source | undefined {
  const text = textOf(file, gathering);
  if (text === undefined) return undefined;
  const [source] = readDocuments(text, file.path);
  gathering.problems.push(...(source?.problems ?? [emptyFile(file.path)]));
  return source?.problems.length === 0 ? source : undefined;
}

function lineOfBadByte(bytes: Uint8Array): number {
  const again = new TextEncoder().encode(new TextDecoder().decode(bytes));
  const at = bytes.findIndex((byte, i) => byte !== again[i]);
  return 1 + bytes.subarray(0, at).filter((byte) => byte === 10).length;
}

/** The lines of a text with their numbers, without their ends. */
export function* linesIn(text: string): Generator<{ readonly line: string; readonly number: number }> {
  let number = 1;
  for (let start = 0; start < text.length; number += 1) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    yield { line: text.slice(start, end).replace(/\r$/, ""), number };
    start = end + 1;
  }
}

/** JSON objects of a text, a line each; lines that hold none are problems, blank ones nothing. */
export function* objectsOf(
  file: SourceFile,
  gathering: Gathering,
): Generator<{ value: JsonObject; number: number; line: string }> {
  const text = textOf(file, gathering);
  if (text === undefined) return;
  for (const { line, number } of linesIn(text)) {
    if (line.trim() === "") continue;
    const value = parse(line);
    if (typeof value === "string") gathering.problem(file, number, 1, value);
    else yield { value, number, line };
  }
}

export type JsonObject = ReadonlyMap<string, unknown>;

/** An object's own entries; undefined for anything else. */
export function asObject(value: unknown): JsonObject | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

export const asText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

export function asTexts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

function parse(line: string): JsonObject | string {
  try {
    return asObject(JSON.parse(line)) ?? "expected a JSON object on each line";
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : "unreadable"}`;
  }
}

/** `deny`, `allow`, … as an expectation; undefined for anything else. */
export function expecting(word: string | undefined): CaseFacts["expect"] | undefined {
  const decision = DECISIONS.find((known) => known === word);
  return decision === undefined ? undefined : { decision };
}

/** Something is an attack, and how far it must be held up is left to whoever runs the suite. */
export const ATTACK: CaseFacts["expect"] = { at_least: "require_approval" };
