import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { BUILTIN, builtin } from "../index.ts";
import { type Knowledge, openKnowledge } from "../knowledge/knowledge.ts";
import { printProblem } from "../load/source.ts";
import type { Sandboxes } from "../policy/judge.ts";
import type { Policy } from "../policy/policy.ts";
import { readPolicy } from "../policy/read.ts";
import { decode } from "./bytes.ts";
import { Failure, reason } from "./failure.ts";
import type { Io } from "./io.ts";
import { loadPacks } from "./packs.ts";

export function readText(path: string): string {
  try {
    return decode(readFileSync(path), path);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`${path}: ${reason(error)}`);
  }
}

/** Throws a Failure that names the first thing wrong with it. */
export function loadPolicy(path: string): Policy {
  const read = readPolicy(readText(path), path);
  if ("policy" in read) return read.policy;
  const [first] = read.problems;
  if (first === undefined) throw new Failure(`${path}: cannot be read`);
  const more = read.problems.length - 1;
  throw new Failure(printProblem(first) + (more > 0 ? ` (and ${more} more; see argvet policy check)` : ""));
}

/** The knowledge that the policy's own packs add to; they are found from its folder. Throws a Failure for a bad one. */
export function knowledgeOf(policy: Policy, path: string): Knowledge {
  if (policy.packFiles.length === 0) return builtin();
  return openKnowledge([BUILTIN, loadPacks(policy.packFiles.map((file) => resolve(dirname(path), file)))]);
}

/** Reads the sandboxes that the policy names, from its folder. Throws a Failure for a bad one. */
export async function sandboxesOf(policy: Policy, path: string, io: Pick<Io, "cwd">): Promise<Sandboxes> {
  if (policy.sandbox.length === 0) return new Map();
  const { sandboxOf } = await import("./sandbox-file.ts");
  const folder = dirname(resolve(io.cwd, path));
  return new Map(policy.sandbox.map(({ file }) => [file, sandboxOf(resolve(folder, file), io)]));
}
