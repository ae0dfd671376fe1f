import type { Invocation } from "../model/invocation.ts";
import { printValue } from "../model/value.ts";
import type { Judged } from "./judge.ts";
import type { Call } from "./policy.ts";
import { strictest } from "./reason.ts";

/** What conditions can look at: the call as it came, and what analysis found in it. */
export function factsOf({ tool, server, arguments: args }: Call, { reading, verdicts }: Judged): unknown {
  const all = verdicts.map(({ verdict }) => verdict);
  const verdict = {
    decision: strictest(all.map((one) => one.decision)),
    risk: Math.max(0, ...all.map((one) => one.risk)),
    rules: distinct(all.flatMap((one) => one.findings.map((finding) => finding.rule))),
  };
  const runs = reading.kind === "notExec" ? {} : { runs: runsOf(all.flatMap((one) => one.invocations)) };
  return { args: args ?? {}, tool, ...(server === undefined ? {} : { server }), verdict, ...runs };
}

/** What is not known is written as messages write it: `$NAME`, `…`. */
function runsOf(invocations: readonly Invocation[]): unknown {
  return {
    programs: distinct(invocations.map(({ known, program }) => known ?? printValue(program))),
    users: distinct(invocations.flatMap(({ user }) => (user ? [printValue(user)] : []))),
    places: distinct(invocations.map(({ place }) => place.kind)),
  };
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
