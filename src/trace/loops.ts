import { LIMITS } from "../model/limits.ts";
import { type Argument, exact, oneOf, textsOf, unknown, type Value } from "../model/value.ts";
import type { ArithmeticFor, For, Script, While } from "../syntax/ast.ts";
import type { Variable } from "../words/scope.ts";
import { arithmeticStatus } from "./arithmetic.ts";
import { branch } from "./branches.ts";
import { adopt, joinFrames, widen } from "./join.ts";
import type { Machine } from "./machine.ts";
import { effectIn } from "./redirect.ts";
import type { Frame } from "./state.ts";
import { expandWords, setVariable } from "./substitution.ts";
import { walkScript } from "./walk.ts";

/** Every item runs, in order. Items whose number is not known run as one that may be any of them. */
export function walkFor(machine: Machine, frame: Frame, loop: For): void {
  const items = loop.words ? expandWords(machine, frame, loop.words) : frame.positionals;
  const values = items.flatMap(valuesOf);
  const unrolled = values.slice(0, LIMITS.iterations);
  const left = values.slice(LIMITS.iterations);
  if (left.length > 0) unrolled.push(joined(left));
  for (const value of unrolled) {
    if (frame.ended !== "no" || machine.exhausted) return;
    setVariable(frame, loop.variable, value);
    walkScript(machine, frame, loop.body);
  }
  if (loop.select || items.some((item) => item.count === "any")) again(machine, frame, loop.body);
}

function valuesOf(item: Argument): readonly Value[] {
  const { value } = item;
  if (value.kind !== "oneOf") return [value];
  return value.texts.map((text) => ({ kind: "exact", text, ...(value.from ? { from: value.from } : {}) }));
}

function joined(values: readonly Value[]): Value {
  const texts = values.map((value) => textsOf(value)?.[0]);
  const from = [...new Set(values.flatMap((value) => value.from ?? []))];
  return texts.every((text) => text !== undefined) ? oneOf(texts, from) : unknown("author", undefined, from);
}

/** Any number of further rounds: what the body changes may be anything. */
function again(machine: Machine, frame: Frame, body: Script): void {
  if (frame.ended !== "no" || machine.exhausted) return;
  const before = new Map(frame.variables);
  const round = branch(machine, frame);
  walkScript(machine, round, body);
  widen(round, before);
  walkScript(machine, round, body);
  joinFrames(frame, round);
}

/** More rounds than are followed, and not because nobody knows how many. */
function goesOn(machine: Machine, frame: Frame): void {
  machine.effect({
    ...effectIn(frame, frame.place),
    kind: "execute",
    on: { kind: "function", value: exact("loop") },
    attributes: { how: exact("long-loop") },
    programs: [...frame.through, "shell"],
    span: frame.locate(0, 0),
  });
}

type Step = { readonly body: Script; readonly test: (frame: Frame) => void; readonly after?: (frame: Frame) => void };

/** While the test is decided, rounds are real (`while read` over known lines, counting); then it may go on or not. */
function iterate(machine: Machine, frame: Frame, step: Step): void {
  for (let i = 0; i < LIMITS.iterations; i++) {
    const before = new Map(frame.variables);
    step.test(frame);
    if (frame.ended !== "no" || machine.exhausted) return;
    if (frame.status === "no") {
      frame.status = "yes";
      return;
    }
    if (frame.status === "maybe") {
      undecided(machine, frame, step, before);
      return;
    }
    const read = linesRead(frame);
    walkScript(machine, frame, step.body);
    if (frame.ended !== "no") return;
    step.after?.(frame);
    if (read === linesRead(frame) && sameVariables(before, frame.variables)) return;
  }
  goesOn(machine, frame);
  undecided(machine, frame, step, new Map());
}

/** Endless loops come here: another round would do the same. */
function sameVariables(before: ReadonlyMap<string, Variable>, now: ReadonlyMap<string, Variable>): boolean {
  if (before.size !== now.size) return false;
  for (const [name, variable] of now) if (before.get(name) !== variable) return false;
  return true;
}

const linesRead = (frame: Frame): number =>
  [...frame.descriptors.values()].reduce((sum, { source }) => sum + (source?.at.line ?? 0), 0);

function undecided(machine: Machine, frame: Frame, step: Step, before: ReadonlyMap<string, Variable>): void {
  const round = branch(machine, frame);
  walkScript(machine, round, step.body);
  step.after?.(round);
  if (round.ended === "no" && !machine.exhausted) {
    widen(round, before);
    step.test(round);
    walkScript(machine, round, step.body);
  }
  if (round.ended !== "no") return;
  joinFrames(round, frame);
  adopt(frame, round);
  frame.status = "maybe";
}

export function walkWhile(machine: Machine, frame: Frame, loop: While): void {
  iterate(machine, frame, {
    body: loop.body,
    test: (at) => {
      walkScript(machine, at, loop.test);
      if (loop.until) at.status = at.status === "yes" ? "no" : at.status === "no" ? "yes" : "maybe";
    },
  });
}

export function walkArithmeticFor(machine: Machine, frame: Frame, loop: ArithmeticFor): void {
  if (loop.init) arithmeticStatus(machine, frame, loop.init);
  iterate(machine, frame, {
    body: loop.body,
    test: (at) => {
      at.status = loop.test ? arithmeticStatus(machine, at, loop.test) : "yes";
    },
    after: (at) => {
      if (loop.update) arithmeticStatus(machine, at, loop.update);
    },
  });
}
