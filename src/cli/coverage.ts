import type { Knowledge } from "../knowledge/knowledge.ts";
import { readFolder, readKnowledgeFile } from "../load/folder.ts";
import { compileKnowledge, type KnowledgeExamples } from "../load/knowledge.ts";
import type { ProgramCoverage } from "../report/coverage.ts";
import { coverageOf } from "../suite/coverage.ts";
import { ownFile } from "./package-root.ts";

/** Runs all examples of command files. */
export const readCoverage = (knowledge: Knowledge, packs: readonly string[]): readonly ProgramCoverage[] =>
  coverageOf(knowledge, readExamples(packs).commands);

/** Reads the knowledge again, since what is compiled of it has no examples. */
export const readExamples = (packs: readonly string[]): KnowledgeExamples =>
  compileKnowledge([...readFolder(ownFile("rules")), ...packs.map(readKnowledgeFile)]).examples;
