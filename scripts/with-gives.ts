import { isMap, isPair, isScalar, parseAllDocuments, stringify } from "yaml";

/** What an example at a path of the document gives. */
export interface Gives {
  readonly path: readonly (string | number)[];
  readonly gives: readonly string[];
}

/** Characters of a line before a list gets a line for each item. */
const LONGEST = 140;

/** The text of a command file with `gives` put into examples that have none; all else stays as it is. */
export function withGives(text: string, missing: readonly Gives[]): string {
  const [document] = parseAllDocuments(text, { schema: "failsafe" });
  const edits = missing.flatMap(({ path, gives }) => {
    const example = document && "getIn" in document ? document.getIn(path, true) : undefined;
    const last = isMap(example) ? example.items.at(-1) : undefined;
    if (!isMap(example) || !isPair(last) || !isScalar(last.key)) return [];
    const value = last.value as { readonly range?: readonly [number, number, number] | null } | null;
    const end = value?.range?.[1];
    const start = last.key.range?.[0];
    if (end === undefined || start === undefined) return [];
    const column = start - (text.lastIndexOf("\n", start - 1) + 1);
    // A block scalar's value ends after its newline.
    const at = text[end - 1] === "\n" ? end - 1 : end;
    return [{ at, text: example.flow ? `, gives: ${flow(gives)}` : `\n${block(gives, " ".repeat(column))}` }];
  });
  return edits
    .sort((a, b) => b.at - a.at)
    .reduce((result, edit) => result.slice(0, edit.at) + edit.text + result.slice(edit.at), text);
}

function block(gives: readonly string[], indent: string): string {
  const line = `${indent}gives: ${flow(gives)}`;
  if (line.length <= LONGEST) return line;
  return [`${indent}gives:`, ...gives.map((one) => `${indent}  - ${item(one)}`)].join("\n");
}

const flow = (gives: readonly string[]): string => `[${gives.map(item).join(", ")}]`;

/** Quoted where it would not stand inside brackets. */
const item = (one: string): string =>
  stringify([one], { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim().slice(1, -1);
