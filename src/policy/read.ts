import type { Problem } from "../load/source.ts";
import { compilePolicy } from "./compile.ts";
import { inOrder, readFacts } from "./formats.ts";
import type { Policy } from "./policy.ts";

export type PolicyRead = { readonly policy: Policy } | { readonly problems: readonly Problem[] };

/**
 * Reads a policy, of our format, Intercept's or PolicyLayer's. What is wrong with it is said with its place; nothing is let pass
 * that is not understood. Never throws.
 */
export function readPolicy(text: string, file: string): PolicyRead {
  const read = readFacts(text, file);
  if ("problems" in read) return read;
  const policy = compilePolicy(read.facts, read.source);
  return read.source.problems.length > 0 ? { problems: inOrder(read.source.problems) } : { policy };
}
