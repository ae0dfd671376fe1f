import { Document, isMap, isScalar, isSeq, type Node, visit } from "yaml";
import type { CaseFacts } from "./schema.ts";

/** A case as a file says it, and the suite it stands in. */
export type WrittenCase = CaseFacts & { readonly suite: string };

const RECORD = { decision: "record" } as const;
/** A case whose verdict nobody has looked at yet. */
export const unreviewed = (): CaseFacts["expect"] => ({ ...RECORD });

/** Keys in the order in which people read a case; others follow. */
const ORDER = [
  "name",
  "command",
  "commands",
  "argv",
  "script",
  "call",
  "context",
  "profile",
  "tags",
  "source",
  "license",
  "attack",
];

/** Suites as YAML: a document each, in the order of their first cases. */
export function writeYaml(cases: readonly WrittenCase[]): string {
  const suites = new Map<string, object[]>();
  for (const given of cases) {
    const { suite, ...rest } = given;
    const own = suites.get(suite) ?? [];
    if (own.length === 0) suites.set(suite, own);
    own.push(ordered(rest));
  }
  return [...suites].map(([suite, own]) => print(new Document({ suite, cases: own }))).join("---\n");
}

/** Cases as JSONL: a line each, which names its suite. */
export const writeJsonl = (cases: readonly WrittenCase[]): string =>
  cases.map(({ suite, ...rest }) => `${JSON.stringify({ suite, ...ordered(rest) })}\n`).join("");

function ordered({ expect, ...rest }: Omit<WrittenCase, "suite">): object {
  const entries = Object.entries(rest).filter(([, value]) => value !== undefined);
  const place = (key: string): number => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  const sorted = entries.sort(([a], [b]) => place(a) - place(b));
  return { ...Object.fromEntries(sorted), expect: shortened(expect) };
}

/** `record` alone says all. */
function shortened(expect: CaseFacts["expect"]): unknown {
  const said = Object.fromEntries(Object.entries(expect).filter(([, value]) => value !== undefined));
  return said.decision === "record" && Object.keys(said).length === 1 ? "record" : said;
}

function print(document: Document): string {
  visit(document, {
    Pair(_, { key, value }, path) {
      // The root's mapping is in block style, and a table of commands is a command a line.
      if (path.length < 4 || (isScalar(key) && key.value === "commands")) return;
      if (isMap(value) || isSeq(value)) value.flow = isShort(value);
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Everything in it is one line of text, and all of it together fits on one. */
function isShort(node: Node): boolean {
  const texts: string[] = [];
  visit(node, { Scalar: (_, { value }) => void texts.push(String(value)) });
  return texts.every((text) => !text.includes("\n")) && texts.join("  ").length <= 110;
}
