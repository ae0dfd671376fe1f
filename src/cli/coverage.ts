import { fileURLToPath } from "node:url";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { readFolder, readKnowledgeFile } from "../load/folder.ts";
import { compileKnowledge } from "../load/knowledge.ts";
import type { ProgramCoverage } from "../report/coverage.ts";
import { coverageOf } from "../suite/coverage.ts";

/** The command files that the built-in knowledge was made from; they lie beside the code, in the package too. */
const RULES = fileURLToPath(new URL("../../rules", import.meta.url));

/** Reads the command files again, since the compiled knowledge has no examples, and runs all of these. */
export function readCoverage(knowledge: Knowledge, packs: readonly string[]): readonly ProgramCoverage[] {
  const { examples } = compileKnowledge([...readFolder(RULES), ...packs.map(readKnowledgeFile)]);
  return coverageOf(knowledge, examples.commands);
}
