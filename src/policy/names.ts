import type { Knowledge } from "../knowledge/knowledge.ts";
import { suggest } from "../load/nearest.ts";
import { type Path, type Problem, printProblem, type Source } from "../load/source.ts";
import { packOf } from "./judge.ts";
import { openPolicy } from "./open.ts";
import { follow } from "./path.ts";
import type { Policy, Validation } from "./policy.ts";

/** Profiles and packs that the policy names and the knowledge does not have. */
export function checkNames(policy: Policy, text: string, file: string, knowledge: Knowledge): readonly Problem[] {
  const opened = openPolicy(text, file);
  if ("problems" in opened) return opened.problems;
  const { source } = opened;
  checkValidation(policy.validate, ["validate"], source, knowledge);
  for (const { pattern, validate } of policy.entries)
    if (validate !== undefined) checkValidation(validate, ["tools", pattern, "validate"], source, knowledge);
  // Several entries mean the policy's own profile.
  const said = new Set<string>();
  return source.problems.filter((problem) => !said.has(printProblem(problem)) && said.add(printProblem(problem)));
}

/** Where a validation says nothing of its own the policy's profile is meant. */
function checkValidation(validation: Validation | "off", at: Path, source: Source, { profile, rules }: Knowledge): void {
  if (validation === "off") return;
  if (!profile(validation.profile)) {
    const own = isSaid(source, [...at, "profile"]);
    source.problem(
      own ? [...at, "profile"] : ["profile"],
      `no profile is called "${validation.profile}"${suggest(validation.profile, PROFILES)}`,
    );
  }
  const packs = new Set(rules.map(packOf));
  for (const [i, pack] of validation.packs.entries())
    if (pack !== "all" && !packs.has(pack))
      source.problem([...at, "packs", i], `no pack is called "${pack}"${suggest(pack, [...packs, "all"])}`);
}

const isSaid = (source: Source, path: Path): boolean =>
  follow(
    source.value,
    path.map((step) => (typeof step === "number" ? { item: step } : { key: step })),
  ).complete;

const PROFILES = ["observe", "standard", "strict"];
