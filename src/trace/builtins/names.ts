import type { Span } from "../../model/span.ts";
import type { Truth } from "../../model/truth.ts";
import { type Argument, exact, exactText, pattern, piecesOf, type Value } from "../../model/value.ts";
import { arithmeticText } from "../arithmetic.ts";
import { runShell } from "../code.ts";
import { type Call, invoke } from "../invoke.ts";
import type { Machine } from "../machine.ts";
import { locatePath } from "../place.ts";
import { effectIn } from "../redirect.ts";
import { shadow } from "../shadow.ts";
import { type Frame, fork } from "../state.ts";
import { callback } from "./code.ts";

/** `alias NAME=TEXT`: bash reads aliases only in interactive shells or after `shopt -s expand_aliases`; other shells always do. */
export function alias(machine: Machine, frame: Frame, call: Call): boolean {
  const global = frame.shell === "zsh" && call.args.some(({ value }) => exactText(value) === "-g");
  for (const { value, span } of call.args) {
    const [name, to] = named(value);
    if (name === "" || to === undefined) continue;
    aliasTo(machine, frame, name, to, span);
    // zsh puts a global alias anywhere on the line: after `;` it is a command.
    const text = exactText(to);
    if (global && text !== undefined) anywhere(machine, frame, text, span);
  }
  frame.status = "yes";
  return true;
}

/** NAME and TEXT of `NAME=TEXT`; the text may have holes. */
function named(value: Value): readonly [name: string, to: Value | undefined] {
  const [first, ...rest] = piecesOf(value);
  const equals = typeof first === "string" ? first.indexOf("=") : -1;
  if (typeof first !== "string" || equals < 1) return ["", undefined];
  return [first.slice(0, equals), pattern([first.slice(equals + 1), ...rest], value.from)];
}

export function aliasTo(machine: Machine, frame: Frame, name: string, to: Value, span: Span): void {
  shadow(machine, frame, name, "alias", span, to);
  frame.aliases.set(name, to);
}

function anywhere(machine: Machine, frame: Frame, text: string, span: Span): void {
  runShell(machine, fork(machine, frame), { value: exact(`: ${text}`), count: "one", span });
}

export function unalias(_machine: Machine, frame: Frame, call: Call): boolean {
  for (const { value } of call.args) {
    const text = exactText(value);
    if (text === "-a") frame.aliases.clear();
    else if (text !== undefined) frame.aliases.delete(text);
  }
  return true;
}

/** `enable -f LIBRARY NAME` loads a builtin from a shared object. */
export function enable(machine: Machine, frame: Frame, call: Call): boolean {
  const at = call.args.findIndex(({ value }) => exactText(value) === "-f");
  const library = at < 0 ? undefined : call.args[at + 1];
  if (library) load(machine, frame, library);
  return true;
}

function load(machine: Machine, frame: Frame, library: Argument): void {
  const { path, place } = locatePath(machine, frame, library.value);
  machine.effect({
    ...effectIn(frame, place),
    kind: "load",
    on: { kind: "path", value: path },
    attributes: {},
    programs: [...frame.through, "enable"],
    span: library.span,
  });
}

/** `hash -p FILE NAME`: NAME is that file from now on. */
export function hash(machine: Machine, frame: Frame, call: Call): boolean {
  const at = call.args.findIndex(({ value }) => exactText(value) === "-p");
  const file = exactText(call.args[at + 1]?.value);
  const name = exactText(call.args[at + 2]?.value);
  if (at >= 0 && file !== undefined && name !== undefined) rehash(machine, frame, name, file, call.span);
  return true;
}

/** From now on this name means this file. */
export function rehash(machine: Machine, frame: Frame, name: string, file: string, span: Span): void {
  shadow(machine, frame, name, "file", span);
  frame.hashed = new Map([...frame.hashed, [name, file]]);
}

/** `bind -x 'KEYS:CODE'` runs code when keys are pressed. */
export function bindKey(machine: Machine, frame: Frame, call: Call): boolean {
  return runOption(machine, frame, call, "-x", (text) => text.slice(text.indexOf(":") + 1));
}

/** `complete -C CODE`, `compgen -C CODE`; `compgen -F FUNCTION` calls it at once, and `-W` expands its words (bash(1), complete). */
export function complete(machine: Machine, frame: Frame, call: Call): boolean {
  const at = call.args.findIndex(({ value }) => exactText(value) === "-F");
  const called = at < 0 || call.program !== "compgen" ? undefined : call.args[at + 1];
  if (called) invoke(machine, callback(machine, frame, call), [called], new Map(), called.span);
  runOption(machine, frame, call, "-W", (text) => (text.includes("$") || text.includes("`") ? `: ${text}` : ""));
  return runOption(machine, frame, call, "-C", (text) => text);
}

function runOption(machine: Machine, frame: Frame, call: Call, option: string, codeIn: (text: string) => string): boolean {
  const at = call.args.findIndex(({ value }) => exactText(value) === option);
  const word = at < 0 ? undefined : call.args[at + 1];
  const text = word && exactText(word.value);
  if (word && text !== undefined)
    runShell(machine, callback(machine, frame, call), {
      value: exact(codeIn(text), word.value.from),
      count: "one",
      span: word.span,
    });
  return true;
}

const NUMERIC: ReadonlySet<string> = new Set(["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]);

/** `test -v 'a[$(id)]'` and `-eq` read their operands as arithmetic; else it only looks. */
export function test(machine: Machine, frame: Frame, call: Call): boolean {
  call.args.forEach(({ value, span }, i) => {
    const before = exactText(call.args[i - 1]?.value);
    if (before === "-v") arithmeticText(machine, frame, value, span, "subscript");
    const next = exactText(call.args[i + 1]?.value);
    if (NUMERIC.has(before ?? "") || NUMERIC.has(next ?? "")) arithmeticText(machine, frame, value, span, "subscript");
  });
  frame.status = comparison(call);
  return true;
}

/** `[ 1 -lt 3 ]` counts; anything else may be so or not. */
function comparison({ program, args }: Call): Truth {
  const words = args.map(({ value, count }) => (count === "one" ? exactText(value) : undefined));
  // Without its bracket `[` fails.
  if (program === "[" && words.pop() !== "]") return "maybe";
  const [left = "", operator = "", right = ""] = words;
  if (words.length !== 3 || !isSmallNumber(left) || !isSmallNumber(right)) return "maybe";
  const holds = COMPARE.get(operator)?.(Number(left), Number(right));
  return holds === undefined ? "maybe" : holds ? "yes" : "no";
}

function isSmallNumber(text: string): boolean {
  const digits = text.startsWith("-") ? text.slice(1) : text;
  if (digits === "" || digits.length > 15) return false;
  for (const char of digits) if (char < "0" || char > "9") return false;
  return true;
}

const COMPARE: ReadonlyMap<string, (left: number, right: number) => boolean> = new Map([
  ["-eq", (left, right) => left === right],
  ["-ne", (left, right) => left !== right],
  ["-lt", (left, right) => left < right],
  ["-le", (left, right) => left <= right],
  ["-gt", (left, right) => left > right],
  ["-ge", (left, right) => left >= right],
]);
