import { BUILTIN, builtin, createAnalyzer } from "../index.ts";
import { type KnowledgeData, openKnowledge } from "../knowledge/knowledge.ts";
import { readKnowledgeFile } from "../load/folder.ts";
import { type CompiledKnowledge, compileKnowledge } from "../load/knowledge.ts";
import { printProblem } from "../load/source.ts";
import { checkRuleExamples } from "../suite/examples.ts";
import { Failure, reason } from "./failure.ts";

/** The user's packs as data. Throws a Failure that names the first thing wrong with them. */
export function loadPacks(paths: readonly string[]): KnowledgeData {
  const { data, problems } = compileFiles(paths);
  const [first] = problems;
  if (first === undefined) return data;
  throw new Failure(
    printProblem(first) + (problems.length > 1 ? ` (and ${problems.length - 1} more; see argvet rules check)` : ""),
  );
}

/** Everything wrong with the user's files; their examples are judged if they compile. */
export function checkPacks(paths: readonly string[]): { readonly problems: readonly string[]; readonly examples: number } {
  const { data, problems, examples } = compileFiles(paths);
  if (problems.length > 0) return { problems: problems.map(printProblem), examples: 0 };
  const analyzer = createAnalyzer({ knowledge: openKnowledge([BUILTIN, data]) });
  return { problems: checkRuleExamples(examples.rules, analyzer).map(printProblem), examples: examples.rules.length };
}

function compileFiles(paths: readonly string[]): CompiledKnowledge {
  return compileKnowledge(paths.map(read), { base: builtin() });
}

function read(path: string): ReturnType<typeof readKnowledgeFile> {
  try {
    return readKnowledgeFile(path);
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}
