import { type Argument, concat, exact, exactText, type Value } from "../model/value.ts";
import type { Assignment } from "../syntax/ast.ts";
import type { Variable } from "../words/scope.ts";
import { arithmeticText } from "./arithmetic.ts";
import type { Machine } from "./machine.ts";
import { effectIn } from "./redirect.ts";
import type { Frame } from "./state.ts";
import { expandWord, expandWords } from "./substitution.ts";

/** How a variable is set: attributes of `declare`, and whether the shell itself acts on it. */
export interface Assigning {
  readonly exported?: boolean;
  readonly integer?: boolean;
  readonly casing?: "upper" | "lower";
  readonly reference?: boolean;
  readonly associative?: boolean;
  /** Say so if the shell (or what it starts) acts on this variable. */
  readonly announce?: boolean;
}

/** Sets a variable and returns its new value. */
export function assign(machine: Machine, frame: Frame, assignment: Assignment, how: Assigning): Value {
  const before = frame.variables.get(assignment.name);
  const exported = how.exported ?? before?.exported;
  const kept: Partial<Variable> = {
    ...(exported ? { exported } : {}),
    ...((how.integer ?? before?.integer) ? { integer: true } : {}),
    ...((how.casing ?? before?.casing) ? { casing: how.casing ?? before?.casing } : {}),
  } as Partial<Variable>;
  const variable = assignment.elements
    ? arrayOf(machine, frame, assignment, before)
    : scalarOf(machine, frame, assignment, before, how);
  frame.variables.set(assignment.name, { ...kept, ...variable });
  frame.unset.delete(assignment.name);
  if (how.announce || how.exported) announce(machine, frame, assignment, variable.value, how.exported === true);
  return variable.value;
}

function scalarOf(
  machine: Machine,
  frame: Frame,
  assignment: Assignment,
  before: Variable | undefined,
  how: Assigning,
): Variable {
  const given = expandWord(machine, frame, assignment.value, "assignment");
  if (how.integer || before?.integer) arithmeticText(machine, frame, given, assignment.span, "expression");
  const cased = recase(given, how.casing ?? before?.casing);
  if (how.reference) return { value: cased, reference: cased };
  if (!assignment.index)
    return {
      value: assignment.append && before ? concat([before.value, cased]) : cased,
      ...(before?.elements && !assignment.append ? {} : {}),
    };
  const index = expandWord(machine, frame, assignment.index, "assignment");
  arithmeticText(machine, frame, index, assignment.span, "expression");
  const elements = new Map(before?.elements ?? (before ? [["0", before.value]] : []));
  const key = exactText(index);
  if (key !== undefined) elements.set(key, assignment.append ? concat([elements.get(key) ?? exact(""), cased]) : cased);
  else elements.set(`?${elements.size}`, cased);
  return { value: elements.get("0") ?? cased, elements };
}

function recase(value: Value, casing: "upper" | "lower" | undefined): Value {
  const text = exactText(value);
  if (text === undefined || !casing) return value;
  return { ...value, kind: "exact", text: casing === "upper" ? text.toUpperCase() : text.toLowerCase() };
}

function arrayOf(machine: Machine, frame: Frame, assignment: Assignment, before: Variable | undefined): Variable {
  const elements = new Map<string, Value>(assignment.append ? before?.elements : []);
  let next = elements.size;
  for (const element of assignment.elements ?? []) {
    if (element.index) {
      const key = expandWord(machine, frame, element.index, "assignment");
      arithmeticText(machine, frame, key, element.index.span, "expression");
      elements.set(exactText(key) ?? `?${elements.size}`, expandWord(machine, frame, element.value, "assignment"));
      next = Number(exactText(key)) + 1 || elements.size;
      continue;
    }
    for (const argument of expandWords(machine, frame, [element.value])) elements.set(String(next++), held(argument));
  }
  return { value: elements.get("0") ?? exact(""), elements };
}

const held = (argument: Argument): Value => argument.value;

/** Variables that the shell itself acts on, or hands to every program (bash manual, Shell Variables). */
const ACTED_ON: ReadonlySet<string> = new Set([
  "PROMPT_COMMAND",
  "PS0",
  "PS1",
  "PS4",
  "BASH_ENV",
  "ENV",
  "PATH",
  "HISTFILE",
  "HISTSIZE",
  "HISTFILESIZE",
  "HISTCONTROL",
  "HISTIGNORE",
  "SHELLOPTS",
  "BASHOPTS",
  "LD_PRELOAD",
  "LD_LIBRARY_PATH",
  "LD_AUDIT",
  "DYLD_INSERT_LIBRARIES",
]);

function announce(machine: Machine, frame: Frame, assignment: Assignment, value: Value, exported: boolean): void {
  if (!exported && !ACTED_ON.has(assignment.name)) return;
  announceVariable(machine, frame, assignment.name, value, frame.locate(assignment.span.start, assignment.span.end));
}

export function announceVariable(
  machine: Machine,
  frame: Frame,
  name: string,
  value: Value,
  span: { start: number; end: number },
): void {
  machine.effect({
    ...effectIn(frame, frame.place),
    kind: "configure",
    on: { kind: "variable", value: exact(name) },
    attributes: { content: value },
    programs: [...frame.through, "shell"],
    span,
  });
}
