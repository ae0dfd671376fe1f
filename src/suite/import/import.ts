import type { Problem } from "../../load/source.ts";
import type { CaseFacts } from "../schema.ts";
import { unreviewed, type WrittenCase } from "../written.ts";
import { type Found, Gathering, type Importer, type SourceFile } from "./gathering.ts";

export interface ImportOptions {
  /** Instead of the suites that the source is divided in. */
  readonly suite?: string;
  readonly license?: string;
  /** What cases expect of which the source says nothing. */
  readonly expect?: CaseFacts["expect"];
  /** Takes the secrets out of a case; undefined if it would be judged otherwise then. */
  readonly clean?: (given: WrittenCase) => { readonly given: WrittenCase; readonly secrets: number } | undefined;
}

export interface Imported {
  readonly cases: readonly WrittenCase[];
  readonly problems: readonly Problem[];
  /** What was left out: reasons, and how often. */
  readonly left: ReadonlyMap<string, number>;
  /** Calls that were there before. */
  readonly repeated: number;
  /** Cases that held secrets. */
  readonly redacted: number;
}

/** The cases of some files. Nothing of what the source says about them is lost, and nothing is said that it does not say. */
export function importCases(importer: Importer, files: readonly SourceFile[], options: ImportOptions = {}): Imported {
  const gathering = new Gathering();
  for (const file of files) importer.read(file, gathering);
  const { clean } = options;
  let redacted = 0;
  const safe = gathering.cases.flatMap((found) => {
    const cleaned = clean?.({ ...found, name: found.name ?? "", expect: unreviewed() });
    if (clean && !cleaned) gathering.leaveOut("a command that is judged otherwise without its secrets");
    if (!cleaned) return clean ? [] : [found];
    if (cleaned.secrets > 0) redacted += 1;
    const { expect: _, name, ...given } = cleaned.given;
    return [{ ...given, ...(name === "" ? {} : { name }), ...(found.expect ? { expect: found.expect } : {}) }];
  });
  const once = importer.repeats ? distinct(safe) : safe;
  const cases = named(once, options.suite).map((given) => told(given, options));
  return { cases, problems: gathering.problems, left: gathering.left, repeated: safe.length - once.length, redacted };
}

function told(given: Found & { readonly name: string }, options: ImportOptions): WrittenCase {
  const license = given.license ?? options.license;
  return {
    ...given,
    suite: options.suite ?? given.suite,
    ...(license === undefined ? {} : { license }),
    expect: given.expect ?? options.expect ?? unreviewed(),
  };
}

/** The first of each call: the same text or words, run in the same place. */
function distinct(found: readonly Found[]): readonly Found[] {
  const seen = new Map<string, Found>();
  for (const given of found) {
    const key = JSON.stringify([given.command, given.argv, given.call, given.context]);
    if (!seen.has(key)) seen.set(key, given);
  }
  return [...seen.values()];
}

const LONGEST_NAME = 80;

/** Every case has a name that no other of its suite has; one that its source does not name is called by its command. */
export function named<Given extends Found>(
  found: readonly Given[],
  suite?: string,
): readonly (Given & { readonly name: string })[] {
  const taken = new Map<string, number>();
  return found.map((given) => {
    const name =
      given.name ??
      shortened(given.command ?? given.argv?.join(" ") ?? given.script ?? given.commands?.[0] ?? given.call?.tool ?? "");
    const keyOf = (own: string): string => JSON.stringify([suite ?? given.suite, own]);
    let number = taken.get(keyOf(name)) ?? 1;
    let own = number === 1 ? name : `${name} (${number})`;
    while (taken.has(keyOf(own))) own = `${name} (${++number})`;
    taken.set(keyOf(name), number + 1);
    taken.set(keyOf(own), taken.get(keyOf(own)) ?? 2);
    return { ...given, name: own };
  });
}

function shortened(command: string): string {
  const [line = ""] = command.trim().split("\n", 1);
  const plain = line.replace(/[\s\p{C}]+/gu, " ");
  return plain.length > LONGEST_NAME || command.trim().includes("\n")
    ? `${[...plain].slice(0, LONGEST_NAME).join("")}…`
    : plain || "blank";
}
