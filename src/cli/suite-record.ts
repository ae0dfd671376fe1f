import { printProblem } from "../load/source.ts";
import { Gathering, type SourceFile } from "../suite/import/gathering.ts";
import { sourceFiles } from "../suite/import/source-files.ts";
import { Judge } from "../suite/judge.ts";
import { callsOf } from "../suite/record/calls.ts";
import { record } from "../suite/record/record.ts";
import { Secrets } from "../suite/record/secrets.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import type { SharedOptions } from "./options.ts";
import { count, standardInput } from "./suite-input.ts";
import { type OutputOptions, writeSuite } from "./suite-output.ts";

interface Options extends OutputOptions, SharedOptions {
  readonly unjudged?: true;
  readonly keepGoing?: true;
}

/** 0: a suite was written; 2: a file can't be read. */
export async function recordCalls(paths: readonly string[], options: Options, { io, open }: Host): Promise<number> {
  const { knowledge } = await open(options);
  const files = (await Promise.all(paths.map((path) => filesAt(path, io)))).flat();
  const gathering = new Gathering();
  const recorded = record(
    files.flatMap((file) => [...callsOf(file, gathering)]),
    gathering,
    {
      judge: new Judge(knowledge),
      secrets: new Secrets(knowledge),
      ...(options.profile === undefined ? {} : { profile: options.profile }),
      unjudged: options.unjudged === true,
    },
  );
  for (const problem of gathering.problems) io.complain(printProblem(problem));
  if (gathering.problems.length > 0 && !options.keepGoing) return EXIT_ERROR;
  for (const [what, times] of gathering.left) io.complain(`left out ${times} ×: ${what}`);
  if (recorded.cases.length === 0) throw new Failure(`no calls in ${paths.join(", ")}`);
  await writeSuite(recorded.cases, options, io);
  io.complain(
    `${count(recorded.calls, "call")} became ${count(recorded.cases.length, "case")}; secrets replaced in ${recorded.redacted}: look through them before you share them`,
  );
  return 0;
}

async function filesAt(path: string, io: Io): Promise<readonly SourceFile[]> {
  if (path === "-") return [await standardInput(io)];
  try {
    return sourceFiles(path, { wants: (name) => name.endsWith(".jsonl") || name.endsWith(".ndjson") });
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}
