import { textOf } from "../../model/content.ts";
import { LIMITS } from "../../model/limits.ts";
import type { Resource } from "../../model/resource.ts";
import type { Span } from "../../model/span.ts";
import { type Argument, concat, exact, exactText, unknown, type Value } from "../../model/value.ts";
import { textOfProgram } from "../../text/program.ts";
import { shellQuoted } from "../../text/quote.ts";
import { arithmeticText } from "../arithmetic.ts";
import { announceVariable } from "../assign.ts";
import { runShell } from "../code.ts";
import type { Call } from "../invoke.ts";
import type { Machine } from "../machine.ts";
import { unknownContent } from "../output.ts";
import { effectIn } from "../redirect.ts";
import { parseText } from "../reread.ts";
import { emit, type Frame, type Source, stdout } from "../state.ts";
import { rest } from "../streams.ts";
import { setVariable } from "../substitution.ts";
import { walkScript } from "../walk.ts";
import { callback } from "./code.ts";

/** `set -- WORD…` replaces the positional parameters; options alone change nothing we follow. */
export function set(machine: Machine, frame: Frame, call: Call): boolean {
  if (call.args.length === 0) printEnvironment(machine, frame, call.span);
  if (exactText(call.args[0]?.value) === "+o" && exactText(call.args[1]?.value) === "history")
    historyOff(machine, frame, call.span);
  const dashes = call.args.findIndex(({ value }) => exactText(value) === "--");
  const first = exactText(call.args[0]?.value);
  if (dashes >= 0) frame.positionals = call.args.slice(dashes + 1);
  else if (call.args.length > 0 && !(first?.startsWith("-") || first?.startsWith("+"))) frame.positionals = call.args;
  frame.status = "yes";
  return true;
}

/** `shopt -uo history` is `set +o history`. */
export function shopt(machine: Machine, frame: Frame, call: Call): boolean {
  const words = call.args.map(({ value }) => exactText(value) ?? "");
  const letters = words.filter((word) => word.startsWith("-")).join("");
  if (letters.includes("u") && letters.includes("o") && words.includes("history")) historyOff(machine, frame, call.span);
  frame.status = "maybe";
  return true;
}

/** `set +o history`: what follows is not kept. */
function historyOff(machine: Machine, frame: Frame, span: Span): void {
  const on: Resource = { kind: "history", value: exact("shell") };
  machine.effect({
    ...effectIn(frame, frame.place),
    kind: "disable",
    on,
    attributes: {},
    programs: [...frame.through, "set"],
    span,
  });
}

/** `set`, `export -p`, `declare -p` print every variable. */
export function printEnvironment(machine: Machine, frame: Frame, span: Span): void {
  const sink = stdout(frame);
  if (sink) machine.graph.edge(machine.graph.node({ kind: "environment" }), sink.node, span);
  emit(frame, unknownContent(frame));
}

export function shift(_machine: Machine, frame: Frame, call: Call): boolean {
  const count = Number(exactText(call.args[0]?.value) ?? (call.args.length > 0 ? Number.NaN : "1"));
  frame.positionals =
    Number.isInteger(count) && !frame.positionals.some((word) => word.count === "any")
      ? frame.positionals.slice(count)
      : frame.positionals;
  return true;
}

export function unset(machine: Machine, frame: Frame, call: Call): boolean {
  for (const { value, span } of call.args) {
    const name = exactText(value);
    arithmeticText(machine, frame, value, span, "subscript");
    if (name === undefined || name.startsWith("-")) continue;
    if (HISTORY.has(name)) announceVariable(machine, frame, name, exact(""), span);
    frame.variables.delete(name);
    frame.unset.add(name);
    frame.functions.delete(name);
  }
  return true;
}

const HISTORY: ReadonlySet<string> = new Set(["HISTFILE", "HISTSIZE", "HISTFILESIZE"]);

interface Options {
  readonly flags: ReadonlyMap<string, Argument | undefined>;
  readonly operands: readonly Argument[];
}

