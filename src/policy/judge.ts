import { type Analyzer, builtin, createAnalyzer } from "../index.ts";
import { type Hints, type Reading, readToolCall } from "../intake/tool-call.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Verdict } from "../model/finding.ts";
import type { Sandbox } from "../model/sandbox.ts";
import type { Context, Subject } from "../model/subject.ts";
import { matchesTool } from "./glob.ts";
import type { Call, Entry, Policy, Validation } from "./policy.ts";

/** What a call runs, and what analysis says of it. */
export interface Judged {
  readonly reading: Reading;
  readonly verdicts: readonly JudgedSubject[];
  /** What the policy asks to judge; none: judging is off for this tool. */
  readonly validations: readonly NamedValidation[];
}

export interface JudgedSubject {
  readonly subject: Subject;
  readonly verdict: Verdict;
  readonly by: NamedValidation;
}

export interface NamedValidation {
  /** The pattern of the entry that asks for it; undefined: the policy itself. */
  readonly entry: Entry | undefined;
  readonly validation: Validation;
}

export interface Judge {
  /** `context` is laid over the policy's own. Never throws. */
  judge(call: Call, context?: Context): Judged;
}

/** Sandboxes by the name of their file, as the policy says it. */
export type Sandboxes = ReadonlyMap<string, Sandbox>;

/**
 * Throws a RangeError for a profile or a pack that the knowledge does not have, and for a pack or a sandbox that nobody read. What
 * the policy names whoever reads files has to read: `policy.packFiles`, whose rules the knowledge has, and `policy.sandbox`.
 */
export function createJudge(policy: Policy, given?: Knowledge, sandboxes?: Sandboxes): Judge {
  const [pack] = policy.packFiles;
  if (pack !== undefined && given === undefined) throw new RangeError(`the pack ${pack} was not read`);
  const knowledge = given ?? builtin();
  const enclosures = sandboxesOf(policy, sandboxes);
  const analyzers = new Map<string, Analyzer>();
  for (const validation of validationsIn(policy)) {
    const key = keyOf(validation);
    if (!analyzers.has(key)) analyzers.set(key, analyzerFor(validation, knowledge));
  }
  return {
    judge(call, context = {}) {
      const validations = validationsFor(policy, call);
      if (validations.length === 0) return { reading: { kind: "notExec" }, verdicts: [], validations };
      const around = { ...policy.context, ...context };
      const reading = readCall(policy, call, enclosures, around);
      const subjects = "subjects" in reading ? reading.subjects : [];
      const verdicts = validations.flatMap((by) => {
        const analyzer = analyzers.get(keyOf(by.validation)) ?? analyzerFor(by.validation, knowledge);
        return subjects.map((subject) => ({ subject, by, verdict: analyzer.analyze(subject.input, subject.context) }));
      });
      return { reading, verdicts, validations };
    },
  };
}

/** Without the files everything is judged as if nothing contained it. */
function sandboxesOf({ sandbox }: Policy, given: Sandboxes | undefined): Pick<Hints, "sandboxOf"> {
  if (given === undefined || sandbox.length === 0) return {};
  const known = new Map(
    sandbox.map(({ container, file }) => {
      const found = given.get(file);
      if (found === undefined) throw new RangeError(`the sandbox ${file} was not read`);
      return [container, found];
    }),
  );
  return { sandboxOf: (container) => (container === undefined ? undefined : known.get(container)) ?? known.get("*") };
}

const validationsIn = (policy: Policy): readonly Validation[] =>
  [policy.validate, ...policy.entries.map((entry) => entry.validate)].filter(
    (validation) => validation !== undefined && validation !== "off",
  );

const keyOf = ({ packs, profile }: Validation): string => JSON.stringify([profile, [...packs].sort()]);

function analyzerFor({ packs, profile }: Validation, knowledge: Knowledge): Analyzer {
  if (packs.includes("all")) return createAnalyzer({ knowledge, profile });
  const known = new Set(knowledge.rules.map(packOf));
  for (const pack of packs) if (!known.has(pack)) throw new RangeError(`no pack is called ${pack}`);
  const rules = knowledge.rules.filter((rule) => packs.includes(packOf(rule)));
  const { sets, commandNames } = knowledge;
  return createAnalyzer({ knowledge: { ...knowledge, sets, commandNames, rules }, profile });
}

export const packOf = ({ id }: { readonly id: string }): string => id.split("/")[0] ?? id;

/** The policy's own holds where no entry for the tool says anything; otherwise all that the entries say. */
function validationsFor(policy: Policy, { tool, server }: Call): readonly NamedValidation[] {
  const entries = policy.entries.filter(
    (entry) => entry.validate !== undefined && matchesTool(entry.pattern, tool, server) !== "no",
  );
  const said: readonly (Entry | undefined)[] = entries.length > 0 ? entries : [undefined];
  return said.flatMap((entry) => {
    const validation = entry?.validate ?? policy.validate;
    return validation === "off" ? [] : [{ entry, validation }];
  });
}

/** As the policy's mappings say, each of them that is about the tool; else as presets do. */
function readCall(policy: Policy, call: Call, enclosures: Pick<Hints, "sandboxOf">, context: Context): Reading {
  const { tool, server, schema } = call;
  const hints: Hints = {
    ...(server === undefined ? {} : { server }),
    ...(schema === undefined ? {} : { schema }),
    ...enclosures,
  };
  const mappings = policy.entries.flatMap(({ pattern, mapping }) =>
    mapping && matchesTool(pattern, tool, server) !== "no" ? [mapping] : [],
  );
  const [first, ...others] = mappings.map((mapping) => readToolCall(tool, call.arguments, { ...hints, mapping }, context));
  return first === undefined ? readToolCall(tool, call.arguments, hints, context) : others.reduce(both, first);
}

/** What cannot be read one way is not read the other. */
function both(a: Reading, b: Reading): Reading {
  if (a.kind !== "mapped") return a;
  if (b.kind !== "mapped") return b;
  return { ...a, subjects: [...a.subjects, ...b.subjects], unread: [...new Set([...a.unread, ...b.unread])] };
}
