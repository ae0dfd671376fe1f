import { runAtExit } from "../code.ts";
import type { Call } from "../invoke.ts";
import type { Machine } from "../machine.ts";
import type { Frame } from "../state.ts";

export function alwaysSucceeds(_machine: Machine, frame: Frame): boolean {
  frame.status = "yes";
  return true;
}

export function alwaysFails(_machine: Machine, frame: Frame): boolean {
  frame.status = "no";
  return true;
}

export function nothing(machine: Machine, frame: Frame, call: Call): boolean {
  frame.status = "maybe";
  // `type x`, `ulimit` and their kind have facts where they print or change something.
  return machine.knowledge.command(call.program) === undefined;
}

export function exit(machine: Machine, frame: Frame): boolean {
  runAtExit(machine, frame);
  frame.ended = "exit";
  return true;
}

export function returns(_machine: Machine, frame: Frame): boolean {
  frame.ended = "return";
  return true;
}
