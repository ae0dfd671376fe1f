import { type Knowledge, openKnowledge } from "../knowledge/knowledge.ts";
import { compileKnowledge, type KnowledgeFile } from "../load/knowledge.ts";
import type { Problem } from "../load/source.ts";
import { checkExamples } from "./knowledge-examples.ts";

/** Everything wrong with a user's file of packs, sets or command files: what does not compile, else the examples that do not hold. */
export const checkPack = (text: string, file: string, knowledge: Knowledge): readonly Problem[] =>
  checkPacks([{ path: file, text }], knowledge);

/** The same for several files, which may use one another's sets and programs. */
export function checkPacks(files: readonly KnowledgeFile[], knowledge: Knowledge): readonly Problem[] {
  const { data, examples, problems } = compileKnowledge(files, { base: knowledge });
  if (problems.length > 0) return problems;
  const own = openKnowledge([data]);
  return checkExamples(examples, {
    command: (name) => own.command(name) ?? knowledge.command(name),
    commandNames: [...own.commandNames, ...knowledge.commandNames],
    isWritten: (name) => own.isWritten(name) || knowledge.isWritten(name),
    sets: [...knowledge.sets, ...own.sets],
    rules: [...knowledge.rules, ...own.rules],
    profile: (name) => own.profile(name) ?? knowledge.profile(name),
  });
}
