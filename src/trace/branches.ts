import type { Truth } from "../model/truth.ts";
import { and, not, or } from "../model/truth.ts";
import { exactText, type Value } from "../model/value.ts";
import type { Case, If, Test, Word } from "../syntax/ast.ts";
import { matchesPattern } from "../words/match.ts";
import { substitutionsOf } from "../words/substitutions.ts";
import { arithmeticText } from "./arithmetic.ts";
import { adopt, joinFrames } from "./join.ts";
import type { Machine } from "./machine.ts";
import { type Frame, fork } from "./state.ts";
import { expandWord, fillHoles, scopeOf, settle } from "./substitution.ts";
import { walkScript } from "./walk.ts";

/** A copy that is one way this shell itself may go on. */
export function branch(machine: Machine, frame: Frame): Frame {
  return { ...fork(machine, frame), depth: frame.depth, atExit: frame.atExit };
}

/** Every clause that may be taken is walked; the states after them are joined. */
export function walkIf(machine: Machine, frame: Frame, command: If): void {
  const ends: Frame[] = [];
  let open = true;
  for (const clause of command.clauses) {
    walkScript(machine, frame, clause.test);
    if (frame.ended !== "no") return;
    if (frame.status === "no") continue;
    const taken = branch(machine, frame);
    walkScript(machine, taken, clause.body);
    ends.push(taken);
    if (frame.status === "yes") {
      open = false;
      break;
    }
  }
  if (open && command.otherwise) {
    const taken = branch(machine, frame);
    walkScript(machine, taken, command.otherwise);
    ends.push(taken);
  } else if (open) ends.push(frame);
  merge(frame, ends);
}

/** The state after one of several ways. */
export function merge(frame: Frame, ends: readonly Frame[]): void {
  const [first, ...others] = ends;
  if (!first) return;
  for (const other of others) joinFrames(first, other);
  if (first !== frame) adopt(frame, first);
}

/** A clause that certainly matches is the last one looked at, one that certainly does not is passed over. */
export function walkCase(machine: Machine, frame: Frame, command: Case): void {
  const value = expandWord(machine, frame, command.word, "case");
  const plain = command.clauses.every((clause) => clause.then === "stop");
  const foregone = isWrittenOut(command.word);
  const ends: Frame[] = [];
  for (const clause of command.clauses) {
    const truth = clause.patterns.reduce<Truth>((best, pattern) => or(best, patternTruth(machine, frame, pattern, value)), "no");
    if (plain && truth === "no") continue;
    const taken = branch(machine, frame);
    if (foregone) taken.within = "foregone";
    walkScript(machine, taken, clause.body);
    taken.within = frame.within;
    ends.push(taken);
    if (plain && truth === "yes") {
      merge(frame, ends);
      return;
    }
  }
  merge(frame, [branch(machine, frame), ...ends]);
  frame.status = "maybe";
}

/** `case a in`: what is asked is said beside it. */
const isWrittenOut = ({ parts }: Word): boolean => parts.every(({ kind }) => kind === "literal" || kind === "quoted");

function patternTruth(machine: Machine, frame: Frame, pattern: Word, value: Value): Truth {
  const filled = fillHoles(machine, frame, substitutionsOf(pattern));
  const matched = matchesPattern(pattern, value, scopeOf(machine, frame, filled));
  settle(machine, frame, matched);
  return matched.truth;
}

export function walkTest(machine: Machine, frame: Frame, test: Test): void {
  frame.status = truthOf(machine, frame, test);
}

function truthOf(machine: Machine, frame: Frame, test: Test): Truth {
  switch (test.kind) {
    case "and":
      return and(truthOf(machine, frame, test.left), truthOf(machine, frame, test.right));
    case "or":
      return or(truthOf(machine, frame, test.left), truthOf(machine, frame, test.right));
    case "not":
      return not(truthOf(machine, frame, test.operand));
    case "word":
      return emptiness(exactText(expandWord(machine, frame, test.word, "test")));
    case "unary":
      return unaryTruth(machine, frame, test.operator, test.operand);
    case "binary":
      return binaryTruth(machine, frame, test);
  }
}

const emptiness = (text: string | undefined): Truth => (text === undefined ? "maybe" : text === "" ? "no" : "yes");

function unaryTruth(machine: Machine, frame: Frame, operator: string, operand: Parameters<typeof expandWord>[2]): Truth {
  const value = expandWord(machine, frame, operand, "test");
  if (operator === "-n") return emptiness(exactText(value));
  if (operator === "-z") return not(emptiness(exactText(value)));
  if (operator === "-v") arithmeticText(machine, frame, value, frame.locate(operand.span.start, operand.span.end), "subscript");
  return "maybe";
}

const NUMERIC: ReadonlySet<string> = new Set(["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]);

/** Numbers are arithmetic, where a subscript can run a command; texts are compared with a pattern. */
function binaryTruth(machine: Machine, frame: Frame, test: Extract<Test, { kind: "binary" }>): Truth {
  const left = expandWord(machine, frame, test.left, "test");
  if (test.operator === "=" || test.operator === "==") return patternTruth(machine, frame, test.right, left);
  if (test.operator === "!=") return not(patternTruth(machine, frame, test.right, left));
  const right = expandWord(machine, frame, test.right, "test");
  if (NUMERIC.has(test.operator)) {
    arithmeticText(machine, frame, left, frame.locate(test.left.span.start, test.left.span.end), "expression");
    arithmeticText(machine, frame, right, frame.locate(test.right.span.start, test.right.span.end), "expression");
  }
  return "maybe";
}
