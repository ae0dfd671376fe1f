import type { Binding, BoundEffect } from "../model/binding.ts";
import { LIMITS } from "../model/limits.ts";
import { printResource, type Resource } from "../model/resource.ts";
import { cover } from "../model/span.ts";
import { type Argument, exact, exactText } from "../model/value.ts";
import type { Call } from "./call.ts";
import { pathsInside, shellsAmong } from "./embedded.ts";
import { mentions } from "./mentions.ts";

/** A program without facts: it may do anything to what is named in its arguments, and pass on what it is fed. */
export function bindUnknown(call: Call): Binding {
  return {
    effects: deletions(call),
    edges: [{ from: { kind: "stdin" }, to: { kind: "stdout" }, maybe: true, span: call.span }],
    runs: shellsAmong(call.args),
    doubts: [
      {
        kind: "unknown-command",
        text: `unknown command ${call.program}`,
        span: call.span,
        role: "argument",
        about: touched(call.args).slice(0, LIMITS.alternatives),
      },
    ],
  };
}

/** What the words look like, and paths inside of them; each once. */
function touched(args: readonly Argument[]): readonly Resource[] {
  const found = new Map<string, Resource>();
  for (const argument of args)
    for (const resource of [...mentions(argument), ...pathsInside(argument)]) found.set(printResource(resource), resource);
  return [...found.values()];
}

/** What the first words of a command line say when they say that something ends. */
const DELETES: ReadonlySet<string> = new Set([
  "delete",
  "destroy",
  "purge",
  "drop",
  "wipe",
  "erase",
  "terminate",
  "prune",
  "truncate",
  "nuke",
  "del",
]);

/** `TOOL queue delete jobs`, `TOOL --delete --topic x`: the verb is known although the tool is not. */
function deletions(call: Call): readonly BoundEffect[] {
  const named = call.program
    .split("-")
    .slice(1)
    .some((word) => DELETES.has(word));
  const verb =
    call.args.slice(0, 4).find(({ value }) => saysDelete(exactText(value) ?? "")) ?? (named ? call.args[0] : undefined);
  if (!verb) return [];
  const on: Resource = { kind: "setting", value: exact(`${call.program} ${exactText(verb.value) ?? ""}`) };
  return [{ kind: "delete", on, attributes: { how: exact("unknown-tool") }, span: cover(call.span, verb.span) }];
}

function saysDelete(text: string): boolean {
  const word = text.startsWith("--") ? text.slice(2) : text;
  if (text.startsWith("-") && !text.startsWith("--")) return false;
  return DELETES.has(word) || DELETES.has(word.split("-")[0] ?? "");
}
