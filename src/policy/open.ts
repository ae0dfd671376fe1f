import { isNode, isScalar, LineCounter, parseAllDocuments, visit } from "yaml";
import { type Problem, Source } from "../load/source.ts";

export interface Opened {
  readonly source: Source;
  /** Scalars that readers of YAML 1.1, as Go's is for these, take for something else. */
  readonly odd: readonly Problem[];
}

/** The file's one document, with numbers and truths as YAML 1.2 and JSON have them. Keys given twice are refused by the reader. */
export function openPolicy(text: string, file: string): Opened | { readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    schema: "core",
    version: "1.2",
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "error",
  });
  const [document] = documents;
  if ("empty" in documents || document === undefined || document.contents === null)
    return { problems: [{ file, line: 1, column: 1, message: "the file is empty" }] };
  const source = new Source(file, document, lines);
  const [, second] = documents;
  if (second) source.problem([], "the file holds more than one document; a policy is one");
  const at = (node: unknown, message: string): Problem => {
    const { line, col } = lines.linePos((isNode(node) && node.range?.[0]) || 0);
    return { file, line, column: col, message };
  };
  const odd: Problem[] = [];
  const problems: Problem[] = [];
  visit(document, {
    Scalar(_, node) {
      if (node.type === "PLAIN" && isOdd(node.source ?? ""))
        odd.push(
          at(node, `${node.source} is something else for other readers of YAML; put it in quotation marks, or write it plainly`),
        );
    },
    // Schemas skip this name, so that it could hide what somebody wrote.
    Pair(_, { key }) {
      if (!isScalar(key)) problems.push(at(key, "a key is a plain text"));
      else if (key.value === "__proto__") problems.push(at(key, '"__proto__" is no name'));
    },
  });
  const all = [...source.problems, ...problems];
  return all.length > 0 ? { problems: all } : { source, odd };
}

/** Numbers with a zero first, a `0b` or underscores, and dates. */
const isOdd = (text: string): boolean =>
  /^[-+]?(0[0-9_]+|0b[01_]+|[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?)$/.test(text) || /^\d{4}-\d{1,2}-\d{1,2}([Tt ]+\d.*)?$/.test(text);
