import { printProblem } from "../load/source.ts";
import { checkNames } from "../policy/names.ts";
import { readPolicy } from "../policy/read.ts";
import { EXIT_ERROR } from "./exit.ts";
import { describe } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { knowledgeOf, readText, sandboxesOf } from "./policy-file.ts";

/** Says everything that is wrong with the files, one line each. */
export async function check(files: readonly string[], { io }: Host): Promise<number> {
  const problems = (await Promise.all(files.map((file) => problemsOf(file, io)))).flat();
  for (const problem of problems) io.complain(problem);
  if (problems.length > 0) return EXIT_ERROR;
  await io.write(`${files.length} ${files.length === 1 ? "policy" : "policies"}: nothing wrong\n`);
  return 0;
}

async function problemsOf(path: string, io: Io): Promise<readonly string[]> {
  try {
    const text = readText(path);
    const read = readPolicy(text, path);
    if ("problems" in read) return read.problems.map(printProblem);
    await sandboxesOf(read.policy, path, io);
    return checkNames(read.policy, text, path, knowledgeOf(read.policy, path)).map(printProblem);
  } catch (error) {
    return [describe(error)];
  }
}
