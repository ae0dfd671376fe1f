import type { Span } from "../model/span.ts";
import { type Argument, concat, exact, exactText, type Value } from "../model/value.ts";
import type { Assignment } from "../syntax/ast.ts";
import { stored } from "../words/expand.ts";
import type { Variable } from "../words/scope.ts";
import { arithmeticText } from "./arithmetic.ts";
import { aliasTo, rehash } from "./builtins/names.ts";
import { runShell } from "./code.ts";
import type { Machine } from "./machine.ts";
import { effectIn } from "./redirect.ts";
import { type Frame, fork } from "./state.ts";
import { expandWord, expandWords, nameMeant, scopeOf, settle, walkSubstitutions } from "./substitution.ts";

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
export function assign(machine: Machine, frame: Frame, written: Assignment, how: Assigning): Value {
  const assignment = how.reference ? written : { ...written, name: nameMeant(frame, written.name) };
  const before = frame.variables.get(assignment.name);
  const variable = assignment.elements
    ? arrayOf(machine, frame, assignment, before)
    : scalarOf(machine, frame, assignment, before, how);
  frame.variables.set(assignment.name, { ...attributesOf(before, how), ...variable });
  frame.unset.delete(assignment.name);
  renames(machine, frame, assignment, variable);
  if (how.announce || how.exported) announce(machine, frame, assignment, variable.value, how.exported === true);
  return variable.value;
}

/** `BASH_CMDS[ls]=/tmp/x` is `hash -p`, `BASH_ALIASES[ls]=x` an alias (bash manual, Bash Variables). */
function renames(machine: Machine, frame: Frame, assignment: Assignment, { elements }: Variable): void {
  const { name } = assignment;
  if (!elements || (name !== "BASH_CMDS" && name !== "BASH_ALIASES")) return;
  const span = frame.locate(assignment.span.start, assignment.span.end);
  for (const [key, value] of elements) {
    const text = exactText(value);
    if (name === "BASH_ALIASES") aliasTo(machine, frame, key, value, span);
    else if (text !== undefined) rehash(machine, frame, key, text, span);
  }
}

type AttributesOfVariable = Pick<Variable, "exported" | "integer" | "casing" | "associative">;

function attributesOf(before: Variable | undefined, how: Assigning): AttributesOfVariable {
  const casing = how.casing ?? before?.casing;
  return {
    ...((how.exported ?? before?.exported) ? { exported: true } : {}),
    ...((how.integer ?? before?.integer) ? { integer: true } : {}),
    ...((how.associative ?? before?.associative) ? { associative: true } : {}),
    ...(casing ? { casing } : {}),
  };
}

function scalarOf(
  machine: Machine,
  frame: Frame,
  assignment: Assignment,
  before: Variable | undefined,
  how: Assigning,
): Variable {
  const at = frame.locate(assignment.span.start, assignment.span.end);
  const given = expandWord(machine, frame, assignment.value, "assignment");
  const attributes = attributesOf(before, how);
  if (attributes.integer) arithmeticText(machine, frame, given, at, "expression");
  const result = stored(given, { value: given, ...attributes }, scopeOf(machine, frame), assignment.span);
  settle(machine, frame, result);
  const { value } = result;
  if (how.reference) return { value, reference: value };
  if (!assignment.index) return { value: assignment.append && before ? concat([before.value, value]) : value };
  return elementOf(machine, frame, assignment, before, value);
}

function elementOf(machine: Machine, frame: Frame, assignment: Assignment, before: Variable | undefined, value: Value): Variable {
  const index = assignment.index && expandWord(machine, frame, assignment.index, "assignment");
  if (index) arithmeticText(machine, frame, index, frame.locate(assignment.span.start, assignment.span.end), "expression");
  const elements = new Map(before?.elements ?? (before ? [["0", before.value]] : []));
  machine.steps += elements.size >> 6;
  const key = exactText(index) ?? `?${elements.size}`;
  elements.set(key, assignment.append ? concat([elements.get(key) ?? exact(""), value]) : value);
  return { value: elements.get("0") ?? value, elements };
}

function arrayOf(machine: Machine, frame: Frame, assignment: Assignment, before: Variable | undefined): Variable {
  const elements = new Map<string, Value>(assignment.append ? before?.elements : []);
  machine.steps += elements.size >> 6;
  let next = elements.size;
  for (const element of assignment.elements ?? []) {
    if (element.index) {
      const key = expandWord(machine, frame, element.index, "assignment");
      arithmeticText(machine, frame, key, frame.locate(element.index.span.start, element.index.span.end), "expression");
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
  "CDPATH",
  "FPATH",
  "EXECIGNORE",
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

export function announceVariable(machine: Machine, frame: Frame, name: string, value: Value, span: Span): void {
  machine.effect({
    ...effectIn(frame, frame.place),
    kind: "configure",
    on: { kind: "variable", value: exact(name) },
    attributes: { content: value },
    programs: [...frame.through, "shell"],
    span,
  });
  runPrompt(machine, frame, name, value, span);
}

/** Variables that a shell expands when it starts, prompts or traces. */
const EXPANDED: ReadonlySet<string> = new Set(["PS0", "PS1", "PS2", "PS4", "BASH_ENV", "ENV"]);

function runPrompt(machine: Machine, frame: Frame, name: string, value: Value, span: Span): void {
  const text = exactText(value);
  if (text === undefined || (name !== "PROMPT_COMMAND" && !EXPANDED.has(name))) return;
  const later = fork(machine, frame);
  later.when = { deferredBy: { kind: "variable", value: exact(name) } };
  if (name === "PROMPT_COMMAND") runShell(machine, later, { value, count: "one", span });
  else walkSubstitutions(machine, later, text, span);
}
