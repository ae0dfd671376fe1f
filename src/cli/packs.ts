import type { KnowledgeData } from "../knowledge/knowledge.ts";
import { readKnowledgeFile } from "../load/folder.ts";
import { type CompiledKnowledge, compileKnowledge } from "../load/knowledge.ts";
import { printProblem } from "../load/source.ts";
import { Failure, reason } from "./failure.ts";

/** Compiles a user's files. Throws a Failure for one that cannot be read. */
export function compileFiles(paths: readonly string[]): CompiledKnowledge {
  return compileKnowledge(paths.map(read));
}

/** The user's packs as data. Throws a Failure that names the first thing wrong with them. */
export function loadPacks(paths: readonly string[]): KnowledgeData {
  const { data, problems } = compileFiles(paths);
  const [first] = problems;
  if (first === undefined) return data;
  throw new Failure(
    printProblem(first) + (problems.length > 1 ? ` (and ${problems.length - 1} more; see argvet rules check)` : ""),
  );
}

function read(path: string): ReturnType<typeof readKnowledgeFile> {
  try {
    return readKnowledgeFile(path);
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}
