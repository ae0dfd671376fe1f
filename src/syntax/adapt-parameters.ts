import { adaptArithmeticRange } from "./adapt-arithmetic.ts";
import type { Mode } from "./adapt-literals.ts";
import { adaptWord } from "./adapt-words.ts";
import type { Operation, Parameter } from "./ast.ts";
import { checkParameter } from "./check/parameters.ts";
import { checkOperandQuotes } from "./check/quotes.ts";
import { afford, type Reading, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

const DEFAULT_KINDS = { "-": "default", "=": "assign", "?": "error", "+": "alternate" } as const;
const REPLACE = { "/": "first", "//": "all", "/#": "prefix", "/%": "suffix" } as const;
const CASES = { "^": "upper", "^^": "upper", ",": "lower", ",,": "lower" } as const;

/** `$x` and `${…}`. */
export function adaptParameter(
  reading: Reading,
  node: tree.SimpleExpansionPart | tree.ParameterExpansionPart,
  mode: Mode,
): Parameter {
  const span = spanOf(reading, node.pos, node.end);
  if (node.type === "SimpleExpansion") {
    const name = reading.source.slice(node.pos + 1, node.end);
    return { kind: "parameter", name, indirect: false, length: false, span };
  }
  checkParameter(reading, node);
  const index = node.index && adaptWord(reading, node.index, "arithmetic");
  const operation = node.operation ? adaptOperation(reading, node.operation, mode) : implied(node);
  return {
    kind: "parameter",
    span,
    name: node.parameter,
    ...(index && { index }),
    indirect: node.prefix === "!" && operation?.kind !== "names" && operation?.kind !== "keys",
    length: node.prefix === "#",
    ...(operation && { operation }),
  };
}

/** `${!x[@]}` lists the subscripts. */
function implied(node: tree.ParameterExpansionPart): Operation | undefined {
  const all = node.index?.text === "@" || node.index?.text === "*";
  return node.prefix === "!" && all ? { kind: "keys" } : undefined;
}

function adaptOperation(reading: Reading, node: tree.ParameterOperation, mode: Mode): Operation {
  // A pattern takes quotes even inside double quotes; the word of a default does not.
  switch (node.type) {
    case "Default": {
      const word = adaptWord(reading, node.operand, operandMode(mode));
      if (mode !== "bare") checkOperandQuotes(reading, node.operand, word);
      const operator = node.operator.slice(-1) as keyof typeof DEFAULT_KINDS;
      return { kind: DEFAULT_KINDS[operator], colon: node.operator.length === 2, word };
    }
    case "Remove": {
      const end = node.operator.startsWith("#") ? "prefix" : "suffix";
      return { kind: "remove", end, longest: node.operator.length === 2, pattern: adaptWord(reading, node.operand) };
    }
    case "Replace": {
      const pattern = adaptWord(reading, node.pattern);
      const replacement = adaptWord(reading, node.replacement, mode === "arithmetic" ? mode : "bare");
      return { kind: "replace", where: REPLACE[node.operator], pattern, replacement };
    }
    case "Slice":
      return adaptSlice(reading, node);
    case "CaseModification": {
      const pattern = node.operand && adaptWord(reading, node.operand);
      return { kind: "case", to: CASES[node.operator], all: node.operator.length === 2, ...(pattern && { pattern }) };
    }
    case "Transform":
      return { kind: "transform", operator: node.operand.text };
    case "Names":
      return { kind: "names" };
    case "Unknown":
      return adaptUnknown(reading, node);
  }
}

/** The word of a default stands in double quotes if the parameter does. */
function operandMode(mode: Mode): Mode {
  return mode === "double" || mode === "document" ? "operand" : mode;
}

function adaptSlice(reading: Reading, node: tree.ParameterSliceOperation): Operation {
  const offset = sliceOperand(reading, node.offset);
  if (node.length === undefined) return { kind: "slice", offset };
  return { kind: "slice", offset, length: sliceOperand(reading, node.length) };
}

/** An empty operand counts as 0. */
function sliceOperand(reading: Reading, node: tree.Word) {
  const expression = adaptArithmeticRange(reading, node.pos, node.end, afford(reading, node.pos, node.end) ? node.parts : []);
  return expression ?? { kind: "number" as const, value: 0n, span: spanOf(reading, node.pos, node.end) };
}

/** `${x~}` and `${x~~}` toggle case; anything else, `${x.y}`, is a "bad substitution" that ends the command. */
function adaptUnknown(reading: Reading, node: tree.ParameterUnknownOperation): Operation {
  const text = reading.source.slice(node.pos, node.end);
  if (text === "~" || text === "~~") return { kind: "case", to: "toggle", all: text === "~~" };
  return { kind: "unsupported", text };
}
