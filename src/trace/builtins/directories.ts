import { exact, exactText, unknown, type Value } from "../../model/value.ts";
import type { Call } from "../invoke.ts";
import type { Machine } from "../machine.ts";
import { canonical } from "../path.ts";
import { locatePath } from "../place.ts";
import type { Frame } from "../state.ts";
import { setVariable } from "../substitution.ts";

/** `cd -P DIR`, `cd -`, `cd` (bash manual, Bourne Shell Builtins). */
export function changeDirectory(machine: Machine, frame: Frame, call: Call): boolean {
  const operands = call.args.filter((argument) => !isOption(argument.value));
  const [target] = operands;
  const isPhysical = call.args.some(({ value }) => exactText(value) === "-P");
  go(machine, frame, target ? (isPhysical ? locatePath(machine, frame, target.value).path : target.value) : homeOf(frame));
  return true;
}

export function pushDirectory(machine: Machine, frame: Frame, call: Call): boolean {
  const target = call.args.find((argument) => !isOption(argument.value));
  go(machine, frame, target ? target.value : unknown("author", "pushd"));
  return true;
}

export function popDirectory(machine: Machine, frame: Frame): boolean {
  go(machine, frame, exact("-"));
  return true;
}

function isOption(value: Value): boolean {
  const text = exactText(value);
  return text !== undefined && text.length > 1 && text.startsWith("-");
}

const homeOf = (frame: Frame): Value => frame.variables.get("HOME")?.value ?? unknown("operator", "HOME");

function go(machine: Machine, frame: Frame, target: Value): void {
  const before = frame.cwd;
  const back = exactText(target) === "-";
  const value = back ? (frame.variables.get("OLDPWD")?.value ?? unknown("author", "OLDPWD")) : target;
  // What OLDPWD holds is canonical already, and relative where the first folder is not known.
  frame.cwd = back ? value : canonical(value, before, frame.place.kind === "here" ? machine.context.home : undefined);
  // `cd a` again and again makes a path that is read from its beginning each time.
  machine.steps += (exactText(frame.cwd)?.length ?? 0) >> 6;
  setVariable(frame, "OLDPWD", before);
  if (exactText(frame.cwd)?.startsWith("/")) setVariable(frame, "PWD", frame.cwd);
  else frame.variables.delete("PWD");
  frame.status = "maybe";
}
