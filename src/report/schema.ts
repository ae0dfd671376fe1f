import * as z from "zod";
import { DOUBT_KINDS } from "../model/doubt.ts";
import { EFFECT_KINDS } from "../model/effect.ts";
import { DECISIONS, SEVERITIES } from "../model/finding.ts";
import { TRANSFORMS } from "../model/flow.ts";
import { PLACE_KINDS } from "../model/place.ts";
import { RESOURCE_KINDS } from "../model/resource.ts";
import { REACHES } from "../model/sandbox.ts";

const PORTS = [
  "file",
  "network",
  "store",
  "variable",
  "code",
  "environment",
  "process",
  "data",
  "input",
  "caller",
  "stream",
] as const;
const offset = z.int().min(0);
const span = {
  start: offset.describe("first UTF-16 code unit, into the command or into the argument"),
  end: offset.describe("one past the last code unit"),
  argument: offset.optional().describe("number of the argument, 0 is the program; only for argv input"),
};

const finding = z.strictObject({
  rule: z.string().describe("pack/rule"),
  severity: z.enum(SEVERITIES),
  certainty: z.enum(["certain", "possible"]),
  message: z.string(),
  remediation: z.string(),
  attack: z.array(z.string()).describe("MITRE ATT&CK techniques"),
  cwe: z.array(z.int()),
  contained: z.literal(true).optional().describe("all it is about stays inside the sandbox; it costs less"),
  evidence: z.tuple([z.strictObject({ ...span, text: z.string() })], z.strictObject({ ...span, text: z.string() })),
});

const doubt = z.strictObject({
  kind: z.enum(DOUBT_KINDS),
  text: z.string(),
  could_meet: z.array(z.string()).optional().describe("rules that what is hidden could meet"),
  ...span,
});

const effect = z.strictObject({
  kind: z.enum(EFFECT_KINDS),
  on: z.enum(RESOURCE_KINDS).describe("kind of the resource"),
  value: z.string().describe("path, host, account, …; what is not known is shown as $NAME, * or …"),
  text: z.string().describe("the effect in one line"),
  place: z.enum(PLACE_KINDS),
  programs: z.array(z.string()).describe("what it was started through, outermost first, then the program itself"),
  user: z.string().optional().describe("account it runs as, if the command changed it"),
  reach: z
    .strictObject({
      to: z.enum(REACHES),
      through: z.string().optional().describe("what lets it through, or stops it"),
      as: z.string().optional().describe("the host's name of it"),
    })
    .optional()
    .describe("where it ends up, if the command runs in a sandbox"),
  later: z.literal(true).optional().describe("it happens later: cron, unit, hook"),
  ...span,
});

const place = z.strictObject(span);
const flow = z.strictObject({
  from: z.enum(PORTS),
  to: z.enum(PORTS),
  text: z.string().describe("the flow in one line"),
  steps: z.array(z.enum(TRANSFORMS)),
  maybe: z.boolean().describe("only known to be possible"),
  source: place,
  sink: place,
});

const reason = z.strictObject({
  decision: z.enum(DECISIONS),
  row: z.string().describe("row of the profile, as documented"),
  about: z.string(),
});

/** What `--format json` and `--jsonl` print. `schema/verdict.schema.json` is made from it. */
export const verdictSchema = z.strictObject({
  version: z.literal(1),
  id: z.union([z.string(), z.number()]).optional().describe("as given with the request"),
  decision: z.enum(DECISIONS),
  would: z.enum(DECISIONS).optional().describe("what a profile that only observes would decide, if not the same"),
  risk: z.int().min(0).max(100),
  profile: z.string(),
  sandbox: z.string().optional().describe("name of the sandbox it was judged for"),
  findings: z.array(finding),
  doubts: z.array(doubt).describe("what could not be decided"),
  effects: z.array(effect),
  flows: z.array(flow),
  reasons: z.array(reason).describe("which rows of the profile decided, and for what"),
});

/** A verdict as JSON. */
export type VerdictJson = z.infer<typeof verdictSchema>;
