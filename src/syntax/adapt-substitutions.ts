import type { Mode } from "./adapt-literals.ts";
import { adaptScript } from "./adapt-scripts.ts";
import type { CommandSubstitution, Part, Script } from "./ast.ts";
import { decodeBackticks } from "./backticks.ts";
import { checkNoCommands } from "./check/parentheses.ts";
import { afford, decodedReading, type Reading, report, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

type SubstitutionNode = tree.CommandExpansionPart | tree.ProcessSubstitutionPart | tree.ArithmeticCommandExpansion;

/** `$(…)`, backticks, `${ …;}`, `<(…)`, `>(…)`. */
export function adaptSubstitution(reading: Reading, node: SubstitutionNode, mode: Mode): Part {
  const span = spanOf(reading, node.pos, node.end);
  const script = readScript(reading, node, mode);
  if (node.type === "ProcessSubstitution") return { kind: "process", direction: node.operator, script, span };
  const form = formOf(reading, node.pos);
  return form === undefined ? { kind: "command", script, span } : { kind: "command", script, form, span };
}

function formOf(reading: Reading, at: number): CommandSubstitution["form"] {
  const char = reading.source[at];
  if (char === "`") return reading.backticks >= 2 ? "nested" : "back-ticks";
  return char === "$" && reading.source[at + 1] === "{" ? "function" : undefined;
}

function readScript(reading: Reading, node: SubstitutionNode, mode: Mode): Script {
  const script = afford(reading, node.pos, node.end) ? node.script : undefined;
  if (script === undefined) {
    report(reading, "the inside of a substitution cannot be read", node.pos, node.end);
    return { statements: [], span: spanOf(reading, node.pos, node.end) };
  }
  checkNoCommands(reading, node.pos + 1, node.end);
  if (script.source === undefined) return adaptScript(reading, script);
  const decoded = decodeBackticks(reading.source, node.pos + 1, node.end - 1, mode);
  if (decoded.text !== script.source) report(reading, "the inside of backticks cannot be read reliably", node.pos, node.end);
  return adaptScript(decodedReading(reading, script.source, decoded.positions), script);
}
