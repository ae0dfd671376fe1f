import type { Binding } from "../model/binding.ts";
import { LIMITS } from "../model/limits.ts";
import type { Call } from "./call.ts";
import { pathsInside, shellsAmong } from "./embedded.ts";
import { mentions } from "./mentions.ts";

/** A program without facts: it may do anything to what is named in its arguments, and pass on what it is fed. */
export function bindUnknown(call: Call): Binding {
  return {
    effects: [],
    edges: [{ from: { kind: "stdin" }, to: { kind: "stdout" }, maybe: true, span: call.span }],
    runs: shellsAmong(call.args),
    doubts: [
      {
        kind: "unknown-command",
        text: `unknown command ${call.program}`,
        span: call.span,
        role: "argument",
        about: call.args.flatMap((argument) => [...mentions(argument), ...pathsInside(argument)]).slice(0, LIMITS.alternatives),
      },
    ],
  };
}
