import { isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments } from "yaml";
import type { Decision } from "../model/finding.ts";

/** What a verdict is, as an expectation says it. */
export interface Present {
  readonly decision: Decision;
  /** None: nothing is said about rules. */
  readonly rules: readonly string[];
}

/** A range of a text and what comes there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How an expectation is written: as YAML has it, or as a line of JSON. */
export type Style = "yaml" | "json";

/**
 * The edits that write verdicts where a text expects `record`; the rest of the text stays as it is, to the byte. `at` gives the verdict of
 * each case, by its number in the text; a text that is one mapping is one case.
 */
export function editsOf(text: string, style: Style, at: (entry: number) => Present | undefined): readonly Edit[] {
  const documents = parseAllDocuments(text, { schema: "failsafe", prettyErrors: false });
  if ("empty" in documents || documents.some(({ errors }) => errors.length > 0)) return [];
  const cases = documents.flatMap(({ contents }) => casesIn(contents));
  return cases.flatMap((node, entry) => {
    const present = at(entry);
    const expect = partOf(node, "expect");
    return present && expect ? ofExpectation(expect, text, style, present) : [];
  });
}

function casesIn(contents: unknown): readonly unknown[] {
  if (isSeq(contents)) return contents.items;
  const cases = partOf(contents, "cases");
  return isSeq(cases) ? cases.items : [contents];
}

function ofExpectation(expect: Node, text: string, style: Style, present: Present): readonly Edit[] {
  const rules = present.rules.length > 0 ? `${key("rules", style)}${list(present.rules, style)}` : undefined;
  const decision = written(present.decision, style);
  const all = [`${key("decision", style)}${decision}`, ...(rules === undefined ? [] : [rules])];
  if (isRecord(expect)) return [over(expect, style === "json" ? `{${all.join(",")}}` : `{ ${all.join(", ")} }`)];
  const inner = partOf(expect, "decision");
  if (!isMap(expect) || !inner || !isRecord(inner)) return [];
  const edit = over(inner, decision);
  if (rules === undefined || partOf(expect, "rules")) return [edit];
  const between = expect.flow ? (style === "json" ? "," : ", ") : `\n${" ".repeat(columnOf(expect, text))}`;
  return [{ ...edit, text: `${decision}${between}${rules}` }];
}

const isRecord = (node: Node): boolean => isScalar(node) && node.value === "record";

function over(node: Node, text: string): Edit {
  const [start, end] = node.range ?? [0, 0];
  return { start, end, text };
}

function partOf(node: unknown, name: string): Node | undefined {
  const pair = isMap(node) ? node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === name) : undefined;
  return (pair?.value ?? undefined) as Node | undefined;
}

/** The keys of a block mapping stand in one column. */
function columnOf(map: Node, text: string): number {
  const start = map.range?.[0] ?? 0;
  return start - (text.lastIndexOf("\n", start - 1) + 1);
}

const written = (word: string, style: Style): string => (style === "json" ? JSON.stringify(word) : word);
const key = (name: string, style: Style): string => (style === "json" ? `"${name}":` : `${name}: `);
const list = (words: readonly string[], style: Style): string =>
  style === "json" ? JSON.stringify(words) : `[${words.join(", ")}]`;
