import type { Span } from "../../model/span.ts";
import { type Argument, concat, exact, exactText, pattern, piecesOf, type Value } from "../../model/value.ts";
import type { Word } from "../../syntax/ast.ts";
import { arithmeticText } from "../arithmetic.ts";
import { type Assigning, announceVariable, assign } from "../assign.ts";
import { type Call, invocationIn } from "../invoke.ts";
import type { Machine } from "../machine.ts";
import type { Frame } from "../state.ts";
import { expandWord, expandWords, setVariable } from "../substitution.ts";
import { printEnvironment } from "./variables.ts";

/** Builtins whose arguments are assignments; they are not split. */
export const DECLARES: ReadonlySet<string> = new Set(["declare", "typeset", "export", "local", "readonly"]);

export function declare(machine: Machine, frame: Frame, words: readonly Word[], span: Span): void {
  const [first, ...rest] = words;
  const name = first ? (exactText(expandWord(machine, frame, first, "assignment")) ?? "declare") : "declare";
  const args = rest.flatMap((word) => (word.assignment ? [] : expandWords(machine, frame, [word])));
  const { flags, how } = optionsOf(name, args);
  machine.invocations.push({ ...invocationIn(frame, { env: new Map(), span }), program: exact(name), known: name, args });
  if (rest.length === 0 || flags.has("p")) printEnvironment(machine, frame, span);
  if (name !== "export" && name !== "readonly" && !flags.has("g")) keepLocals(frame, rest, args);
  for (const word of rest) if (word.assignment) assign(machine, frame, word.assignment, how);
  for (const { value, span: at } of args) declareName(machine, frame, value, { ...how, functions: flags.has("f") }, at);
  frame.status = "yes";
}

/** The same where the name was computed, or stands after `command`: its words are expanded like any program's. */
export function declareCalled(machine: Machine, frame: Frame, { program, args, span }: Call): boolean {
  const { flags, how } = optionsOf(program, args);
  if (args.length === 0 || flags.has("p")) printEnvironment(machine, frame, span);
  if (program !== "export" && program !== "readonly" && !flags.has("g")) keepLocals(frame, [], args);
  for (const { value, span: at } of args) declareName(machine, frame, value, { ...how, functions: flags.has("f") }, at);
  frame.status = "yes";
  return true;
}

function optionsOf(name: string, args: readonly Argument[]): { readonly flags: ReadonlySet<string>; readonly how: Assigning } {
  const flags = new Set(name === "export" ? ["x"] : []);
  const removed = new Set<string>();
  for (const { value } of args) {
    const text = exactText(value);
    if (text?.startsWith("-")) for (const flag of text.slice(1)) flags.add(flag);
    else if (text?.startsWith("+")) for (const flag of text.slice(1)) removed.add(flag);
  }
  return { flags, how: howOf(flags, removed) };
}

/** In a function `local`, `declare` and `typeset` make variables of its own. */
function keepLocals(frame: Frame, words: readonly Word[], args: readonly Argument[]): void {
  if (frame.calls.length === 0) return;
  const names = [...words.map((word) => word.assignment?.name), ...args.map(({ value }) => exactText(value)?.split("=")[0])];
  for (const name of names) {
    if (name === undefined || name.startsWith("-") || frame.locals.has(name)) continue;
    frame.locals.set(name, frame.variables.get(name));
    frame.variables.delete(name);
    frame.unset.add(name);
  }
}

function howOf(flags: ReadonlySet<string>, removed: ReadonlySet<string>): Assigning {
  return {
    announce: true,
    ...(flags.has("x") && !flags.has("n") ? { exported: true } : {}),
    ...(removed.has("x") ? { exported: false } : {}),
    ...(flags.has("i") ? { integer: true } : {}),
    ...(flags.has("u") ? { casing: "upper" as const } : flags.has("l") ? { casing: "lower" as const } : {}),
    ...(flags.has("n") ? { reference: true } : {}),
    ...(flags.has("A") ? { associative: true } : {}),
  };
}

/** `export NAME`, `declare "$x"` where the text itself may be `NAME=value`. */
function declareName(
  machine: Machine,
  frame: Frame,
  value: Value,
  how: Assigning & { readonly functions: boolean },
  span: Span,
): void {
  const [text, ...holes] = piecesOf(value);
  if (typeof text !== "string" || text.startsWith("-") || text.startsWith("+")) return;
  if (how.functions) {
    const bodies = frame.functions.get(text);
    if (bodies && how.exported)
      frame.functions.set(
        text,
        bodies.map((body) => ({ ...body, exported: true })),
      );
    return;
  }
  arithmeticText(machine, frame, value, span, "subscript");
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  if (equals < 0 && holes.length > 0) return;
  if (equals >= 0) setVariable(frame, name, pattern([text.slice(equals + 1), ...holes], value.from));
  const known = frame.variables.get(name);
  if (how.exported) frame.variables.set(name, { ...(known ?? { value: hole(name) }), exported: true });
  else if (how.reference && known) frame.variables.set(name, { ...known, reference: known.value });
  if ((how.exported || equals >= 0) && known)
    announceVariable(machine, frame, name, frame.variables.get(name)?.value ?? concat([]), span);
}

const hole = (name: string): Value => ({ kind: "unknown", origin: { by: "operator", name } });
