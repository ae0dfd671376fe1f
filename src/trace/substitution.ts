import { textOf } from "../model/content.ts";
import type { Spelling } from "../model/invocation.ts";
import type { Span } from "../model/span.ts";
import { type Argument, carry, exact, exactText, type Value } from "../model/value.ts";
import type { CommandSubstitution, ProcessSubstitution, Word } from "../syntax/ast.ts";
import { expand, expandOne } from "../words/expand.ts";
import { matchesPieces } from "../words/matcher.ts";
import { oddPlaceOf } from "../words/odd-places.ts";
import type { WordScope } from "../words/scope.ts";
import { substitutionsOf } from "../words/substitutions.ts";
import { runAtExit } from "./code.ts";
import type { Machine } from "./machine.ts";
import { parseText } from "./reread.ts";
import { type Frame, fork } from "./state.ts";
import { gather, pipe, sourceOf } from "./streams.ts";
import { walkScript } from "./walk.ts";

type Filled = Map<CommandSubstitution | ProcessSubstitution, Value>;
const EMPTY: Filled = new Map();
const PLAIN: ReadonlyMap<CommandSubstitution | ProcessSubstitution, Spelling> = new Map();

/** Runs every substitution of these words, and says what each became. */
function fill(machine: Machine, frame: Frame, words: readonly Word[]): Filled {
  let holes: (CommandSubstitution | ProcessSubstitution)[] | undefined;
  const odd = new Map<CommandSubstitution | ProcessSubstitution, Spelling>();
  for (const word of words) {
    if (isPlain(word)) continue;
    holes ??= [];
    for (const hole of substitutionsOf(word)) {
      holes.push(hole);
      const place = hole.kind === "command" ? oddPlaceOf(word, hole) : undefined;
      if (place) odd.set(hole, place);
    }
  }
  return holes === undefined || holes.length === 0 ? EMPTY : fillHoles(machine, frame, holes, odd);
}

export function fillHoles(
  machine: Machine,
  frame: Frame,
  holes: readonly (CommandSubstitution | ProcessSubstitution)[],
  odd: ReadonlyMap<CommandSubstitution | ProcessSubstitution, Spelling> = PLAIN,
): Filled {
  const filled: Filled = new Map();
  for (const hole of holes)
    filled.set(
      hole,
      hole.kind === "command" ? commandOutput(machine, frame, hole, odd.get(hole)) : processPath(machine, frame, hole),
    );
  return filled;
}

function isPlain(word: Word): boolean {
  const part = word.parts[0];
  return part !== undefined && word.parts.length === 1 && (part.kind === "literal" || part.kind === "quoted");
}

function commandOutput(machine: Machine, frame: Frame, hole: CommandSubstitution, odd: Spelling | undefined): Value {
  const { sink, node, collector } = pipe(machine);
  const inner = fork(machine, frame);
  if (odd) inner.within = odd;
  inner.descriptors.set(1, { sink });
  walkScript(machine, inner, hole.script);
  runAtExit(machine, inner);
  frame.status = inner.status;
  const text = textOf(gather(collector.contents));
  return carry(trimNewlines(text), [node]);
}

/** `$(…)` loses its last newlines. */
function trimNewlines(value: Value): Value {
  const text = exactText(value);
  if (text !== undefined) return carry(exact(trimEnd(text)), value.from);
  if (value.kind !== "pattern") return value;
  const last = value.pieces.at(-1);
  if (typeof last !== "string") return value;
  const kept = trimEnd(last);
  const pieces = [...value.pieces.slice(0, -1), ...(kept === "" ? [] : [kept])];
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && typeof only !== "string" && !only.glob)
    return carry({ kind: "unknown", origin: only.origin }, value.from);
  return { ...value, pieces };
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "\n") end--;
  return text.slice(0, end);
}

function processPath(machine: Machine, frame: Frame, hole: ProcessSubstitution): Value {
  const path = `/dev/fd/${1000 + machine.pipes.size}`;
  const { sink, node, collector } = pipe(machine);
  const inner = fork(machine, frame);
  if (hole.direction === "<") inner.descriptors.set(1, { sink });
  else inner.descriptors.set(0, { source: sourceOf(node, undefined) });
  walkScript(machine, inner, hole.script);
  runAtExit(machine, inner);
  machine.pipes.set(path, { node, content: hole.direction === "<" ? gather(collector.contents) : undefined });
  return exact(path, [node]);
}

export function scopeOf(machine: Machine, frame: Frame, filled: Filled = EMPTY): WordScope {
  return {
    variables: frame.variables,
    unset: frame.unset,
    name: frame.name,
    positionals: frame.positionals,
    filled,
    shell: frame.shell,
    holes: frame.holes,
    fuel: machine.words,
  };
}

