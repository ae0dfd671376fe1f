import type { Knowledge } from "../knowledge/knowledge.ts";
import { readFolder, readKnowledgeFile } from "../load/folder.ts";
import { compileKnowledge } from "../load/knowledge.ts";
import type { ProgramCoverage } from "../report/coverage.ts";
import { coverageOf } from "../suite/coverage.ts";
import { ownFile } from "./package-root.ts";

/** Reads the command files again, since the compiled knowledge has no examples, and runs all of these. */
export function readCoverage(knowledge: Knowledge, packs: readonly string[]): readonly ProgramCoverage[] {
  const { examples } = compileKnowledge([...readFolder(ownFile("rules")), ...packs.map(readKnowledgeFile)]);
  return coverageOf(knowledge, examples.commands);
}
