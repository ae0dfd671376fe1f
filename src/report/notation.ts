import { type Effect, printEffect, printPlace } from "../model/effect.ts";
import type { Facts } from "../model/finding.ts";
import { type Flow, type Port, printFlow } from "../model/flow.ts";
import type { Invocation } from "../model/invocation.ts";
import { printResource } from "../model/resource.ts";
import { printValue } from "../model/value.ts";

/**
 * What the programs of a command do by themselves, in the notation of `docs/command-files.md`: effects, flows, the programs they
 * start (not what those do), doubts. Each line once, in no order that counts.
 */
export function notation(facts: Facts): readonly string[] {
  const own = new Set(facts.invocations.filter((invocation) => invocation.through.length === 0).flatMap(namesOf));
  const lines = [
    ...facts.effects.filter(isOwn).map(printEffect),
    ...facts.flows.filter((flow) => isListed(flow, own)).map(printFlow),
    ...facts.invocations.filter((invocation) => invocation.through.length === 1).map(printRun),
    ...facts.doubts.map((doubt) => `doubt ${doubt.kind}`),
  ];
  return [...new Set(lines)];
}

/** `runs rm -rf / as root @container web`. */
function printRun({ program, args, user, place, when }: Invocation): string {
  const words = [program, ...args.map((argument) => argument.value)].map(printValue).map(quoted);
  const account = user ? ` as ${printValue(user)}` : "";
  const later = when === "now" ? "" : ` later by ${printResource(when.deferredBy)}`;
  return `runs ${words.join(" ")}${account}${printPlace(place)}${later}`;
}

/** So that one argument with blanks is not taken for two. */
const quoted = (word: string): string => (word === "" || /\s/.test(word) ? `'${word}'` : word);

/** Effects of the command's own redirects have no program. */
const isOwn = (effect: Effect): boolean => effect.programs.length <= 1;

function isListed(flow: Flow, own: ReadonlySet<string>): boolean {
  if (flow.from.kind === "data") return false;
  if (flow.to.kind === "caller" && !holdsData(flow.from)) return false;
  return flow.programs.every((program) => own.has(program));
}

const holdsData = (port: Port): boolean => port.kind === "file" || port.kind === "network" || port.kind === "store";

function namesOf({ program, known }: Invocation): readonly string[] {
  const name = printValue(program);
  const base = name.slice(name.lastIndexOf("/") + 1);
  return known === undefined ? [name, base] : [name, base, known];
}
