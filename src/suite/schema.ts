import { z } from "zod";
import { context } from "../load/examples.ts";
import { anything, mapping, table, text, texts } from "../load/schema.ts";
import { DECISIONS } from "../model/finding.ts";

const verdict = mapping({
  decision: z
    .enum([...DECISIONS, "record"])
    .optional()
    .describe("exactly this; record: not known yet, `argvet test --update` writes what it is"),
  at_least: z.enum(DECISIONS).optional().describe("instead of decision: this or stricter"),
  rules: texts.optional().describe("rules that must fire; an empty list: none may"),
  attack: texts.optional().describe("ATT&CK techniques that the findings must name"),
  doubts: texts.optional().describe("kinds of doubts there must be"),
  known_miss: text
    .optional()
    .describe("entry of the register of residual risk that says why the decision is not the one it should be"),
});

/** A decision alone is short for a mapping of it; the published schema says so (see `suiteJsonSchema`). */
const expectation = z
  .preprocess((raw) => (typeof raw === "string" ? { decision: raw } : raw), verdict)
  .meta({ json: "expectation" });

/** They ask nothing of the verdict. */
const provenance = {
  source: text.optional().describe("where the case comes from"),
  license: text.optional().describe("under which licence"),
  attack: texts.optional().describe("ATT&CK techniques that it shows there"),
};

const asked = {
  command: text.optional().describe("a shell string"),
  commands: z
    .array(text, "expected a list of commands")
    .min(1, "is an empty list")
    .optional()
    .describe("shell strings: each is a case of its own, and all are expected to be judged the same"),
  argv: z
    .array(z.string(), "expected a list of arguments")
    .min(1, "is an empty list")
    .optional()
    .describe("an argv array, the program first"),
  script: text.optional().describe("a shell script's file, from the suite's folder"),
  call: mapping({ tool: text, server: text.optional(), arguments: table(anything).optional() })
    .optional()
    .describe("a tool call, with the arguments as the tool takes them"),
};

const entry = {
  ...asked,
  ...provenance,
  tags: texts.optional(),
  context: context.optional(),
  profile: text.optional(),
  expect: expectation,
};

export const caseSchema = mapping({ name: text, ...entry });

/** What cases of a suite have in common. */
const header = {
  suite: text,
  tags: texts.optional(),
  context: context.optional(),
  profile: text.optional(),
  source: text.optional(),
  license: text.optional(),
};

/** A file of cases. */
export const suiteSchema = mapping({
  ...header,
  cases: z.array(caseSchema, "expected a list of cases").min(1, "a suite needs at least one case"),
});

/** The same without its cases, which are read one by one. */
export const headerSchema = mapping(header);

/** A line of a JSONL suite: a case with a name or without one, of the suite before it or its own. */
export const lineSchema = mapping({ suite: text.optional(), name: text.optional(), ...entry });

/** Keys that make a line of JSONL a case rather than a header. */
export const ASKED: readonly string[] = Object.keys(asked);

export type CaseFacts = z.infer<typeof caseSchema>;
export type HeaderFacts = z.infer<typeof headerSchema>;
