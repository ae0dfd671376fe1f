import type { Verdict } from "../model/finding.ts";
import { type Judge, outcomeOf } from "./judge.ts";
import { smallest, smallestArgv } from "./minimize.ts";
import type { WrittenCase } from "./written.ts";

export interface Minimized {
  readonly given: WrittenCase;
  /** Characters before and after. */
  readonly before: number;
  readonly after: number;
  /** Why it is left as it is. */
  readonly left?: string;
}

/** A case with the smallest commands of which decision and rules are the same. */
export function minimizeCase(given: WrittenCase, judge: Judge): Minimized {
  const verdicts = judge.verdicts(given);
  const before = lengthOf(given);
  if (given.call || given.script !== undefined) return { given, before, after: before, left: "only commands are shrunk" };
  if (verdicts.every(isHarmless)) return { given, before, after: before, left: "nothing speaks against it" };
  const same = (verdict: Verdict | undefined, asked: Partial<WrittenCase>): boolean => {
    const [now] = judge.verdicts({ ...bare(given), ...asked });
    return verdict !== undefined && now !== undefined && outcomeOf(now) === outcomeOf(verdict);
  };
  const shrunk = (command: string, verdict: Verdict | undefined): string =>
    verdict && isHarmless(verdict) ? command : smallest(command, (text) => same(verdict, { command: text }));
  const { command, commands, argv } = given;
  const written: WrittenCase = {
    ...given,
    ...(command === undefined ? {} : { command: shrunk(command, verdicts[0]) }),
    ...(commands === undefined ? {} : { commands: commands.map((one, i) => shrunk(one, verdicts[i])) }),
    ...(argv === undefined ? {} : { argv: [...smallestArgv(argv, (words) => same(verdicts[0], { argv: [...words] }))] }),
  };
  return { given: written, before, after: lengthOf(written) };
}

const isHarmless = ({ decision, findings }: Verdict): boolean => decision === "allow" && findings.length === 0;

function bare({ command: _, commands: __, argv: ___, ...rest }: WrittenCase): WrittenCase {
  return rest;
}

const lengthOf = ({ command, commands, argv }: WrittenCase): number =>
  [command ?? [], commands ?? [], argv ?? []].flat().join(" ").length;
