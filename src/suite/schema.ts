import { z } from "zod";
import { context } from "../load/examples.ts";
import { mapping, text, texts } from "../load/schema.ts";
import { DECISIONS } from "../model/finding.ts";

const verdict = mapping({
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
/** `expect: record`, said in full: the present verdict is to be written here. */
const expectation = z.preprocess((raw) => (raw === "record" ? { decision: "record" } : raw), verdict);

const fixture = mapping({
  name: text,
  command: text.optional(),
  /** A table: each is a case of its own, and all are expected to be judged the same. */
  commands: z.array(text, "expected a list of commands").min(1, "is an empty list").optional(),
  argv: z.array(z.string(), "expected a list of arguments").min(1, "is an empty list").optional(),
  context: context.optional(),
  profile: text.optional(),
  /** Where the case comes from, under which licence, and which ATT&CK techniques it shows there. */
  source: text.optional(),
  license: text.optional(),
  attack: texts.optional(),
  expect: expectation,
});

/** A file of fixtures. */
export const suiteSchema = mapping({
  suite: text,
  context: context.optional(),
  profile: text.optional(),
  cases: z.array(fixture, "expected a list of cases").min(1, "a suite needs at least one case"),
});

export type CaseFacts = z.infer<typeof fixture>;
