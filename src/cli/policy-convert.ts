import { printProblem } from "../load/source.ts";
import { FORMATS, readFacts } from "../policy/formats.ts";
import { printPolicy } from "../policy/print.ts";
import { readPolicy } from "../policy/read.ts";
import { toIntercept } from "../policy/to-intercept.ts";
import { EXIT_ERROR } from "./exit.ts";
import type { Host } from "./host.ts";
import { oneWord } from "./options.ts";
import { readText } from "./policy-file.ts";

export interface ConvertOptions {
  readonly from: string;
  readonly to: string;
}

/** Writes the policy in the other format. What that cannot say, or says otherwise, is said on stderr, and the exit code is 1. */
export async function convert(path: string, options: ConvertOptions, { io }: Host): Promise<number> {
  const from = oneWord("--from", options.from, [...FORMATS, "auto"]);
  const to = oneWord("--to", options.to, ["argvet", "intercept"]);
  const text = readText(path);
  const read = readFacts(text, path, from === "auto" ? undefined : from);
  const problems = "problems" in read ? read.problems : problemsOf(text, path, read.format);
  if ("problems" in read || problems.length > 0) {
    for (const problem of problems) io.complain(printProblem(problem));
    return EXIT_ERROR;
  }
  const written = to === "intercept" ? toIntercept(read.facts) : { value: read.facts, lost: [] };
  for (const { line, text } of read.notes) io.complain(`${path}:${line}: ${text}`);
  for (const lost of written.lost) io.complain(`${path}: not written: ${lost}`);
  await io.write(printPolicy(written.value, to));
  return written.lost.length + read.notes.length > 0 ? 1 : 0;
}

/** Ours is compiled, too: what its schema cannot see is wrong all the same. */
function problemsOf(text: string, path: string, format: string) {
  const read = format === "argvet" ? readPolicy(text, path) : { problems: [] };
  return "problems" in read ? read.problems : [];
}
