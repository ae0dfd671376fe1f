import type { Spelling } from "../model/invocation.ts";
import { LIMITS } from "../model/limits.ts";
import type { Span } from "../model/span.ts";
import { type Argument, exactText, type Value } from "../model/value.ts";
import type { Assignment, Part, Simple, Word } from "../syntax/ast.ts";
import { assign } from "./assign.ts";
import { DECLARES, declare } from "./builtins/declare.ts";
import { invoke } from "./invoke.ts";
import type { Machine } from "./machine.ts";
import { unknownContent } from "./output.ts";
import { openRedirects, settleFiles } from "./redirect.ts";
import { parseText } from "./reread.ts";
import { emit, type Frame, stdin, stdout } from "./state.ts";
import { rest } from "./streams.ts";
import { expandWords } from "./substitution.ts";
import { walkScript } from "./walk.ts";

/** Words, then redirects, then assignments, then the program (bash manual, Simple Command Expansion). */
export function walkSimple(machine: Machine, frame: Frame, command: Simple): void {
  const span = frame.locate(command.span.start, command.span.end);
  const first = literalOf(command.words[0]);
  const alias = first === undefined ? undefined : frame.aliases.get(first);
  const declares = first !== undefined && DECLARES.has(first) && !frame.functions.has(first);
  frame.status = "yes";
  if (command.assignments.length > LIMITS.arguments)
    machine.doubt({ kind: "limit", text: "more assignments than are looked at", span, role: "code", about: [] });
  const args = declares ? [] : expandWords(machine, frame, alias && first !== undefined ? command.words.slice(1) : command.words);
  const before = frame.descriptors;
  const persistent = first === "exec" && command.words.length === 1;
  if (command.redirects.length > 0) frame.descriptors = new Map(before);
  const opened = openRedirects(machine, frame, command.redirects);
  if (declares) {
    for (const assignment of command.assignments) assign(machine, frame, assignment, {});
    declare(machine, frame, command.words, span);
  } else if (alias && first !== undefined) runAlias(machine, frame, first, alias, args, span);
  else if (args.length === 0 && command.words.length === 0) {
    for (const assignment of command.assignments) assign(machine, frame, assignment, { announce: true });
    if (command.redirects.length > 0 && command.assignments.length === 0) passOn(machine, frame, span);
  } else
    invoke(
      machine,
      frame,
      args,
      environment(machine, frame, command.assignments),
      span,
      spellingOf(command.words[0]) ?? frame.within,
    );
  if (!persistent) frame.descriptors = before;
  settleFiles(machine, opened, persistent);
}

function literalOf(word: Word | undefined): string | undefined {
  const [part] = word?.parts ?? [];
  return part?.kind === "literal" && word?.parts.length === 1 ? part.text : undefined;
}

/** `$(<file)` is the file's content; zsh prints it for `< file` alone. */
function passOn(machine: Machine, frame: Frame, span: Span): void {
  const source = stdin(frame);
  const sink = stdout(frame);
  if (!source || !sink || machine.graph.ports[source.node]?.kind === "input") return;
  machine.graph.edge(source.node, sink.node, span);
  emit(frame, rest(source) ?? unknownContent(frame, "file"));
}

/** `A=1 program`: set for the program only. */
function environment(machine: Machine, frame: Frame, assignments: readonly Assignment[]): ReadonlyMap<string, Value> {
  if (assignments.length === 0) return NONE;
  const kept = frame.variables;
  frame.variables = new Map(kept);
  const env = new Map<string, Value>();
  for (const assignment of assignments) env.set(assignment.name, assign(machine, frame, assignment, {}));
  frame.variables = kept;
  return env;
}

const NONE: ReadonlyMap<string, Value> = new Map();

/** The alias's text is read as if it stood there, and the other words after it: `alias x='true; id #'`. */
function runAlias(machine: Machine, frame: Frame, name: string, text: Value, args: readonly Argument[], span: Span): void {
  const known = exactText(text);
  if (known === undefined) {
    machine.doubt({
      kind: "hidden-program",
      text: `the alias ${name} is not known`,
      span,
      role: "code",
      about: [],
      by: "author",
    });
    return;
  }
  const { aliases, holes, locate, depth } = frame;
  frame.aliases = new Map(aliases);
  frame.aliases.delete(name);
  const stand = new Map(holes);
  const words = args.map(({ value }) => {
    const char = machine.nextPlaceholder(known) ?? "";
    stand.set(char, value);
    return ` "${char}"`;
  });
  Object.assign(frame, { holes: stand, locate: () => span, depth: depth + 1 });
  const script = parseText(machine, frame, known + words.join(""), span);
  if (script) walkScript(machine, frame, script);
  const removed = frame.aliases;
  Object.assign(frame, { holes, locate, depth });
  if (!removed.has(name)) frame.aliases.set(name, text);
}

/** Anything but plain letters, all of them quoted or none; `\\ls` only keeps an alias away. */
function spellingOf(word: Word | undefined): Spelling | undefined {
  const parts = word?.parts ?? [];
  const [first, second] = parts;
  if (!first || first.kind === "literal") {
    const text = first?.kind === "literal" ? first.text : "";
    if (parts.length === 1) return hasGlob(text) ? "glob" : undefined;
  }
  if (parts.length === 1 && first?.kind === "quoted") return first.how === "ansi" ? "spliced" : undefined;
  if (parts.length === 1 && first?.kind === "double" && first.parts.every(isText)) return undefined;
  if (parts.every((part) => part.kind === "literal" || part.kind === "quoted")) {
    return parts.length === 2 && first?.kind === "quoted" && first.how === "escape" && second?.kind === "literal"
      ? undefined
      : "spliced";
  }
  return "computed";
}

const isText = ({ kind }: Part): boolean => kind === "literal" || kind === "quoted";

function hasGlob(text: string): boolean {
  return (
    text !== "[" && text !== "[[" && (text.includes("*") || text.includes("?") || text.includes("[") || text.startsWith("{"))
  );
}
