import type {
  Arithmetic,
  Assignment,
  Command,
  Operation,
  Parameter,
  Parsed,
  Part,
  Redirect,
  Script,
  Test,
  Word,
} from "../../src/syntax/ast.ts";

/**
 * The tree on one line, as nested forms: `(a b)` is a simple command, `[…]` a script, `'x'` quoted text, `"…"` double quotes,
 * `$(…)` a command substitution. Problems follow as `!text`.
 */
export function print(parsed: Parsed): string {
  const problems = parsed.problems.map(
    (problem) => ` !${problem.kind === "limit" ? "limit: " : ""}${problem.text} @${problem.span.start}`,
  );
  return printScript(parsed.script) + problems.join("");
}

export function printScript(script: Script): string {
  return script.statements.map((statement) => printCommand(statement.command) + (statement.background ? " &" : "")).join("; ");
}

function braced(script: Script): string {
  return `{${printScript(script)}}`;
}

function printCommand(command: Command): string {
  switch (command.kind) {
    case "simple": {
      const all = [
        ...command.assignments.map(printAssignment),
        ...command.words.map(printArgument),
        ...redirects(command.redirects),
      ];
      return `(${all.join(" ")})`;
    }
    case "pipeline": {
      const pipes = command.commands.map(
        (part, i) => printCommand(part) + (i < command.commands.length - 1 ? (command.stderr[i] ? " |& " : " | ") : ""),
      );
      return (command.negated ? "! " : "") + pipes.join("");
    }
    case "and-or":
      return command.commands
        .map((part, i) => printCommand(part) + (command.operators[i] ? ` ${command.operators[i]} ` : ""))
        .join("");
    case "group":
      return join(command.subshell ? "subshell" : "group", braced(command.body), ...redirects(command.redirects));
    case "if": {
      const clauses = command.clauses.map((clause, i) => join(i === 0 ? "if" : "elif", braced(clause.test), braced(clause.body)));
      const otherwise = command.otherwise ? [join("else", braced(command.otherwise))] : [];
      return join(...clauses, ...otherwise, ...redirects(command.redirects));
    }
    case "while":
      return join(command.until ? "until" : "while", braced(command.test), braced(command.body), ...redirects(command.redirects));
    case "for": {
      const words = command.words ? ["in", ...command.words.map(printWord)] : [];
      const head = command.select ? "select" : "for";
      return join(head, command.variable, ...words, braced(command.body), ...redirects(command.redirects));
    }
    case "arithmetic-for": {
      const parts = [command.init, command.test, command.update].map((part) => (part ? printArithmetic(part) : ""));
      return join("for", `((${parts.join("; ")}))`, braced(command.body), ...redirects(command.redirects));
    }
    case "case": {
      const clauses = command.clauses.map(
        (clause) => `${clause.patterns.map(printWord).join("|")}) ${braced(clause.body)} ${clause.then}`,
      );
      return join("case", printWord(command.word), ...clauses, ...redirects(command.redirects));
    }
    case "function":
      return join("function", command.name, printCommand(command.body), ...redirects(command.redirects));
    case "test":
      return join(`[[ ${printTest(command.expression)} ]]`, ...redirects(command.redirects));
    case "arithmetic":
      return join(`((${command.expression ? printArithmetic(command.expression) : ""}))`, ...redirects(command.redirects));
    case "coproc":
      return join("coproc", ...(command.name ? [command.name] : []), printCommand(command.body), ...redirects(command.redirects));
  }
}

function join(...parts: readonly string[]): string {
  return parts.join(" ");
}

function redirects(all: readonly Redirect[]): string[] {
  return all.map((redirect) => {
    const from = redirect.variable === undefined ? (redirect.fd?.toString() ?? "") : `{${redirect.variable}}`;
    const body = redirect.body ? `=${printWord(redirect.body)}` : "";
    return `${from}${redirect.operator}${printWord(redirect.target)}${body}`;
  });
}

