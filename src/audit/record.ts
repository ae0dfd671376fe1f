import * as z from "zod";
import { DECISIONS } from "../model/finding.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const chain = {
  seq: z.int().min(1).describe("number of the line, over all files of the log"),
  time: z.string().describe("when it was written, ISO 8601, UTC"),
};
const links = {
  prev: hash.describe("hash of the line before; zeros for the first"),
  hash: hash.describe("SHA-256 of this line's bytes up to its hash"),
};

const decision = z.strictObject({
  ...chain,
  event: z.literal("decision"),
  id: z.string().describe("of the decision; the answer carries it too"),
  session: z.string(),
  principal: z.string().optional(),
  server: z.string().optional(),
  tool: z.string(),
  digest: hash.describe("SHA-256 of the canonical call"),
  arguments: z.unknown().optional().describe("if the log was told to keep them"),
  decision: z.enum(DECISIONS),
  outcome: z.enum(["forwarded", "refused", "waiting", "answered"]).describe("what was done about it"),
  rules: z.array(z.string()),
  reason: z.string(),
  risk: z.int().min(0).max(100),
  policy: z.string().describe("version of the policy that decided"),
  approval: z.string().optional(),
  micros: z.int().min(0).describe("time it took to decide"),
  ...links,
});

const note = z.strictObject({
  ...chain,
  event: z.enum(["start", "stop", "reload", "approval", "repair", "fault"]),
  text: z.string(),
  ...links,
});

/** One line of the audit log. */
export const lineSchema = z.discriminatedUnion("event", [decision, note]);
export type AuditLine = z.infer<typeof lineSchema>;

type Unchained<Line> = Omit<Line, "seq" | "time" | "prev" | "hash">;
/** A line before it is numbered, dated and chained. */
export type AuditRecord = Unchained<z.infer<typeof decision>> | Unchained<z.infer<typeof note>>;
export type DecisionRecord = Unchained<z.infer<typeof decision>>;
