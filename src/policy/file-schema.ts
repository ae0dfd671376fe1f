import { z } from "zod";
import { mapping, table } from "../load/schema.ts";
import { DECISIONS } from "../model/finding.ts";
import { OPS } from "./operators.ts";
import { parsePath } from "./path.ts";
import { CHANNELS, SCOPES } from "./policy.ts";
import { rateOf, secondsOf } from "./words.ts";

/** The policy file. Types and the published JSON Schema come from here. */

const text = z.string("expected text").min(1, "is empty");
const texts = z.array(text, "expected a list");
const action = z.enum(DECISIONS).describe("what happens to the call");
const duration = z
  .union([z.number(), z.string()], "expected a time: 90 (seconds), 10m, 1h, minute")
  .refine((given) => secondsOf(given) !== undefined, "expected a time: 90 (seconds), 10m, 1h, minute");
const path = text
  .refine((given) => !("problem" in parsePath(given)), "expected a path: args.name, args.list[0], args.list[*]")
  .describe(
    "args.name, args.list[0], args.list[-1], args.list[*], tool, server, verdict.decision, verdict.risk, verdict.rules[*], runs.programs[*], runs.users[*], runs.places[*]",
  );

export interface ConditionFacts {
  readonly path?: string | undefined;
  readonly op?: (typeof OPS)[number] | undefined;
  readonly value?: unknown;
  readonly each?: "any" | "all" | undefined;
  readonly all?: readonly ConditionFacts[] | undefined;
  readonly any?: readonly ConditionFacts[] | undefined;
  readonly not?: ConditionFacts | undefined;
}

const condition: z.ZodType<ConditionFacts> = z
  .lazy(() =>
    mapping({
      path: path.optional(),
      op: z.enum(OPS).optional(),
      value: z.unknown().optional(),
      each: z.enum(["any", "all"]).describe("with [*] in the path: one item is enough, or all must").optional(),
      all: z.array(condition, "expected a list of conditions").min(1, "is an empty list").optional(),
      any: z.array(condition, "expected a list of conditions").min(1, "is an empty list").optional(),
      not: condition.optional(),
    }),
  )
  .meta({ id: "condition" });

const conditions = z.array(condition, "expected a list of conditions").min(1, "is an empty list");

const rate = z.union(
  [
    text.refine((given) => rateOf(given) !== undefined, "expected a rate: 10/minute, 5/30s"),
    mapping({
      max: z.number("expected a number").min(0, "is less than 0"),
      window: duration,
      per: z.enum(SCOPES).describe("whose calls are counted together; session by default").optional(),
      align: z
        .enum(["sliding", "calendar"])
        .describe("the last so many seconds, or whole minutes, hours, days of UTC")
        .optional(),
      counter: text.describe("limits of one counter count together, whichever tools they are of").optional(),
      amount: z
        .union([z.number().min(0, "is less than 0"), path], "expected a number, or a path: args.amount")
        .describe("how much a call takes, or where it says so; without it, one; 0 only looks")
        .optional(),
      reason: text.optional(),
    }),
  ],
  "expected a rate: 10/minute, or a mapping with max and window",
);
const rates = z.union([rate, z.array(rate).min(1, "is an empty list")], "expected a rate, or a list of rates");

const terms = {
  timeout: duration.describe("how long an approval is waited for").optional(),
  on_timeout: z.enum(["deny", "allow"]).describe("what happens then; deny by default").optional(),
  channel: z.enum(CHANNELS).describe("who may approve").optional(),
};

const rule = mapping({
  name: text,
  when: z.union([condition, conditions], "expected a condition, or a list of which all must hold").optional(),
  action: action.optional(),
  reason: text.describe("shown to the agent").optional(),
  ...terms,
  rate_limit: rates.optional(),
});

const validation = z.union(
  [
    z.literal("off"),
    mapping({
      packs: texts.min(1, "is an empty list").describe("all, or names of rule packs").optional(),
      profile: text.optional(),
      on: mapping({
        require_approval: action.optional(),
        deny: action.optional(),
        unmapped: action.describe("least action for what looks like exec and has no mapping").optional(),
      }).optional(),
    }),
  ],
  "expected off, or a mapping with packs, profile, on",
);

const at = z.union([path, z.array(path).min(1, "is an empty list")], "expected an argument: args.command");
const call = mapping({
  argv: at.describe("the words of a program").optional(),
  command: at.describe("a shell's text").optional(),
  program: at.optional(),
  args: at.describe("the words of program").optional(),
  code: at.optional(),
  language: at.optional(),
  in: text.describe("the language of code, if it is always the same").optional(),
  shell: at.describe("whether a shell reads it, or which").optional(),
  stdin: at.optional(),
  through: texts.describe("words that the server puts before it").optional(),
  options: table(text).describe("arguments that become options of those").optional(),
  container: at.optional(),
  image: at.optional(),
  pod: at.optional(),
  host: at.optional(),
  otherwise: text.describe("the name of the container, pod or host where a call says none").optional(),
  user: at.optional(),
  env: at.optional(),
  env_file: at.optional(),
  cwd: at.optional(),
  from: at.describe("where the server works, if the command runs elsewhere").optional(),
  ignore: texts.describe("arguments that change nothing about what runs").optional(),
}).describe("which argument holds what");

const entry = mapping({
  description: text.optional(),
  action: action.optional(),
  reason: text.describe("shown to the agent").optional(),
  ...terms,
  call: call.optional(),
  validate: validation.optional(),
  rate_limit: rates.optional(),
  conditions: conditions.describe("all must hold, or the call is denied").optional(),
  on_deny: text.describe("shown to the agent when a condition fails").optional(),
  rules: z.array(rule, "expected a list of rules").optional(),
});

const context = mapping({
  cwd: text.optional(),
  home: text.optional(),
  user: text.optional(),
  project: texts.describe("folders that are worked on").optional(),
  env: z.record(z.string(), z.string(), "expected a mapping").optional(),
  shell: z.enum(["sh", "bash", "dash", "zsh", "ash", "ksh"]).optional(),
}).describe("what is known of the machine that the server runs on");

const stricter = z.enum(["require_approval", "deny"]);

export const policyFile = mapping({
  version: z.literal(1, 'expected 1, a number (Intercept\'s own files say version: "1")'),
  description: text.optional(),
  default: z.enum(["allow", "deny"]).describe("deny: tools that no entry names are refused").optional(),
  hide: texts.describe("globs of tools that are not listed, and refused").optional(),
  profile: text.optional(),
  packs: texts.describe("files of rule packs of your own").optional(),
  sandbox: z.union([text, table(text)], "expected a file, or a mapping from containers to files").optional(),
  context: context.optional(),
  validate: validation.describe("for tools whose entry says nothing else; on by default").optional(),
  annotations: mapping({
    destructive: stricter.optional(),
    open_world: stricter.optional(),
    writes: stricter.describe("tools that say they are not read-only").optional(),
  })
    .describe("least action for tools that say this of themselves")
    .optional(),
  approval: mapping(terms).describe("for rules that leave it open").optional(),
  tools: table(z.union([entry, z.null()], "expected a mapping")).optional(),
});

export type PolicyFacts = z.infer<typeof policyFile>;
export type EntryFacts = z.infer<typeof entry>;
export type RuleFacts = z.infer<typeof rule>;
export type RateFacts = z.infer<typeof rate>;
export type ValidationFacts = z.infer<typeof validation>;
export type CallFacts = z.infer<typeof call>;
export type TermFacts = { readonly [K in keyof typeof terms]?: z.infer<(typeof terms)[K]> };
