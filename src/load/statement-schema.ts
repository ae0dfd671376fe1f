import { z } from "zod";
import type { EffectKind } from "../model/effect.ts";
import { TRANSFORMS } from "../model/flow.ts";
import { mapping, oneOrMore, text, yes } from "./schema.ts";

/** `reads: FILE` is an effect of kind `read`. */
export const EFFECT_VERBS: ReadonlyMap<string, EffectKind> = new Map([
  ["reads", "read"],
  ["writes", "write"],
  ["appends", "append"],
  ["lists", "list"],
  ["deletes", "delete"],
  ["creates", "create"],
  ["connects", "connect"],
  ["listens", "listen"],
  ["executes", "execute"],
  ["elevates", "elevate"],
  ["installs", "install"],
  ["configures", "configure"],
  ["enables", "enable"],
  ["disables", "disable"],
  ["signals", "signal"],
  ["mounts", "mount"],
  ["loads", "load"],
  ["publishes", "publish"],
] satisfies [string, EffectKind][]);

export const FLAG_ATTRIBUTES = ["recursive", "force", "sweep", "truncates", "privileged", "interactive"] as const;
export const VALUE_ATTRIBUTES = ["mode", "owner", "method", "content", "how", "source"] as const;

/** Modifiers of any statement. */
const any = { when: oneOrMore.optional(), unless: oneOrMore.optional(), key: oneOrMore.optional(), type: text.optional() };
/** Always, or on a condition. */
const maybe = oneOrMore.optional();
const attributes = {
  recursive: maybe,
  force: maybe,
  sweep: maybe,
  truncates: maybe,
  privileged: maybe,
  interactive: maybe,
  mode: text.optional(),
  owner: text.optional(),
  method: text.optional(),
  content: text.optional(),
  how: text.optional(),
  source: text.optional(),
};

const effectOf = (verb: string) => mapping({ [verb]: text, ...any, ...attributes, inside: yes.optional() });
/** Building a schema costs more than using it: one for each verb, made when first used. */
const effects = new Map<string, ReturnType<typeof effectOf>>();
export function effectStatement(verb: string): ReturnType<typeof effectOf> {
  const known = effects.get(verb);
  if (known) return known;
  const schema = effectOf(verb);
  effects.set(verb, schema);
  return schema;
}
export const flowStatement = mapping({
  flows: text,
  ...any,
  step: z.enum(TRANSFORMS).optional(),
  append: maybe,
  into: yes.optional(),
  method: text.optional(),
  how: text.optional(),
  sweep: maybe,
  inside: z.enum(["from", "to", "both"]).optional(),
});
export const runStatement = mapping({
  runs: text,
  as: z.enum(["argv", "shell", "script", "code"]),
  ...any,
  language: text.optional(),
  join: z.string("expected text").optional(),
  args: oneOrMore.optional(),
  under: text.optional(),
  strip: text.optional(),
  prepend: text.optional(),
  append: text.optional(),
  cwd: text.optional(),
  env: text.optional(),
  cleared: maybe,
  outside: yes.optional(),
  stdin: text.optional(),
  stdout: text.optional(),
  deferred_by: text.optional(),
  feed: text.optional(),
  replace: text.optional(),
  parted: text.optional(),
});
export const becomesStatement = mapping({ becomes: text, ...any, default: text.optional() });
export const emitsStatement = mapping({ emits: text, ...any });
export const usesStatement = mapping({ uses: oneOrMore, ...any });
export const doubtStatement = mapping({ doubts: text, ...any, kind: z.enum(["hidden-argument", "opaque-code"]).optional() });
export const VERBS: readonly string[] = [...EFFECT_VERBS.keys(), "flows", "runs", "becomes", "emits", "uses", "doubts"];
export type RunFacts = z.infer<typeof runStatement>;
export type FlowFacts = z.infer<typeof flowStatement>;