/** Short options of a builtin; `valued` ones take the rest of their word or the next. */
function optionsOf(args: readonly Argument[], valued: string): Options {
  const flags = new Map<string, Argument | undefined>();
  let i = 0;
  for (; i < args.length; i++) {
    const word = args[i];
    const text = word && exactText(word.value);
    if (!word || text === undefined || !text.startsWith("-") || text.length < 2) break;
    if (text === "--") return { flags, operands: args.slice(i + 1) };
    for (let at = 1; at < text.length; at++) {
      const flag = text[at] ?? "";
      if (!valued.includes(flag)) {
        flags.set(flag, undefined);
        continue;
      }
      const glued = text.slice(at + 1);
      flags.set(flag, glued === "" ? args[++i] : { ...word, value: exact(glued) });
      break;
    }
  }
  return { flags, operands: args.slice(i) };
}

/** `read -r a b`: the next line of stdin, split into the names. */
export function read(machine: Machine, frame: Frame, call: Call): boolean {
  const { flags, operands } = optionsOf(call.args, "adinNptu");
  const fd = Number(exactText(flags.get("u")?.value) ?? "0");
  const source = frame.descriptors.get(fd)?.source;
  const line = shortened(
    flags,
    flags.has("d") ? untilDelimiter(machine, frame, source, flags.get("d")) : nextLine(machine, frame, source),
  );
  const array = flags.get("a");
  const names = array ? [array] : operands;
  for (const { value, span } of names) arithmeticText(machine, frame, value, span, "subscript");
  const texts = names.map(({ value }) => exactText(value)).filter((name) => name !== undefined);
  if (texts.length === 0) setVariable(frame, "REPLY", line);
  else splitInto(frame, texts, line, array !== undefined, call.env.get("IFS"));
  return true;
}

/** `read -d X`: everything up to a character; `-d ''` is all there is. */
function untilDelimiter(machine: Machine, frame: Frame, source: Source | undefined, delimiter: Argument | undefined): Value {
  const content = rest(source);
  if (!source || !content || content.more) return nextLine(machine, frame, source);
  const all = textOf(content);
  const text = exactText(all);
  const end = text?.indexOf(exactText(delimiter?.value)?.[0] ?? "\0") ?? -1;
  source.at.line = source.content?.lines.length ?? 0;
  frame.status = "maybe";
  return { ...(text !== undefined && end >= 0 ? exact(text.slice(0, end)) : all), from: [...(all.from ?? []), source.node] };
}

/** `read -n 2`, `read -N 2`: so many characters. */
function shortened(flags: Options["flags"], line: Value): Value {
  const count = Number(exactText((flags.get("N") ?? flags.get("n"))?.value) ?? Number.NaN);
  const text = exactText(line);
  return text === undefined || Number.isNaN(count) ? line : { ...line, kind: "exact", text: text.slice(0, count) };
}

function nextLine(machine: Machine, frame: Frame, source: Source | undefined): Value {
  const content = source?.content;
  const from = source ? [source.node] : [];
  if (!content || !source) {
    frame.status = "maybe";
    return unknown(
      source && machine.graph.ports[source.node]?.kind === "input" ? "input" : authorOf(machine, source),
      undefined,
      from,
    );
  }
  const line = content.lines[source.at.line];
  if (line) {
    source.at.line++;
    frame.status = content.more || (content.open && source.at.line === content.lines.length) ? "maybe" : "yes";
    return { ...line, from: [...new Set([...(line.from ?? []), ...from])] };
  }
  frame.status = content.more ? "maybe" : "no";
  return content.more ? unknown("output", undefined, from) : exact("");
}

function authorOf(machine: Machine, source: Source | undefined) {
  const kind = source && machine.graph.ports[source.node]?.kind;
  return kind === "network" ? "network" : kind === "file" ? "file" : "output";
}

