import { z } from "zod";
import { PLACE_KINDS, type PlaceKind } from "../model/place.ts";
import { context } from "./examples.ts";
import { anything, mapping, oneOrMore, table, text, texts, yes } from "./schema.ts";

const MODES = ["interspersed", "options-first", "expression", "assignments", "single-dash", "none"] as const;
const places = PLACE_KINDS.filter((kind): kind is Exclude<PlaceKind, "here"> => kind !== "here");

const example = mapping({
  run: z.union([text, texts], "expected a command or a list of arguments"),
  context: context.optional(),
  gives: texts.optional(),
});

const place = mapping({
  when: oneOrMore.optional(),
  kind: z.enum(places),
  name: text.optional(),
  mounts: oneOrMore.optional(),
  privileged: oneOrMore.optional(),
  capabilities: oneOrMore.optional(),
  namespaces: table(oneOrMore).optional(),
});

const facts = {
  like: text.optional(),
  mode: z.enum(MODES).optional(),
  bundle_first: yes.optional(),
  operands: z.string("expected a pattern of operands").optional(),
  operands_when: table(z.string()).optional(),
  stops_at: text.optional(),
  options: table(z.union([z.string(), table(text)], "expected a type, or a mapping of NAME to type")).optional(),
  inert: z.union([text, texts], "expected a list of options").optional(),
  ends: oneOrMore.optional(),
  other_options: text.optional(),
  types: table(text).optional(),
  defaults: table(z.string()).optional(),
  relative: table(text).optional(),
  hosts: table(mapping({ scheme: text.optional(), port: text.optional(), route: text.optional() })).optional(),
  until: oneOrMore.optional(),
  place: z.union([place.transform((one) => [one]), z.array(place)]).optional(),
  env: table(anything).optional(),
  does: z.array(anything, "expected a list of statements").optional(),
  subcommands: table(anything).optional(),
  external: text.optional(),
  examples: z.array(example, "expected a list of examples").optional(),
};

/** A command file. Statements and subcommands are checked on their own. */
export const commandFile = mapping({ command: oneOrMore, source: text, ...facts });
export const subcommand = mapping(facts);
export type Facts = z.infer<typeof subcommand>;
export type PlaceFacts = z.infer<typeof place>;
