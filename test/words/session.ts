import { exact, printValue, type Value } from "../../src/model/value.ts";
import type { Assignment, Simple } from "../../src/syntax/ast.ts";
import { parse } from "../../src/syntax/parse.ts";
import { expand, expandOne, stored, subscript } from "../../src/words/expand.ts";
import type { Expansion, Variable, WordScope } from "../../src/words/scope.ts";

interface Session {
  variables: Map<string, Variable>;
  unset: Set<string>;
  positionals: WordScope["positionals"];
  shell: string;
  holes: ReadonlyMap<string, Value>;
  fuel?: { left: number };
}

export interface Given {
  readonly shell?: string;
  readonly values?: Readonly<Record<string, Value>>;
  readonly unset?: readonly string[];
  readonly holes?: Readonly<Record<string, Value>>;
  readonly positionals?: WordScope["positionals"];
  readonly fuel?: { left: number };
}

/** Runs assignments, `set --`, `unset` and simple `declare` of a script and expands its last command. */
export function lastCommand(script: string, given: Given = {}): Expansion {
  const { script: tree } = parse(script);
  const session: Session = {
    variables: new Map(Object.entries(given.values ?? {}).map(([name, value]) => [name, { value }])),
    unset: new Set(given.unset ?? []),
    positionals: given.positionals ?? [],
    shell: given.shell ?? "bash",
    holes: new Map(Object.entries(given.holes ?? {})),
    ...(given.fuel ? { fuel: given.fuel } : {}),
  };
  let last: Expansion = { arguments: [], assigned: [], unsupported: [] };
  for (const { command } of tree.statements) {
    if (command.kind !== "simple") continue;
    for (const assignment of command.assignments) assign(session, assignment, {});
    if (command.words.length === 0) continue;
    last = expand(command.words, scopeOf(session));
    for (const { name, value } of last.assigned) session.variables.set(name, { ...session.variables.get(name), value });
    builtin(session, command, last);
  }
  return last;
}

/** The arguments, `any`-counted ones followed by `…`, then what was assigned and what was not supported. */
export function words(script: string, given: Given = {}): string {
  const { arguments: all, assigned, unsupported } = lastCommand(script, given);
  const shown = all.slice(1).map((argument) => `[${printValue(argument.value)}]${argument.count === "any" ? "…" : ""}`);
  const set = assigned.map(({ name, value }) => `\t=${name}=${printValue(value)}`);
  return shown.join("") + set.join("") + unsupported.map((u) => ` !${u.text}`).join("");
}

const scopeOf = (session: Session): WordScope => ({ ...session, name: exact("bash"), filled: new Map() });

function builtin(session: Session, command: Simple, expansion: Expansion): void {
  const [name, first, ...rest] = expansion.arguments;
  const program = name && printValue(name.value);
  if (program === "set" && first && printValue(first.value) === "--") session.positionals = rest;
  if (program === "unset") for (const argument of expansion.arguments.slice(1)) remove(session, printValue(argument.value));
  if (program !== "declare") return;
  const flags = first ? printValue(first.value) : "";
  const attributes = {
    ...(flags.includes("i") ? { integer: true } : {}),
    ...(flags.includes("u") ? { casing: "upper" as const } : {}),
    ...(flags.includes("l") ? { casing: "lower" as const } : {}),
    ...(flags.includes("x") ? { exported: true } : {}),
    ...(flags.includes("A") ? { associative: true, elements: new Map() } : {}),
    ...(flags.includes("a") ? { elements: new Map() } : {}),
  };
  for (const { assignment } of command.words) if (assignment) assign(session, assignment, attributes, flags.includes("n"));
  for (const argument of rest) {
    const text = printValue(argument.value);
    if (!text.includes("=")) session.variables.set(text, { value: exact(""), ...attributes });
  }
}

function remove(session: Session, name: string): void {
  session.variables.delete(name);
  session.unset.add(name);
}

function assign(session: Session, a: Assignment, attributes: Partial<Variable>, reference = false): void {
  const scope = scopeOf(session);
  const old: Variable = { value: exact(""), ...session.variables.get(a.name), ...attributes };
  if (a.elements) {
    session.variables.set(a.name, array(a, old, scope));
    return;
  }
  const { value } = expandOne(a.value, scope, "assignment");
  if (reference) session.variables.set(a.name, { value, reference: value });
  else if (a.index) {
    const elements = new Map(old.elements ?? []);
    elements.set(printValue(subscript(a.name, a.index, scope).value), value);
    session.variables.set(a.name, { ...old, elements, value: elements.get("0") ?? exact("") });
  } else {
    const before = a.append ? printValue(old.value) : "";
    const added = stored(value, old, scope, a.span).value;
    session.variables.set(a.name, { ...old, value: a.append ? exact(before + printValue(value)) : added });
  }
}

function array(a: Assignment, old: Variable, scope: WordScope): Variable {
  const elements = new Map(a.append ? (old.elements ?? []) : []);
  let next = elements.size;
  for (const element of a.elements ?? []) {
    if (element.index) {
      const key = old.associative ? expandOne(element.index, scope, "test") : subscript(a.name, element.index, scope);
      elements.set(printValue(key.value), expandOne(element.value, scope, "assignment").value);
      next = Number(printValue(key.value)) + 1;
    } else for (const argument of expand([element.value], scope).arguments) elements.set(String(next++), argument.value);
  }
  return { ...old, elements, value: elements.get("0") ?? exact("") };
}
