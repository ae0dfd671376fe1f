import { LIMITS } from "../model/limits.ts";
import type { AndOr, Command, FunctionDefinition, Group, Pipeline, Script, Statement } from "../syntax/ast.ts";
import { arithmeticStatus } from "./arithmetic.ts";
import { walkCase, walkIf, walkTest } from "./branches.ts";
import { runAtExit } from "./code.ts";
import { adopt, joinFrames } from "./join.ts";
import { walkArithmeticFor, walkFor, walkWhile } from "./loops.ts";
import type { Machine } from "./machine.ts";
import { withRedirects } from "./redirect.ts";
import { shadow } from "./shadow.ts";
import { walkSimple } from "./simple.ts";
import { type Frame, fork } from "./state.ts";
import { gather, pipe, sourceOf } from "./streams.ts";

/** Walks statements in order. The frame's state is that after the last one. */
export function walkScript(machine: Machine, frame: Frame, script: Script): void {
  if (tooDeep(machine, frame)) return;
  for (const statement of script.statements) {
    if (frame.ended !== "no" || machine.exhausted) return;
    walkStatement(machine, frame, statement);
  }
}

function tooDeep(machine: Machine, frame: Frame): boolean {
  if (frame.depth <= LIMITS.depth) return false;
  machine.doubt({ kind: "limit", text: "nested too deep", span: frame.locate(0, 0), role: "code", about: [] });
  return true;
}

function walkStatement(machine: Machine, frame: Frame, statement: Statement): void {
  if (!statement.background) {
    walkCommand(machine, frame, statement.command);
    return;
  }
  const inner = fork(machine, frame);
  inner.concurrent = true;
  walkCommand(machine, inner, statement.command);
  runAtExit(machine, inner);
  frame.status = "yes";
}

export function walkCommand(machine: Machine, frame: Frame, command: Command): void {
  if (!machine.spend(1, frame.locate(command.span.start, command.span.end))) return;
  if (command.kind === "simple") walkSimple(machine, frame, command);
  else if (command.kind === "pipeline") walkPipeline(machine, frame, command);
  else if (command.kind === "and-or") walkAndOr(machine, frame, command);
  else if (command.kind === "function") defineFunction(machine, frame, command);
  else withRedirects(machine, frame, command.redirects, (inner) => walkCompound(machine, inner, command));
}

type Compound = Exclude<Command, { kind: "simple" | "pipeline" | "and-or" | "function" }>;

function walkCompound(machine: Machine, frame: Frame, command: Compound): void {
  switch (command.kind) {
    case "group":
      walkGroup(machine, frame, command);
      break;
    case "if":
      walkIf(machine, frame, command);
      break;
    case "case":
      walkCase(machine, frame, command);
      break;
    case "while":
      walkWhile(machine, frame, command);
      break;
    case "for":
      walkFor(machine, frame, command);
      break;
    case "arithmetic-for":
      walkArithmeticFor(machine, frame, command);
      break;
    case "test":
      walkTest(machine, frame, command.expression);
      break;
    case "arithmetic":
      frame.status = command.expression ? arithmeticStatus(machine, frame, command.expression) : "no";
      break;
    case "coproc":
      walkCoproc(machine, fork(machine, frame), command.body);
      break;
  }
}

function walkCoproc(machine: Machine, frame: Frame, body: Command): void {
  walkCommand(machine, frame, body);
  runAtExit(machine, frame);
}

function walkGroup(machine: Machine, frame: Frame, group: Group): void {
  if (!group.subshell) {
    walkScript(machine, frame, group.body);
    return;
  }
  const inner = fork(machine, frame);
  walkScript(machine, inner, group.body);
  runAtExit(machine, inner);
  frame.status = inner.status;
}

function defineFunction(machine: Machine, frame: Frame, command: FunctionDefinition): void {
  shadow(machine, frame, command.name, "function", frame.locate(command.span.start, command.span.end));
  frame.functions.set(command.name, [{ definition: command, locate: frame.locate, holes: frame.holes }]);
  frame.status = "yes";
}

/** Each part is a process of its own; the last one's variables are lost too (bash without lastpipe). */
function walkPipeline(machine: Machine, frame: Frame, pipeline: Pipeline): void {
  const [only] = pipeline.commands;
  if (pipeline.commands.length === 1 && only) {
    walkCommand(machine, frame, only);
    if (pipeline.negated) frame.status = frame.status === "yes" ? "no" : frame.status === "no" ? "yes" : "maybe";
    return;
  }
  let source = frame.descriptors.get(0);
  pipeline.commands.forEach((command, i) => {
    const inner = fork(machine, frame);
    inner.concurrent = true;
    if (source) inner.descriptors.set(0, source);
    else inner.descriptors.delete(0);
    const last = i === pipeline.commands.length - 1;
    const next = last ? undefined : pipe(machine);
    if (next) inner.descriptors.set(1, { sink: next.sink });
    if (next && pipeline.stderr[i]) inner.descriptors.set(2, { sink: next.sink });
    walkCommand(machine, inner, command);
    runAtExit(machine, inner);
    if (next) source = { source: sourceOf(next.node, gather(next.collector.contents)) };
    frame.status = "maybe";
  });
}

/** What comes after `&&` runs unless the left certainly failed; where it may not run, both states are joined. */
function walkAndOr(machine: Machine, frame: Frame, list: AndOr): void {
  const [first, ...rest] = list.commands;
  if (first) walkCommand(machine, frame, first);
  rest.forEach((command, i) => {
    const wanted = list.operators[i] === "&&" ? "yes" : "no";
    if (frame.ended !== "no" || (frame.status !== "maybe" && frame.status !== wanted)) return;
    if (frame.status === wanted) {
      walkCommand(machine, frame, command);
      return;
    }
    const taken = fork(machine, frame);
    taken.depth = frame.depth;
    taken.atExit = frame.atExit;
    walkCommand(machine, taken, command);
    // After `cd x && make`, all that follows was meant for x: a failed `cd` usually ended the matter.
    if (wanted === "yes" && taken.ended === "no") {
      const cwd = taken.cwd;
      joinFrames(taken, frame);
      taken.cwd = cwd;
      adopt(frame, taken);
    } else joinFrames(frame, taken);
    frame.status = "maybe";
  });
}
