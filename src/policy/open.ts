import { isScalar, LineCounter, parseAllDocuments, visit } from "yaml";
import { type Problem, Source } from "../load/source.ts";

/** The file's one document, with numbers and truths as YAML 1.2 and JSON have them. Keys given twice are refused by the reader. */
export function openPolicy(text: string, file: string): { readonly source: Source } | { readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { schema: "core", version: "1.2", lineCounter: lines, prettyErrors: false });
  const [document] = documents;
  if ("empty" in documents || document === undefined || document.contents === null)
    return { problems: [{ file, line: 1, column: 1, message: "the file is empty" }] };
  const source = new Source(file, document, lines);
  const [, second] = documents;
  if (second) source.problem([], "the file holds more than one document; a policy is one");
  // Schemas skip this name, so that it could hide what somebody wrote.
  visit(document, {
    Pair(_, pair) {
      if (isScalar(pair.key) && pair.key.value === "__proto__") source.problem([], '"__proto__" is no name');
    },
  });
  return source.problems.length > 0 ? { problems: source.problems } : { source };
}