/** Words as a program gets them; spans are of the input. */
export function expandWords(machine: Machine, frame: Frame, words: readonly Word[]): readonly Argument[] {
  const expansion = expand(words, scopeOf(machine, frame, fill(machine, frame, words)));
  settle(machine, frame, expansion);
  const args = expansion.arguments.map((argument) => toInput(frame, argument));
  return machine.dashed.length === 0 ? args : args.flatMap((argument) => [...optionsIn(machine, frame, argument), argument]);
}

/** `touch ./--checkpoint-action=exec=id; tar c *`: names that a glob hands over as options. */
function optionsIn(machine: Machine, frame: Frame, argument: Argument): readonly Argument[] {
  const { value } = argument;
  if (value.kind !== "pattern" || typeof value.pieces[0] === "string" || value.pieces[0]?.glob === undefined) return [];
  const cwd = exactText(frame.cwd);
  return machine.dashed.flatMap((path) => {
    const cut = path.lastIndexOf("/");
    const name = path.slice(cut + 1);
    return path.slice(0, cut) === cwd && matchesPieces(value.pieces, name)
      ? [{ ...argument, value: exact(name), count: "one" }]
      : [];
  });
}

/** One word where no splitting happens. */
export function expandWord(machine: Machine, frame: Frame, word: Word, as: Parameters<typeof expandOne>[2]): Value {
  const result = expandOne(word, scopeOf(machine, frame, fill(machine, frame, [word])), as);
  settle(machine, frame, result);
  return result.value;
}

function toInput(frame: Frame, argument: Argument): Argument {
  const { value, count, verbatim, quoted } = argument;
  const placed: { -readonly [key in keyof Argument]: Argument[key] } = {
    value,
    count,
    span: frame.locate(argument.span.start, argument.span.end),
  };
  if (quoted) placed.quoted = quoted;
  if (verbatim === undefined) return placed;
  const length = value.kind === "exact" ? value.text.length : 0;
  const at = frame.locate(verbatim, verbatim + length);
  if (at.end - at.start === length) placed.verbatim = at.start;
  return placed;
}

type Settled = Pick<ReturnType<typeof expand>, "assigned" | "unsupported">;

/** What expansion itself did: `${x:=word}` sets, `${x@P}` and `$((a[…]))` run, a limit blurs. */
export function settle(machine: Machine, frame: Frame, result: Settled): void {
  for (const { name, value } of result.assigned) setVariable(frame, name, value);
  for (const { text, span, limit, code, template } of result.unsupported) {
    if (code && exactText(code) !== undefined) {
      runSubstitutions(machine, frame, exactText(code) ?? "", frame.locate(span.start, span.end));
      continue;
    }
    const at = frame.locate(span.start, span.end);
    if (limit) machine.doubt({ kind: "limit", text, span: at, role: "code", about: [] });
    else if (template) machine.doubt({ kind: "hidden-argument", text, span: at, by: "operator", role: "argument", about: [] });
    else machine.doubt({ kind: "hidden-argument", text, span: at, by: "unsupported", role: "code", about: [] });
  }
}

/** Text that the shell expands once more: only its substitutions do something. */
export function runSubstitutions(machine: Machine, frame: Frame, text: string, span: Span): void {
  if (!hasSubstitution(text)) return;
  const { graph } = machine;
  graph.edge(graph.node({ kind: "data" }), graph.node({ kind: "code", language: "shell" }), span, { step: "extract" });
  walkSubstitutions(machine, frame, text, span);
}

const hasSubstitution = (text: string): boolean => text.includes("$(") || text.includes("`") || text.includes("${ ");

/** Each substitution in it runs as it would in `: "…"`. */
export function walkSubstitutions(machine: Machine, frame: Frame, text: string, span: Span): void {
  if (!hasSubstitution(text)) return;
  const inner: Frame = { ...frame, locate: () => span, depth: frame.depth + 1 };
  const script = parseText(machine, inner, `: "${text.replaceAll('"', "")}"`, span);
  if (script) walkScript(machine, inner, script);
}

/** declare -n: the name that is set when this one is. */
export function nameMeant(frame: Frame, name: string): string {
  let at = name;
  for (let hops = 0; hops < 8; hops++) {
    const next = exactText(frame.variables.get(at)?.reference);
    if (next === undefined || next.includes("[")) break;
    at = next;
  }
  return at;
}

export function setVariable(frame: Frame, written: string, value: Value): void {
  const name = nameMeant(frame, written);
  const known = frame.variables.get(name);
  frame.variables.set(name, known ? withoutMaybe({ ...known, value }) : { value });
  frame.unset.delete(name);
}

function withoutMaybe<T extends { maybe?: boolean }>(variable: T): Omit<T, "maybe"> {
  const { maybe: _, ...rest } = variable;
  return rest;
}
