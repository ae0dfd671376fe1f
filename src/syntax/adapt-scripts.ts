import { adaptCompound } from "./adapt-compounds.ts";
import { adaptSimple, emptySimple } from "./adapt-simple.ts";
import type { Command, Pipeline, Script, Statement } from "./ast.ts";
import { checkCoverage } from "./check/coverage.ts";
import type { Reading } from "./reading.ts";
import { enter, leave, report, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

type ListNode = tree.Script | tree.CompoundList;

/** A whole text: the input or the inside of a substitution, with its own errors. */
export function adaptScript(reading: Reading, node: tree.ParsedScript): Script {
  const script = adaptList(reading, node);
  for (const error of node.errors ?? []) report(reading, error.message.toLowerCase(), error.pos, error.pos);
  if (node.errors === undefined) checkCoverage(reading, node);
  return script;
}

export function adaptList(reading: Reading, node: ListNode): Script {
  const span = spanOf(reading, node.pos, node.end);
  if (!enter(reading, node.pos, node.end)) return { statements: [], span };
  const statements = node.commands.map((statement) => adaptStatement(reading, statement));
  leave(reading);
  return { statements, span };
}

function adaptStatement(reading: Reading, node: tree.Statement): Statement {
  return {
    command: adaptCommand(reading, node.command),
    background: node.background === true,
    span: spanOf(reading, node.pos, node.end),
  };
}

export function adaptCommand(reading: Reading, node: tree.PipelineNode | tree.AndOr): Command {
  switch (node.type) {
    case "Command":
      return adaptSimple(reading, node);
    case "AndOr": {
      const commands = node.commands.map((command) => adaptCommand(reading, command));
      return { kind: "and-or", commands, operators: node.operators, span: spanOf(reading, node.pos, node.end) };
    }
    case "Pipeline":
      return adaptPipeline(reading, node);
    default:
      return adaptCompound(reading, node);
  }
}

/** `time` has no effect of its own, so it leaves no trace in the tree. */
function adaptPipeline(reading: Reading, node: tree.Pipeline): Command {
  const commands = node.commands.map((command) => adaptCommand(reading, command));
  const [only, second] = commands;
  if (only === undefined) return emptySimple(reading, node.pos, node.end);
  const negations = node.prefixes.filter((prefix) => prefix.type === "Negation").length;
  const negated = negations % 2 === 1;
  if (second === undefined && !negated) return only;
  const stderr = node.operators.map((operator) => operator === "|&");
  const pipeline: Pipeline = { kind: "pipeline", commands, stderr, negated, span: spanOf(reading, node.pos, node.end) };
  return pipeline;
}
