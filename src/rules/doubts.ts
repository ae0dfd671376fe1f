import type { Doubt } from "../model/doubt.ts";
import type { RuleId } from "../model/finding.ts";
import type { CompiledRules } from "./compile.ts";

/** A doubt, and what the rules have to do with it. */
export interface JudgedDoubt {
  readonly doubt: Doubt;
  /** It touches something that a rule of high or critical severity is about. */
  readonly sensitive: boolean;
  /** Rules that what is hidden could meet. */
  readonly couldMeet: readonly RuleId[];
}

export function judgeDoubts(doubts: readonly Doubt[], rules: CompiledRules): readonly JudgedDoubt[] {
  return doubts.map((doubt) => ({ doubt, sensitive: isSensitive(doubt, rules), couldMeet: meets(doubt, rules) }));
}

/** Being near is enough here: `/etc/$f` may be any file of /etc. A folder that holds everything, as `/` does, is not. */
function isSensitive(doubt: Doubt, rules: CompiledRules): boolean {
  return doubt.about.some((resource) =>
    rules.sets.of(resource).some((hit) => rules.sensitive.has(hit.set) && (hit.inside !== "no" || hit.near)),
  );
}

/** A hidden argument can only be something that is acted on; anything else that is not understood may do anything. */
const meets = (doubt: Doubt, rules: CompiledRules): readonly RuleId[] =>
  rules.couldMeet[doubt.kind === "hidden-argument" || doubt.kind === "unexplained-argument" ? doubt.role : "code"];
