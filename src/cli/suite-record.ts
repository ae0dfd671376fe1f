import { printProblem } from "../load/source.ts";
import { Gathering, type SourceFile } from "../suite/import/gathering.ts";
import { sourceFiles } from "../suite/import/source-files.ts";
import { Judge } from "../suite/judge.ts";
import { type Call, callsOf, factsOf } from "../suite/record/calls.ts";
import { record } from "../suite/record/record.ts";
import { Secrets } from "../suite/record/secrets.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure, reason } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { type SharedOptions, worldOf } from "./options.ts";
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
  const world = await worldOf(options, io);
  const context = factsOf(world);
  const recorded = record(callsIn(files, gathering), gathering, {
    judge: new Judge(knowledge, world),
    ...(context ? { context } : {}),
    secrets: new Secrets(knowledge),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    unjudged: options.unjudged === true,
  });
  for (const problem of gathering.problems) io.complain(printProblem(problem));
  if (gathering.problems.length > 0 && !options.keepGoing) return EXIT_ERROR;
  for (const [what, times] of gathering.left) io.complain(`left out ${times} ×: ${what}`);
  if (recorded.cases.length === 0) throw new Failure(`no calls in ${paths.join(", ")}`);
  await writeSuite(recorded.cases, options, io);
  io.complain(
    `${count(recorded.calls, "call")} became ${count(recorded.cases.length, "case")}; secrets replaced in ${recorded.redacted}: look through them before you share them`,
  );
  if (options.sandbox !== undefined) io.complain(`these verdicts are of --sandbox ${options.sandbox}: argvet test needs it too`);
  return 0;
}

function* callsIn(files: readonly SourceFile[], gathering: Gathering): Generator<Call> {
  for (const file of files) yield* callsOf(file, gathering);
}

async function filesAt(path: string, io: Io): Promise<readonly SourceFile[]> {
  if (path === "-") return [await standardInput(io)];
  try {
    return sourceFiles(path, { wants: (name) => name.endsWith(".jsonl") || name.endsWith(".ndjson") });
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}
