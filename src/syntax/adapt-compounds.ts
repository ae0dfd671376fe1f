import { adaptArithmeticRange } from "./adapt-arithmetic.ts";
import { adaptRedirects } from "./adapt-redirects.ts";
import { adaptCommand, adaptList } from "./adapt-scripts.ts";
import { adaptTest } from "./adapt-tests.ts";
import { adaptWord } from "./adapt-words.ts";
import type { Case, Command, Group, Redirect, Script } from "./ast.ts";
import { checkDialect } from "./check/dialect.ts";
import { checkNoCommands } from "./check/parentheses.ts";
import type { Reading } from "./reading.ts";
import { afford, report, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

type CompoundNode = tree.CompoundCommand | tree.Redirected | tree.Function | tree.Coproc;

const THEN = { ";;": "stop", ";&": "fall", ";;&": "test" } as const;

export function adaptCompound(reading: Reading, node: CompoundNode, redirects: readonly Redirect[] = []): Command {
  const span = spanOf(reading, node.pos, node.end);
  if (node.type !== "Redirected" && node.type !== "Coproc") checkDialect(reading, node);
  switch (node.type) {
    case "Redirected":
      return withSpan(adaptCompound(reading, node.command, adaptRedirects(reading, node.redirects)), span);
    case "Subshell":
    case "BraceGroup":
      checkNoCommands(reading, node.pos, node.end);
      return { kind: "group", subshell: node.type === "Subshell", body: adaptList(reading, node.body), redirects, span };
    case "If":
      return adaptIf(reading, node, redirects);
    case "While": {
      const test = adaptList(reading, node.clause);
      return { kind: "while", until: node.kind === "until", test, body: adaptList(reading, node.body), redirects, span };
    }
    case "For":
    case "Select":
      return adaptFor(reading, node, redirects);
    case "ArithmeticFor":
      return adaptArithmeticFor(reading, node, redirects);
    case "Case":
      return adaptCase(reading, node, redirects);
    case "TestCommand":
      return { kind: "test", expression: adaptTest(reading, node.expression), redirects, span };
    case "ArithmeticCommand": {
      const expression = adaptArithmeticRange(
        reading,
        node.pos + 2,
        node.end - 2,
        afford(reading, node.pos, node.end) ? node.expression : undefined,
      );
      return expression === undefined
        ? { kind: "arithmetic", redirects, span }
        : { kind: "arithmetic", expression, redirects, span };
    }
    case "Function":
      return { kind: "function", name: plainText(reading, node.name), body: adaptBody(reading, node.body), redirects, span };
    case "Coproc": {
      const body = adaptBody(reading, node.body);
      return node.name === undefined
        ? { kind: "coproc", body, redirects, span }
        : { kind: "coproc", name: plainText(reading, node.name), body, redirects, span };
    }
  }
}

function withSpan(command: Command, span: Command["span"]): Command {
  return { ...command, span };
}

/** A list as body only occurs where the parser recovered from an error. */
function adaptBody(reading: Reading, node: tree.Function["body"] | tree.Coproc["body"]): Command {
  if (node.type !== "CompoundList") return adaptCommand(reading, node);
  const body = adaptList(reading, node);
  const group: Group = { kind: "group", subshell: false, body, redirects: [], span: body.span };
  return group;
}

/** Names of functions, coprocesses and loop variables are taken as written. */
function plainText(reading: Reading, node: tree.Word): string {
  const text = reading.source.slice(node.pos, node.end).replaceAll("\\\n", "");
  if (/["'`$\\<>()]/.test(text)) report(reading, `${text} is an unusual name`, node.pos, node.end);
  return text;
}

function adaptIf(reading: Reading, node: tree.If, redirects: readonly Redirect[]): Command {
  const clauses = [node, ...node.elif].map((part) => ({
    test: adaptList(reading, part.clause),
    body: adaptList(reading, part.then),
  }));
  const span = spanOf(reading, node.pos, node.end);
  if (node.else === undefined) return { kind: "if", clauses, redirects, span };
  return { kind: "if", clauses, otherwise: adaptList(reading, node.else), redirects, span };
}

function adaptFor(reading: Reading, node: tree.For | tree.Select, redirects: readonly Redirect[]): Command {
  const head = { kind: "for", select: node.type === "Select", variable: plainText(reading, node.name) } as const;
  const words = node.wordlist?.map((word) => adaptWord(reading, word));
  const rest = { body: adaptList(reading, node.body), redirects, span: spanOf(reading, node.pos, node.end) };
  return words === undefined ? { ...head, ...rest } : { ...head, words, ...rest };
}

function adaptArithmeticFor(reading: Reading, node: tree.ArithmeticFor, redirects: readonly Redirect[]): Command {
  const part = (expression: tree.ArithmeticExpression | undefined) =>
    expression && adaptArithmeticRange(reading, expression.pos, expression.end, expression);
  const init = part(node.initialize);
  const test = part(node.test);
  const update = part(node.update);
  const body: Script = adaptList(reading, node.body);
  return {
    kind: "arithmetic-for",
    ...(init && { init }),
    ...(test && { test }),
    ...(update && { update }),
    body,
    redirects,
    span: spanOf(reading, node.pos, node.end),
  };
}

function adaptCase(reading: Reading, node: tree.Case, redirects: readonly Redirect[]): Case {
  const word = adaptWord(reading, node.word);
  const clauses = node.items.map((item) => ({
    patterns: item.pattern.map((pattern) => adaptWord(reading, pattern)),
    body: adaptList(reading, item.body),
    // biome-ignore lint/suspicious/noThenProperty: never awaited, and the word bash(1) has for it
    then: item.terminator === undefined ? "stop" : THEN[item.terminator],
  }));
  return { kind: "case", word, clauses, redirects, span: spanOf(reading, node.pos, node.end) };
}
