import { exact } from "../model/value.ts";
import { branch, merge } from "./branches.ts";
import { type Call, invocationIn } from "./invoke.ts";
import type { Machine } from "./machine.ts";
import { effectIn, withRedirects } from "./redirect.ts";
import type { Callable, Frame } from "./state.ts";
import { walkCommand } from "./walk.ts";

/** Calls a shell function; where its definition is not certain, each is called. */
export function callFunction(machine: Machine, frame: Frame, bodies: readonly Callable[], call: Call): void {
  machine.invocations.push({
    ...invocationIn(frame, call),
    program: exact(call.program),
    known: `function ${call.program}`,
    args: call.args,
  });
  if (frame.calls.includes(call.program)) {
    callsItself(machine, frame, call);
    return;
  }
  const [only] = bodies;
  if (bodies.length === 1 && only) {
    callOne(machine, frame, only, call);
    return;
  }
  const ends = bodies.map((body) => {
    const taken = branch(machine, frame);
    callOne(machine, taken, body, call);
    return taken;
  });
  merge(frame, ends);
}

function callOne(machine: Machine, frame: Frame, body: Callable, call: Call): void {
  const { positionals, locate, holes, calls, depth, concurrent, locals } = frame;
  for (const [name, value] of call.env) frame.variables.set(name, { value, exported: true });
  Object.assign(frame, {
    positionals: call.args,
    locate: body.locate,
    holes: body.holes,
    calls: [...calls, call.program],
    locals: new Map(),
    depth: depth + 1,
    concurrent: false,
  });
  withRedirects(machine, frame, body.definition.redirects, (inner) => walkCommand(machine, inner, body.definition.body));
  forgetLocals(frame);
  Object.assign(frame, { positionals, locate, holes, calls, depth, concurrent, locals });
  if (frame.ended === "return") frame.ended = "no";
}

/** `local x`: after the function x is what it was. */
function forgetLocals(frame: Frame): void {
  for (const [name, before] of frame.locals) {
    frame.unset.delete(name);
    if (before) frame.variables.set(name, before);
    else frame.variables.delete(name);
  }
}

/** Recursion is not followed. From within a pipe or the background it multiplies without end. */
function callsItself(machine: Machine, frame: Frame, call: Call): void {
  frame.status = "maybe";
  machine.effect({
    ...effectIn(frame, frame.place),
    kind: "execute",
    on: { kind: frame.concurrent ? "process" : "function", value: exact(call.program) },
    attributes: { recursive: true, how: exact(frame.concurrent ? "fork-bomb" : "recursion") },
    programs: [...frame.through, call.program],
    span: call.span,
  });
}
