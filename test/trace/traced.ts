import { builtin } from "../../src/index.ts";
import { printEffect, printPlace } from "../../src/model/effect.ts";
import { printFlow } from "../../src/model/flow.ts";
import type { Invocation } from "../../src/model/invocation.ts";
import { printResource } from "../../src/model/resource.ts";
import type { Context, Input } from "../../src/model/subject.ts";
import { printValue } from "../../src/model/value.ts";
import { trace } from "../../src/trace/trace.ts";

/** Everything that a walk finds out, one line each: what runs, what it does, what flows, what is not known. */
export function traced(input: Input, context: Context = {}): string {
  const facts = trace({ input, context }, builtin());
  return [
    ...facts.invocations.map(printInvocation),
    ...facts.effects.map(printEffect),
    ...facts.flows.map(printFlow),
    ...facts.doubts.map((doubt) => `${doubt.kind}: ${doubt.text}`),
  ].join(" | ");
}

/** `$ rm -rf x`, and how it came about where that is not plain. */
function printInvocation({ program, args, through, user, place, when, spelled }: Invocation): string {
  const words = [program, ...args.map((argument) => argument.value)].map((value) => printValue(value).replaceAll("\n", "⏎"));
  return [
    `$ ${words.join(" ")}`,
    ...(through.length > 0 ? [`via ${through.join(" ")}`] : []),
    ...(user ? [`as ${printValue(user)}`] : []),
    ...(spelled ? [spelled] : []),
    ...(when === "now" ? [] : [`later by ${printResource(when.deferredBy)}`]),
  ]
    .join(", ")
    .concat(printPlace(place));
}
