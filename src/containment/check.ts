import type { SandboxRule } from "../knowledge/sandbox.ts";
import type { Certainty } from "../model/finding.ts";
import { SEVERITIES } from "../model/finding.ts";
import type { Sandbox } from "../model/sandbox.ts";
import type { Sets } from "../rules/sets.ts";
import { ask, type Item } from "./question.ts";

/** What is wrong with a sandbox, and which of its parts say so. */
export interface SandboxFinding {
  readonly rule: SandboxRule;
  readonly certainty: Certainty;
  readonly message: string;
  readonly items: readonly Item[];
}

/** What makes a sandbox escapable or leaky, the most severe first. A rule that covers another speaks for it. */
export function checkSandbox(sandbox: Sandbox, rules: readonly SandboxRule[], sets: Sets): readonly SandboxFinding[] {
  const found = rules.flatMap((rule): readonly SandboxFinding[] => {
    const { truth, items } = ask(rule.when, sandbox, sets);
    if (truth === "no") return [];
    const named = [...new Set(items.map(({ text }) => text))].join(", ");
    const message = rule.message.replaceAll("{name}", () => sandbox.name).replaceAll("{items}", () => named);
    return [{ rule, certainty: truth === "yes" ? "certain" : "possible", message, items }];
  });
  const covered = new Set(found.filter(({ certainty }) => certainty === "certain").flatMap(({ rule }) => rule.covers));
  return found
    .filter(({ rule }) => !covered.has(rule.id))
    .toSorted((a, b) => SEVERITIES.indexOf(b.rule.severity) - SEVERITIES.indexOf(a.rule.severity));
}
