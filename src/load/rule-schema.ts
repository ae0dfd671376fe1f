import { z } from "zod";
import { DOUBT_KINDS } from "../model/doubt.ts";
import { EFFECT_KINDS } from "../model/effect.ts";
import { SEVERITIES } from "../model/finding.ts";
import { TRANSFORMS } from "../model/flow.ts";
import { SPELLINGS } from "../model/invocation.ts";
import { PLACE_KINDS } from "../model/place.ts";
import { RESOURCE_KINDS, type ResourceKind } from "../model/resource.ts";
import { context } from "./examples.ts";
import { mapping, oneOrMore, someOf, text, texts, yes } from "./schema.ts";

/** Names of sets. */
const sets = oneOrMore.optional();
const words = oneOrMore.optional();
const flag = yes.optional();

type ByKind<Kind extends ResourceKind> = Record<Kind, typeof sets>;
const byKind = (kinds: readonly ResourceKind[]) =>
  mapping(Object.fromEntries(kinds.map((kind) => [kind, sets])) as ByKind<ResourceKind>);
const resources = byKind(RESOURCE_KINDS);
const stores = byKind(RESOURCE_KINDS.filter((kind) => kind !== "path" && kind !== "host"));

const place = mapping({
  kind: someOf(PLACE_KINDS).optional(),
  not: someOf(PLACE_KINDS).optional(),
  privileged: flag,
  capabilities: sets,
  namespaces: words,
  mounts: sets,
  writable: flag,
  targets: sets,
});
const setting = { place: place.optional(), user: sets, when: z.enum(["now", "later"]).optional() };
const flags = someOf(["recursive", "force", "sweep", "truncates", "privileged", "interactive"]).optional();

export const effectTest = mapping({
  kind: someOf(EFFECT_KINDS),
  on: z.union([z.literal("any"), resources], "expected any, or a mapping like { path: startup }"),
  except: resources.optional(),
  sweep: flag,
  scheme: words,
  port: sets,
  route: sets,
  spelled: z.literal("odd").optional(),
  flags,
  without: flags,
  attributes: mapping({ mode: sets, owner: sets, method: sets, content: sets, how: sets, source: sets }).optional(),
  program: sets,
  through: sets,
  ...setting,
});

const port = {
  file: sets,
  network: sets,
  store: stores.optional(),
  variable: sets,
  code: words,
  scheme: words,
  except: sets,
  sweep: flag,
};
export const flowTest = mapping({
  from: mapping({ ...port, environment: flag, process: flag, data: flag, input: flag }),
  to: mapping({ ...port, caller: flag }),
  audience: z.literal("outside").optional(),
  steps: someOf(TRANSFORMS).optional(),
  without: someOf(TRANSFORMS).optional(),
  program: sets,
});

export const invocationTest = mapping({
  program: oneOrMore,
  through: sets,
  unless: sets,
  argument: sets,
  without: sets,
  spelled: someOf(SPELLINGS).optional(),
  ...setting,
});

export const doubtTest = mapping({
  kind: someOf(DOUBT_KINDS),
  role: someOf(["argument", "code", "destructive"]).optional(),
  source: someOf(["inline", "project", "network", "decoded"]).optional(),
});

const example = z.union(
  [text, mapping({ command: text, context: context.optional() }), mapping({ argv: texts, context: context.optional() })],
  "expected a command, { argv: […] } or { command: …, context: {…} }",
);
const examples = z.array(example, "expected a list").min(1, "is an empty list");

export const ruleSchema = mapping({
  id: text,
  title: text,
  status: z.enum(["experimental", "stable", "deprecated"]),
  severity: z.enum(SEVERITIES),
  message: text,
  remediation: text,
  attack: z
    .array(text.regex(/^T\d{4}(\.\d{3})?$/, "expected a technique of MITRE ATT&CK, like T1048 or T1552.001"))
    .min(1, "is an empty list"),
  cwe: z
    .array(text.regex(/^\d+$/, "expected a number").transform(Number), "expected a list of numbers")
    .min(1, "is an empty list"),
  false_positives: texts.min(1, "is an empty list"),
  when: z.unknown(),
  examples: mapping({ match: examples, no_match: examples, harmless: examples }),
});
export const packSchema = mapping({ pack: text, about: text, rules: z.array(z.unknown(), "expected a list of rules") });

export type EffectFacts = z.infer<typeof effectTest>;
export type FlowFacts = z.infer<typeof flowTest>;
export type InvocationFacts = z.infer<typeof invocationTest>;
export type PlaceFacts = z.infer<typeof place>;
export type RuleFacts = z.infer<typeof ruleSchema>;
export type RuleExampleFacts = z.infer<typeof example>;
