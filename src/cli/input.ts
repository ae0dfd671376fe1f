import type { Input } from "../model/subject.ts";
import { textOf } from "./bytes.ts";
import { Failure } from "./failure.ts";
import type { Io } from "./io.ts";

/** The one thing that is asked about: a shell string, `-` for stdin, or after `--argv --` an argv array. */
export async function inputOf(operands: readonly string[], asArgv: boolean, io: Io): Promise<Input> {
  const [first, ...rest] = operands;
  if (first === undefined)
    throw new Failure(
      asArgv ? "--argv: no program given; write --argv -- PROGRAM ARG…" : "no command given; write it in quotes, or - for stdin",
    );
  operands.forEach(refuseMangled);
  if (asArgv) return { argv: operands };
  if (rest.length > 0) throw new Failure("more than one command given; write one in quotes, or --argv -- PROGRAM ARG…");
  return { command: first === "-" ? await textOf(io.stdin, "stdin") : first };
}

/** Node turns bytes of an argument that are not UTF-8 into U+FFFD: what was meant is lost, and nothing may be judged instead of it. */
function refuseMangled(operand: string): void {
  if (operand.includes("\ufffd"))
    throw new Failure("the command holds bytes that are not UTF-8 (or U+FFFD itself: give it on stdin)");
}
