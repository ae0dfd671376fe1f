import type {
  AttributeSpec,
  CommandSpec,
  Condition,
  EndSpec,
  OptionSpec,
  Statement,
  Subject,
  Term,
} from "../knowledge/command.ts";
import { effectVerb } from "../model/effect.ts";

/** The facts of one program in the words of its command file; subcommands below one another. */
export function printFacts(spec: CommandSpec, indent = ""): string {
  const lines = [
    `${indent}${spec.id}  ${spec.mode}`,
    ...spec.operands.flatMap(({ when, pattern }) => {
      const words = pattern.map(printOperand).join(" ");
      return words === "" ? [] : [`${indent}  operands  ${words}${when ? `  when ${printCondition(when)}` : ""}`];
    }),
    ...wrap(`${indent}  options   `, spec.options.filter((option) => !option.inert).map(printOption)),
    ...wrap(`${indent}  inert     `, spec.options.filter((option) => option.inert).map(printOption)),
    ...spec.does.map((statement) => `${indent}  ${printStatement(statement)}`),
    ...spec.env.map(({ name, statement }) => `${indent}  $${name}  ${printStatement(statement)}`),
  ];
  const inner = [...new Set(Object.values(spec.subcommands ?? {}))].map((subcommand) => printFacts(subcommand, `${indent}  `));
  return `${lines.join("\n")}\n${inner.join("")}`;
}

const WIDEST = 110;

function wrap(head: string, items: readonly string[]): string[] {
  const lines: string[] = [];
  let line = head;
  for (const [i, item] of items.entries()) {
    const next = i < items.length - 1 ? `${item}; ` : item;
    if (line.length + next.length > WIDEST && line.trim() !== "" && line !== head) {
      lines.push(line.trimEnd());
      line = " ".repeat(head.length);
    }
    line += next;
  }
  return items.length === 0 ? [] : [...lines, line];
}

function printOperand({ name, optional, many }: { name: string; optional?: true; many?: true }): string {
  const word = many ? `${name}...` : name;
  return optional ? `[${word}]` : word;
}

const printOption = ({ names, args }: OptionSpec): string =>
  names.join(", ") +
  args
    .map((arg) => (arg.optional ? `[=${arg.name}]` : ` ${printOperand({ name: arg.name, ...(arg.many ? { many: true } : {}) })}`))
    .join("");

export function printStatement(statement: Statement): string {
  const modifiers = [
    statement.key ? `key ${statement.key.join("|")}` : "",
    statement.when ? `when ${printCondition(statement.when)}` : "",
    statement.unless ? `unless ${printCondition(statement.unless)}` : "",
  ].filter((part) => part !== "");
  return [verbPhrase(statement), ...modifiers].join("  ");
}

function verbPhrase(statement: Statement): string {
  switch (statement.verb) {
    case "effect":
      return `${effectVerb(statement.kind)} ${printSubject(statement.subject)}${printAttributes(statement.attributes)}`;
    case "flow":
      return `flows ${printEnd(statement.from)} -> ${printEnd(statement.to)}${statement.step ? ` (${statement.step})` : ""}${printAttributes(statement.attributes)}`;
    case "run":
      return `runs ${"port" in statement.subject ? statement.subject.port : nameOrText(statement.subject)} as ${statement.language ?? statement.as}`;
    case "becomes":
      return `becomes ${nameOrText(statement.user)}`;
    case "emits":
      return `emits ${statement.what === "paths" ? "paths under " : ""}${statement.argument}`;
    case "uses":
      return `uses ${statement.arguments.join(", ")}`;
    case "doubt":
      return `doubts ${statement.text}`;
  }
}

const nameOrText = (subject: { readonly argument: string } | { readonly text: string }): string =>
  "argument" in subject ? subject.argument : `"${subject.text}"`;

function printSubject(subject: Subject): string {
  if ("argument" in subject) return subject.argument;
  if ("paths" in subject) return `paths under ${subject.paths}${subject.named === undefined ? "" : ` named ${subject.named}`}`;
  return `${subject.kind}:${subject.text}`;
}

function printEnd(end: EndSpec): string {
  if ("port" in end) return end.port;
  return "code" in end ? `code:${end.code}` : printSubject(end);
}

function printAttributes(attributes: Readonly<Record<string, AttributeSpec>>): string {
  return Object.entries(attributes)
    .map(([name, spec]) => {
      if (spec === true) return ` ${name}`;
      return "when" in spec
        ? ` ${name} if ${printCondition(spec.when)}`
        : ` ${name}=${"argument" in spec ? spec.argument : spec.text}`;
    })
    .join("");
}

const printCondition = (condition: Condition): string =>
  condition.map((clause) => clause.map(printTerm).join(" and ")).join(" or ");

function printTerm(term: Term & { readonly not?: true }): string {
  const not = term.not ? "not " : "";
  if ("option" in term) return not + term.option;
  if ("is" in term) return `${not}${term.argument} is ${term.is}`;
  return not + ("equals" in term ? `${term.argument} = ${term.equals.join("|")}` : term.argument);
}