function printAssignment(assignment: Assignment): string {
  const index = assignment.index ? `[${printWord(assignment.index)}]` : "";
  const elements = assignment.elements?.map((element) => {
    const at = element.index ? `[${printWord(element.index)}]${element.append ? "+" : ""}=` : "";
    return at + printWord(element.value);
  });
  const value = elements ? `(${elements.join(" ")})` : printWord(assignment.value);
  return `${assignment.name}${index}${assignment.append ? "+" : ""}:=${value}`;
}

function printArgument(word: Word): string {
  return word.assignment ? `<${printAssignment(word.assignment)}>` : printWord(word);
}

export function printWord(word: Word): string {
  return printParts(word.parts);
}

function printParts(parts: readonly Part[]): string {
  return parts.map(printPart).join("");
}

function printPart(part: Part): string {
  switch (part.kind) {
    case "literal":
      return shown(part.text);
    case "quoted":
      return part.how === "escape" ? `\\${shown(part.text)}` : part.how === "double" ? shown(part.text) : `'${shown(part.text)}'`;
    case "double":
      return `"${printParts(part.parts)}"`;
    case "parameter":
      return printParameter(part);
    case "command":
      return `$[${printScript(part.script)}]`;
    case "process":
      return `${part.direction}[${printScript(part.script)}]`;
    case "arithmetic":
      return `$((${printArithmetic(part.expression)}))`;
    case "extglob":
      return `${part.operator}(${part.alternatives.map(printWord).join("|")})`;
  }
}

/** Control characters and what JavaScript cannot print, as escapes. */
function shown(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
}

function printParameter(part: Parameter): string {
  const index = part.index ? `[${printWord(part.index)}]` : "";
  const mark = (part.indirect ? "!" : "") + (part.length ? "#" : "");
  return `\${${mark}${part.name}${index}${part.operation ? ` ${printOperation(part.operation)}` : ""}}`;
}

function printOperation(operation: Operation): string {
  switch (operation.kind) {
    case "default":
    case "assign":
    case "error":
    case "alternate":
      return `${operation.colon ? ":" : ""}${operation.kind} ${printWord(operation.word)}`;
    case "remove":
      return `remove ${operation.longest ? "longest " : ""}${operation.end} ${printWord(operation.pattern)}`;
    case "replace":
      return `replace ${operation.where} ${printWord(operation.pattern)} by ${printWord(operation.replacement)}`;
    case "slice":
      return `slice ${printArithmetic(operation.offset)}${operation.length ? `, ${printArithmetic(operation.length)}` : ""}`;
    case "case":
      return `${operation.to}${operation.all ? " all" : ""}${operation.pattern ? ` ${printWord(operation.pattern)}` : ""}`;
    case "transform":
      return `@${operation.operator}`;
    case "names":
    case "keys":
      return operation.kind;
    case "unsupported":
      return `unsupported ${operation.text}`;
  }
}

function printTest(test: Test): string {
  switch (test.kind) {
    case "unary":
      return `${test.operator} ${printWord(test.operand)}`;
    case "binary":
      return `${printWord(test.left)} ${test.operator} ${printWord(test.right)}`;
    case "and":
    case "or":
      return `(${printTest(test.left)} ${test.kind} ${printTest(test.right)})`;
    case "not":
      return `not ${printTest(test.operand)}`;
    case "word":
      return printWord(test.word);
  }
}

function printArithmetic(tree: Arithmetic): string {
  switch (tree.kind) {
    case "number":
      return tree.value.toString();
    case "variable":
      return tree.name + (tree.index ? `[${printWord(tree.index)}]` : "");
    case "word":
      return `<${printWord(tree.word)}>`;
    case "unary":
    case "prefix":
      return `(${tree.operator} ${printArithmetic(tree.operand)})`;
    case "postfix":
      return `(${printArithmetic(tree.operand)} ${tree.operator})`;
    case "binary":
      return `(${printArithmetic(tree.left)} ${tree.operator} ${printArithmetic(tree.right)})`;
    case "assign":
      return `(${printArithmetic(tree.target)} ${tree.operator} ${printArithmetic(tree.value)})`;
    case "ternary":
      return `(${printArithmetic(tree.test)} ? ${printArithmetic(tree.yes)} : ${printArithmetic(tree.no)})`;
  }
}
