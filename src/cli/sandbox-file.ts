import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readSandbox } from "../load/sandbox.ts";
import { printProblem } from "../load/source.ts";
import type { Sandbox } from "../model/sandbox.ts";
import { decode } from "./bytes.ts";
import { Failure, reason } from "./failure.ts";
import type { Io } from "./io.ts";

/** The sandbox of a file. Throws a Failure that says what is wrong with it, and where. */
export function sandboxOf(given: string, io: Pick<Io, "cwd">): Sandbox {
  const path = resolve(io.cwd, given);
  const { sandbox, problems } = readSandbox(textOf(path, given), given, dirname(path));
  if (sandbox === undefined) {
    const [first = `${given} says nothing`, ...more] = problems.map(printProblem);
    throw new Failure(more.length === 0 ? first : `${first}; and ${more.length} more: ${more.join("; ")}`);
  }
  return sandbox;
}

function textOf(path: string, given: string): string {
  try {
    return decode(readFileSync(path), given);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`${given}: ${reason(error)}`);
  }
}
