import { z } from "zod";
import { context } from "../load/examples.ts";
import { anything, mapping, table, text, texts } from "../load/schema.ts";
import { DECISIONS } from "../model/finding.ts";

const verdict = mapping({
  /** `record`: not known yet; `argvet test --update` writes what the verdict is. */
  decision: z.enum([...DECISIONS, "record"]).optional(),
  /** This decision or a stricter one: for a source that says only that something is an attack. */
  at_least: z.enum(DECISIONS).optional(),
  /** Rules that must fire; an empty list: none may. */
  rules: texts.optional(),
  /** ATT&CK techniques that the findings must name. */
  attack: texts.optional(),
  /** Kinds of doubts there must be. */
  doubts: texts.optional(),
  /** Entry of docs/residual-risk.md that says why the decision is not the one it should be. */
  known_miss: text.optional(),
});

/** A decision alone is short for a mapping of it. */
const expectation = z.preprocess((raw) => (typeof raw === "string" ? { decision: raw } : raw), verdict);

/** Where a case comes from, under which licence, and which ATT&CK techniques it shows there. They ask nothing of the verdict. */
const provenance = {
  source: text.optional(),
  license: text.optional(),
  attack: texts.optional(),
};

const asked = {
  command: text.optional(),
  /** A table: each is a case of its own, and all are expected to be judged the same. */
  commands: z.array(text, "expected a list of commands").min(1, "is an empty list").optional(),
  argv: z.array(z.string(), "expected a list of arguments").min(1, "is an empty list").optional(),
  /** A shell script's file, from the suite's folder. */
  script: text.optional(),
  /** A tool call, with the arguments as the tool takes them. */
  call: mapping({ tool: text, server: text.optional(), arguments: table(anything).optional() }).optional(),
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
