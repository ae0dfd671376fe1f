import type { OperandSpec, OptionArgument, OptionSpec, ParsingMode } from "../knowledge/command.ts";
import { ARGUMENT } from "./condition.ts";

/** The name a program was called by, its subcommand's words as typed, and the known lines of its stdin: arguments of every program. */
export const ALWAYS_THERE: readonly string[] = ["PROGRAM", "SUBCOMMAND", "INPUTLINE"];

/** What was read, or what is wrong with it. */
export type Reading<T> = { readonly value: T } | { readonly wrong: string };

/** `-f, --file ARCHIVE`, `--color[=WHEN]`, `--arg NAME VALUE`, `-exec COMMAND...`, `if=FILE`. */
export function readOption(key: string, mode: ParsingMode): Reading<OptionSpec> {
  const names: string[] = [];
  let args: readonly OptionArgument[] = [];
  for (const part of key === "," ? [key] : key.split(", ")) {
    const reading = readSpelling(part.trim(), mode);
    if ("wrong" in reading) return reading;
    names.push(reading.value.name);
    if (reading.value.args.length === 0) continue;
    if (args.length > 0 && args.map((arg) => arg.name).join() !== reading.value.args.map((arg) => arg.name).join())
      return { wrong: `"${key}": every spelling must name the same argument` };
    args = reading.value.args;
  }
  return { value: { names, args } };
}

function readSpelling(part: string, mode: ParsingMode): Reading<{ name: string; args: readonly OptionArgument[] }> {
  const [first = "", ...rest] = part.split(/\s+/);
  const { name, glued } = cut(first);
  if (!isOptionName(name, mode))
    return { wrong: `"${name}" is no option: options start with "-" or "+", or are "word=" (mode: assignments)` };
  const args: OptionArgument[] = [];
  for (const word of glued === undefined ? rest : [glued, ...rest]) {
    const arg = readArgument(word, word === glued);
    if (!arg)
      return {
        wrong: `"${word}" of option "${part}": an argument is NAME, NAME... or, glued to the option, [=NAME]; names are capitals`,
      };
    if (ALWAYS_THERE.includes(arg.name)) return { wrong: reserved(arg.name) };
    args.push(arg);
  }
  return { value: { name, args } };
}

/** Parts what is written against the option: `--color[=WHEN]`, `--file=ARCHIVE`, `-i[SUFFIX]`, `if=FILE`. */
function cut(word: string): { readonly name: string; readonly glued?: string } {
  const bracket = word.indexOf("[");
  if (bracket > 0) return { name: word.slice(0, bracket), glued: word.slice(bracket).replace("[=", "[") };
  const sign = word.indexOf("=");
  if (sign <= 0) return { name: word };
  const name = word.startsWith("-") ? word.slice(0, sign) : word.slice(0, sign + 1);
  return sign + 1 === word.length ? { name } : { name, glued: word.slice(sign + 1) };
}

function isOptionName(name: string, mode: ParsingMode): boolean {
  if (/^([-+]\S*|:{3,4}\+?)$/.test(name) || /^[A-Za-z][\w-]*=$/.test(name)) return true;
  // find's `!` and `(`; keywords of ip, tc and iptables stand between operands like options do.
  return mode === "expression" && /^([a-z][\w-]*|[!(),])$/.test(name);
}

function readArgument(word: string, glued: boolean): OptionArgument | undefined {
  if (glued && word.startsWith("[") && word.endsWith("]"))
    return ARGUMENT.test(word.slice(1, -1)) ? { name: word.slice(1, -1), optional: true } : undefined;
  const many = word.endsWith("...");
  const name = many ? word.slice(0, -3) : word;
  if (!ARGUMENT.test(name)) return undefined;
  return many ? { name, many: true } : { name };
}

/** `SOURCE... DEST`, `PATTERN [FILE...]`; after operands of shape `key=value` a second one can be repeated. */
export function readOperands(pattern: string, types: Readonly<Record<string, string>> = {}): Reading<readonly OperandSpec[]> {
  const operands: OperandSpec[] = [];
  for (const word of pattern.split(/\s+/).filter((part) => part !== "")) {
    const optional = word.startsWith("[") && (word.endsWith("]") || word.endsWith("]..."));
    const inner = optional ? word.replace("[", "").replace("]", "") : word;
    const many = inner.endsWith("...");
    const name = many ? inner.slice(0, -3) : inner;
    if (!ARGUMENT.test(name))
      return { wrong: `"${word}" of operands "${pattern}": expected NAME, NAME..., [NAME] or [NAME...]; names are capitals` };
    if (ALWAYS_THERE.includes(name)) return { wrong: reserved(name) };
    operands.push({ name, ...(optional ? { optional: true } : {}), ...(many ? { many: true } : {}) });
  }
  if (operands.filter((operand, i) => operand.many && (i > 0 || types[operand.name] !== "key=value")).length > 1)
    return { wrong: `operands "${pattern}": only one can be repeated` };
  return { value: operands };
}

const reserved = (name: string): string =>
  `${name} is the ${name.toLowerCase()} as it was called; give the argument another name`;
