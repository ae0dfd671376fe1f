import * as z from "zod";
import { DECISIONS } from "../model/finding.ts";

const text = z.string().min(1);
const context = z
  .strictObject({
    cwd: text.describe("working directory, absolute"),
    home: text,
    user: text,
    project: z.array(text).describe("folders that are being worked on"),
    env: z.record(z.string(), z.string()),
  })
  .partial()
  .describe("what the analysis may know of the world; what is not told is not known");

const who = {
  id: z.union([z.string(), z.int()]).optional().describe("comes back with the answer"),
  context: context.optional(),
  session: text.max(256).optional().describe("limits count and memory is kept under this key"),
  principal: text.max(256).optional(),
};

export const commandSchema = z.strictObject({ ...who, command: z.string().describe("one shell string") });
export const argvSchema = z.strictObject({
  ...who,
  argv: z.array(z.string()).min(1).describe("program and arguments; no shell"),
});
export const toolSchema = z.strictObject({
  ...who,
  tool: text.max(256),
  arguments: z.record(z.string(), z.unknown()).default({}),
  server: text.max(256).optional(),
  schema: z.unknown().optional().describe("the tool's input schema, as tools/list has it"),
});

export const itemSchema = z.union([commandSchema, argvSchema, toolSchema]);
export const MOST_BATCH = 1_000;
export const batchSchema = z.strictObject({ batch: z.array(itemSchema).min(1).max(MOST_BATCH) });
export type Item = z.infer<typeof itemSchema>;

/** What a check answers, for commands and calls alike. */
export const answerSchema = z.strictObject({
  id: z.union([z.string(), z.int()]).optional(),
  decision: z.enum(DECISIONS),
  allow: z.boolean(),
  reason: z.string(),
  risk: z.int().min(0).max(100),
  rules: z.array(z.string()),
  findings: z.array(z.strictObject({ rule: z.string(), severity: z.string(), certainty: z.string(), message: z.string() })),
  doubts: z.array(z.strictObject({ kind: z.string(), text: z.string() })),
  decision_id: z.string(),
  policy: z.string(),
  approval: z.string().optional().describe("the approval that is waited for: ask again once it was given"),
  retry_after: z.number().optional().describe("milliseconds until a limit is free again"),
});
export type Answered = z.infer<typeof answerSchema>;

export const problemSchema = z.strictObject({ error: z.string() });

export const approvalSchema = z.strictObject({
  id: z.string(),
  status: z.string(),
  tool: z.string(),
  server: z.string().optional(),
  session: z.string(),
  reason: z.string(),
  shown: z.string().describe("the arguments"),
  created: z.string(),
  expires: z.string(),
  by: z.string().optional(),
});

export const wordSchema = z.strictObject({ decision: z.enum(["approve", "deny"]), by: text.max(256) });
