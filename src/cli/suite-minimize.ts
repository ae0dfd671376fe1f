import { clean } from "../report/clean.ts";
import { Judge, outcomeOf } from "../suite/judge.ts";
import { minimizeCase } from "../suite/minimize-case.ts";
import type { WrittenCase } from "../suite/written.ts";
import { EXIT_ERROR } from "./exit.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { type SharedOptions, worldOf } from "./options.ts";
import { casesOf } from "./suite-export.ts";
import { type OutputOptions, shown, writeSuite } from "./suite-output.ts";

interface Options extends OutputOptions, SharedOptions {
  readonly command?: string;
  readonly name: readonly string[];
}

/** 0: written; 2: a suite can't be read, or no case is of that name. */
export async function minimizeSuites(paths: readonly string[], options: Options, { io, open }: Host): Promise<number> {
  const judge = new Judge((await open(options)).knowledge, await worldOf(options, io));
  if (options.command !== undefined) {
    await io.write(`${shown(one(options.command, options, judge, io), io)}\n`);
    return 0;
  }
  if (paths.length === 0) throw new Failure("nothing to shrink: give suites, or --command 'COMMAND'");
  const cases = casesOf(paths, io);
  if (!cases) return EXIT_ERROR;
  const chosen = cases.filter(
    ({ suite, name }) => options.name.length === 0 || options.name.some((text) => `${suite} › ${name}`.includes(text)),
  );
  if (chosen.length === 0)
    throw new Failure(`no case to shrink: ${cases.length} read, none is called ${options.name.join(" or ")}`);
  const minimized = chosen.map((given) => minimizeCase(withProfile(given, options), judge));
  await writeSuite(
    minimized.map(({ given }) => given),
    options,
    io,
  );
  for (const { given, before, after, left } of minimized)
    io.complain(clean(`${given.name}: ${left === undefined ? `${before} → ${after} characters` : `left as it is, ${left}`}`));
  return 0;
}

const withProfile = (given: WrittenCase, { profile }: SharedOptions): WrittenCase =>
  profile === undefined ? given : { ...given, profile };

function one(command: string, options: Options, judge: Judge, io: Io): string {
  const given = withProfile({ suite: "", name: "", command, expect: { decision: "record" } }, options);
  const { given: small } = minimizeCase(given, judge);
  for (const verdict of judge.verdicts(small)) io.complain(outcomeOf(verdict));
  return small.command ?? command;
}
