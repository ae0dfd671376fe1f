import type { Problem, Source } from "../load/source.ts";
import { type PolicyFacts, policyFile } from "./file-schema.ts";
import type { Note } from "./foreign.ts";
import { hostedFile, interceptFile } from "./foreign-schema.ts";
import { fromHosted } from "./hosted.ts";
import { fromIntercept } from "./intercept.ts";
import { openPolicy } from "./open.ts";

export const FORMATS = ["argvet", "intercept", "hosted"] as const;
export type Format = (typeof FORMATS)[number];

/** A policy file of any format as the facts of ours. */
export type FactsRead =
  | { readonly format: Format; readonly facts: PolicyFacts; readonly notes: readonly Note[]; readonly source: Source }
  | { readonly problems: readonly Problem[] };

/** Without `format` the file says itself what it is: see `formatOf`. */
export function readFacts(text: string, file: string, format?: Format): FactsRead {
  const opened = openPolicy(text, file);
  if ("problems" in opened) return opened;
  const { source, odd } = opened;
  const which = format ?? formatOf(source.value);
  const converted = convert(which, source);
  if (converted === undefined || source.problems.length > 0) {
    if (format === undefined) hint(which, source);
    return { problems: inOrder(source.problems) };
  }
  if (which !== "argvet" && odd.length > 0) return { problems: odd };
  return { format: which, ...converted, source };
}

function convert(format: Format, source: Source) {
  if (format === "hosted") {
    const facts = source.check([], hostedFile, source.value);
    return facts && fromHosted(facts, source);
  }
  if (format === "intercept") {
    const facts = source.check([], interceptFile, source.value);
    return facts && fromIntercept(facts, source);
  }
  const facts = source.check([], policyFile, source.value);
  return facts && { facts, notes: [] };
}

export const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column);

/** Whose file it is hangs on two quotation marks: where they seem to be wrong, that is said too. */
function hint(format: Format, source: Source): void {
  const { value } = source;
  if (!isTable(value)) return;
  if (format !== "argvet" && OWN.some((key) => key in value))
    source.problem(["version"], 'version: "1" is for the formats of others; here it is 1');
  if (format === "argvet" && value.version === 1 && toolsOf(value).some(isForeign))
    source.problem(["version"], 'a file of Intercept or PolicyLayer says version: "1", in quotation marks');
}

const OWN = ["validate", "profile", "packs", "sandbox", "context", "annotations", "approval"];

/** Its rules, or its checks, are those of another format. */
function isForeign(tool: Readonly<Record<string, unknown>>): boolean {
  if (["require", "deny_if", "limits"].some((key) => key in tool)) return true;
  const rules = Array.isArray(tool.rules) ? tool.rules.filter(isTable) : [];
  return rules.some((rule) => ["conditions", "state", "spend_limit", "on_deny", "approval_timeout"].some((key) => key in rule));
}

const toolsOf = (value: Readonly<Record<string, unknown>>) =>
  isTable(value.tools) ? Object.values(value.tools).filter(isTable) : [];

/** Others write their version as a text. The hosted ones have lists of their own in the place of rules. */
function formatOf(value: unknown): Format {
  if (!isTable(value) || value.version !== "1") return "argvet";
  const tools = toolsOf(value);
  if (tools.some((tool) => "rules" in tool)) return "intercept";
  return "all_tools" in value || tools.some((tool) => Object.keys(tool).length > 0) ? "hosted" : "intercept";
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
