import { z } from "zod";
import { mapping, table } from "../load/schema.ts";
import { OPS } from "./operators.ts";

/** The formats of others, as their own readers take them. */

const text = z.string("expected text");
const texts = z.array(text, "expected a list");
const one = z.union([z.literal("1"), z.literal(1)], 'expected "1"');
const window = z.enum(["minute", "hour", "day"]);

const condition = mapping({ path: text, op: z.enum(OPS), value: z.unknown().optional() });
const conditions = z.array(condition, "expected a list of conditions");

const rule = mapping({
  name: text.optional(),
  action: z.enum(["evaluate", "deny", "allow", "require_approval"]).optional(),
  conditions: conditions.optional(),
  rate_limit: text.optional(),
  spend_limit: text.optional(),
  state: mapping({
    counter: text.min(1, "is empty"),
    window,
    increment: z.int("expected a whole number").optional(),
    increment_from: text.optional(),
  }).optional(),
  on_deny: text.optional(),
  reason: text.optional(),
  approval_timeout: text.optional(),
});

export const interceptFile = mapping({
  version: one,
  description: text.optional(),
  default: z.enum(["allow", "deny"]).optional(),
  hide: texts.nullish(),
  tools: table(mapping({ rules: z.array(rule, "expected a list of rules").nullish() }).nullable()).nullish(),
});

const limits = z
  .array(
    mapping({
      counter: text.min(1, "is empty"),
      window,
      max: z.number("expected a number"),
      scope: z.enum(["grant"]).optional(),
      on_deny: text.optional(),
    }),
    "expected a list of limits",
  )
  .optional();
const checks = z.array(mapping({ conditions, on_deny: text.optional(), name: text.optional() }), "expected a list").optional();

export const hostedFile = mapping({
  version: one,
  description: text.optional(),
  default: z.enum(["allow", "deny"]),
  hide: texts.optional(),
  all_tools: mapping({ limits }).optional(),
  tools: table(mapping({ require: checks, deny_if: checks, limits })).optional(),
});

export type InterceptFacts = z.infer<typeof interceptFile>;
export type InterceptRule = z.infer<typeof rule>;
export type HostedFacts = z.infer<typeof hostedFile>;
export type ForeignCondition = z.infer<typeof condition>;