function splitInto(frame: Frame, names: readonly string[], line: Value, array: boolean, separators: Value | undefined): void {
  const text = exactText(line);
  const [only] = names;
  if (array && only !== undefined) {
    const words =
      text === undefined
        ? [line]
        : text
            .split(" ")
            .filter((word) => word !== "")
            .map((word) => exact(word, line.from));
    frame.variables.set(only, { value: words[0] ?? exact(""), elements: new Map(words.map((word, i) => [String(i), word])) });
    return;
  }
  const ifs = exactText(separators ?? frame.variables.get("IFS")?.value) ?? " \t\n";
  let rest = text?.trim();
  for (const [i, name] of names.entries()) {
    if (rest === undefined) {
      const from = line.from ? { from: line.from } : {};
      setVariable(frame, name, names.length === 1 ? line : { ...unknown("output", name), ...from });
      continue;
    }
    const cut = i === names.length - 1 ? -1 : [...rest].findIndex((char) => ifs.includes(char));
    setVariable(frame, name, exact(cut < 0 ? rest : rest.slice(0, cut), line.from));
    rest = cut < 0 ? "" : rest.slice(cut + 1).trimStart();
  }
}

/** The callback gets the index and the line, newline included, as two more words. */
function calledWith(code: Value, index: number, line: Value): Value {
  const text = exactText(line);
  const word = text === undefined ? concat([exact('"'), line, exact('"')]) : exact(shellQuoted(`${text}\n`), line.from);
  return concat([code, exact(` ${index} `), word]);
}

/** `mapfile NAME`: all lines of stdin; `-C CODE` runs for each. */
export function mapfile(machine: Machine, frame: Frame, call: Call): boolean {
  const { flags, operands } = optionsOf(call.args, "dnOsuCc");
  const code = flags.get("C");
  const source = frame.descriptors.get(0)?.source;
  const name = exactText(operands[0]?.value) ?? "MAPFILE";
  const from = source ? [source.node] : [];
  const lines = source?.content && !source.content.more ? source.content.lines : [unknown("output", undefined, from)];
  if (code)
    lines.slice(0, LIMITS.iterations).forEach((line, i) => {
      runShell(machine, callback(machine, frame, call), {
        value: calledWith(code.value, i, line),
        count: "one",
        span: code.span,
      });
    });
  frame.variables.set(name, {
    value: lines[0] ?? exact(""),
    elements: new Map(lines.map((line, i) => [String(i), { ...line, from }])),
  });
  return true;
}

/** `printf -v NAME FORMAT …` sets; without -v it prints, which its facts say. */
export function printInto(machine: Machine, frame: Frame, call: Call): boolean {
  const [flag, name, ...args] = call.args;
  if (exactText(flag?.value) !== "-v" || !name) return false;
  arithmeticText(machine, frame, name.value, name.span, "subscript");
  const text = textOfProgram("printf", args, undefined, frame.shell);
  const to = exactText(name.value);
  const from = args.flatMap(({ value }) => value.from ?? []);
  const value = text ? textOf(text) : unknown("author", "printf", from);
  if (to !== undefined) setVariable(frame, to, value);
  return true;
}

/** Nothing in it is expanded or quoted. */
const isPlainArithmetic = (text: string): boolean => ![..."$`'\"\\()[]{};#"].some((char) => text.includes(char));

export function letArithmetic(machine: Machine, frame: Frame, call: Call): boolean {
  for (const { value, span } of call.args) {
    arithmeticText(machine, frame, value, span, "expression");
    const text = exactText(value);
    const script = text === undefined || !isPlainArithmetic(text) ? undefined : parseText(machine, frame, `((${text}))`, span);
    if (script) walkScript(machine, frame, script);
    else if (text?.includes("=")) setVariable(frame, text.slice(0, text.indexOf("=")), unknown("author", "let", value.from));
  }
  frame.status = "maybe";
  return true;
}

/** `wait -p NAME` sets the name. */
export function wait(machine: Machine, frame: Frame, call: Call): boolean {
  const name = optionsOf(call.args, "p").flags.get("p");
  if (name) arithmeticText(machine, frame, name.value, name.span, "subscript");
  frame.status = "maybe";
  return true;
}

export function getopts(_machine: Machine, frame: Frame, call: Call): boolean {
  const name = exactText(call.args[1]?.value);
  if (name !== undefined) setVariable(frame, name, unknown("author", name));
  setVariable(frame, "OPTARG", unknown("input", "OPTARG"));
  frame.status = "maybe";
  return true;
}
