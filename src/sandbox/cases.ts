import { readFileSync } from "node:fs";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { readKnowledgeFile } from "../load/folder.ts";
import { printProblem } from "../load/source.ts";
import { readSuites } from "../suite/read.ts";

/** A shell string that is run for real, and where it is from. */
export interface RealCase {
  readonly command: string;
  readonly from: string;
}

/** The shell strings of a suite. Throws an Error that names the first thing wrong with it. */
export function casesOfSuite(path: string, knowledge: Knowledge): readonly RealCase[] {
  const { cases, problems } = readSuites([readKnowledgeFile(path)], knowledge);
  const [first] = problems;
  if (first) throw new Error(printProblem(first));
  return cases.flatMap(({ input, file, line }) =>
    "command" in input ? [{ command: input.command, from: `${file}:${line}` }] : [],
  );
}

/** One JSON object with a `command` a line. Throws an Error that names the first bad line. */
export function casesOfLines(path: string): readonly RealCase[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line, i) =>
      line.trim() === "" ? [] : [{ command: commandOf(line, `${path}:${i + 1}`), from: `${path}:${i + 1}` }],
    );
}

function commandOf(line: string, from: string): string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`${from}: not JSON`);
  }
  const command = typeof value === "object" && value !== null && "command" in value ? value.command : undefined;
  if (typeof command !== "string") throw new Error(`${from}: expected an object with a "command"`);
  return command;
}
