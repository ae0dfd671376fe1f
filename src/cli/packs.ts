import { builtin } from "../index.ts";
import type { KnowledgeData } from "../knowledge/knowledge.ts";
import { readKnowledgeFile } from "../load/folder.ts";
import { compileKnowledge, type KnowledgeFile } from "../load/knowledge.ts";
import { printProblem } from "../load/source.ts";
import { checkPacks } from "../suite/check-pack.ts";
import { Failure, reason } from "./failure.ts";

/** The user's packs as data. Throws a Failure that names the first thing wrong with them. */
export function loadPacks(paths: readonly string[]): KnowledgeData {
  const { data, problems } = compileKnowledge(paths.map(read), { base: builtin() });
  const [first] = problems;
  if (first === undefined) return data;
  throw new Failure(
    printProblem(first) + (problems.length > 1 ? ` (and ${problems.length - 1} more; see argvet rules check)` : ""),
  );
}

/** Everything wrong with the user's files, one line each; their examples are judged if they compile. */
export function problemsOf(paths: readonly string[]): readonly string[] {
  return checkPacks(paths.map(read), builtin()).map(printProblem);
}

function read(path: string): KnowledgeFile {
  try {
    return readKnowledgeFile(path);
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}
