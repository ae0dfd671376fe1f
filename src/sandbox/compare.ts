import type { Facts } from "../model/finding.ts";
import { ArgvOracle, type ArgvRun, type StubBehaviour } from "./argv.ts";
import { coversChange, coversStart } from "./cover.ts";
import type { Started } from "./records.ts";
import type { Oracle } from "./verify.ts";

/** mktemp(1) without a template makes a new name, which harms nobody. */
const TEMPORARY = "/tmp/tmp.";

/** The sandbox's own gunzip is a shell script that starts gzip. */
function isOwnScript({ program, args }: Started, all: readonly Started[]): boolean {
  if (args[0] === GUNZIP) return true;
  return program.endsWith("/gzip") && args[0] === "-d" && all.some((other) => other.args[0] === GUNZIP);
}

const GUNZIP = "/.v/bin/gunzip";

/** What happened although nothing predicted it, in words. */
export function unpredicted({ invocations, effects }: Facts, { started, changed }: ArgvRun): readonly string[] {
  const starts = started.filter(
    (start) =>
      !isOwnScript(start, started) && !invocations.some((invocation) => coversStart(invocation, start.program, start.args)),
  );
  const changes = changed.filter((path) => !path.startsWith(TEMPORARY) && !effects.some((effect) => coversChange(effect, path)));
  return [
    ...starts.map(({ program, args }) => `started ${[program, ...args].map((word) => JSON.stringify(word)).join(" ")}`),
    ...changes.map((path) => `changed ${path}`),
  ];
}

/** Stubs that succeed and say nothing, that fail, and that print words which bash may split, glob and take for options. */
const BEHAVIOURS: readonly StubBehaviour[] = [
  { code: 0, output: "" },
  { code: 1, output: "" },
  { code: 0, output: "o1 o2*\\n-rf" },
];

/** Compares programs and their arguments, and what redirections change. `names`: programs that shall be found. */
export function argvOracle(names: Iterable<string>): Oracle {
  const oracle = new ArgvOracle(names);
  return {
    close: () => oracle.close(),
    observe: async (command, verdict) => {
      const programs = verdict.invocations.flatMap(({ program }) => (program.kind === "exact" ? [program.text] : []));
      const seen = new Set<string>();
      let effective = false;
      for (const behaviour of command.includes("$(") || command.includes("`") ? BEHAVIOURS : BEHAVIOURS.slice(0, 2)) {
        const run = await oracle.run(command, programs, behaviour);
        if (!run) return undefined;
        for (const fact of unpredicted(verdict, run)) seen.add(fact);
        effective ||= run.started.length > 0 || run.changed.length > 0;
      }
      return { unpredicted: [...seen], harm: [], effective };
    },
  };
}
