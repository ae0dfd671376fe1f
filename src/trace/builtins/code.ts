import type { Resource } from "../../model/resource.ts";
import { type Argument, concat, exact, exactText } from "../../model/value.ts";
import { runContent, runShell } from "../code.ts";
import { type Call, invoke } from "../invoke.ts";
import type { Machine } from "../machine.ts";
import { locatePath } from "../place.ts";
import { effectIn, standardOf } from "../redirect.ts";
import { type Frame, fork } from "../state.ts";

/** Words joined by blanks, read again in this shell. */
export function evaluate(machine: Machine, frame: Frame, call: Call): boolean {
  const args = call.args.filter((argument, i) => !(i === 0 && exactText(argument.value) === "--"));
  if (args.length === 0) return true;
  const [only] = args;
  const value = concat(args.flatMap((argument, i) => (i === 0 ? [argument.value] : [exact(" "), argument.value])));
  const code: Argument = args.length === 1 && only ? only : { value, count: "one", span: call.span };
  frame.status = "maybe";
  runShell(machine, frame, {
    ...code,
    value: { ...value, ...(code.value.from || value.from ? { from: value.from ?? code.value.from ?? [] } : {}) },
  });
  return true;
}

/** `. FILE ARG…`: the file is read in this shell. */
export function source(machine: Machine, frame: Frame, call: Call): boolean {
  const [file, ...args] = call.args;
  if (!file) return true;
  const { path, place } = locatePath(machine, frame, file.value);
  const on: Resource = { kind: "path", value: path };
  const pipe = machine.pipes.get(exactText(path) ?? "");
  const { positionals } = frame;
  if (args.length > 0) frame.positionals = args;
  const standard = standardOf(frame, path)?.source;
  if (!pipe && !standard)
    machine.effect({
      ...effectIn(frame, place),
      kind: "execute",
      on,
      attributes: {},
      programs: [...frame.through, "source"],
      span: file.span,
    });
  const node = pipe?.node ?? standard?.node ?? machine.graph.node({ kind: "file", on, place });
  const content = pipe ? pipe.content : standard ? standard.content : machine.contentOf(place, path);
  runContent(machine, frame, {
    content,
    node,
    language: "shell",
    args,
    span: file.span,
    call,
    name: "source",
    project: !pipe && !standard,
  });
  frame.positionals = positionals;
  frame.status = "maybe";
  return true;
}

/** `exec PROGRAM` replaces the shell; if the program is not there the shell goes on, so what follows is still looked at. */
export function execute(machine: Machine, frame: Frame, call: Call): boolean {
  const args = skipOptions(call.args, new Set(["a"]));
  if (exactText(call.args[0]?.value)?.startsWith("-a")) renamed(machine, frame, call);
  if (args.length > 0) invoke(machine, through(machine, frame, call), args, call.env, call.span);
  return true;
}

/** `exec -a NAME PROGRAM`: it is listed under another name. */
function renamed(machine: Machine, frame: Frame, call: Call): void {
  const on: Resource = { kind: "process", value: exact("self") };
  machine.effect({
    ...effectIn(frame, frame.place),
    kind: "execute",
    on,
    attributes: { how: exact("renamed") },
    programs: [...frame.through, "exec"],
    span: call.span,
  });
}

/** `command -v x` only asks; `command -p x` runs. */
export function command(machine: Machine, frame: Frame, call: Call): boolean {
  const asks = call.args.some(({ value }, i) => i === 0 && ["-v", "-V"].includes(exactText(value) ?? ""));
  if (asks) {
    frame.status = "maybe";
    return true;
  }
  const args = skipOptions(call.args, new Set());
  const { functions } = frame;
  frame.functions = new Map();
  invoke(machine, frame, args, call.env, call.span);
  for (const [name, bodies] of functions) if (!frame.functions.has(name)) frame.functions.set(name, bodies);
  return true;
}

/** Code that a builtin runs at some event. */
export function callback(machine: Machine, frame: Frame, call: Call): Frame {
  const inner = fork(machine, frame);
  inner.through = [...frame.through, call.program];
  return inner;
}

function through(machine: Machine, frame: Frame, call: Call): Frame {
  const inner = callback(machine, frame, call);
  inner.functions = new Map();
  return inner;
}

/** `-c -a NAME -- program`; `valued` options take the next word. */
function skipOptions(args: readonly Argument[], valued: ReadonlySet<string>): readonly Argument[] {
  let i = 0;
  for (; i < args.length; i++) {
    const text = exactText(args[i]?.value);
    if (text === "--") return args.slice(i + 1);
    if (text === undefined || !text.startsWith("-") || text.length < 2) break;
    if (valued.has(text.at(-1) ?? "")) i++;
  }
  return args.slice(i);
}

/** `trap CODE SIGNAL…`: EXIT runs at the end, DEBUG, ERR and RETURN soon; a signal's code when it comes. */
export function trap(machine: Machine, frame: Frame, call: Call): boolean {
  const args = call.args.filter((argument) => exactText(argument.value) !== "--");
  const [code, ...signals] = args;
  const text = code && exactText(code.value);
  if (!code || signals.length === 0 || text === "-" || text === "" || text?.startsWith("-")) return true;
  const names = signals.map((signal) => exactText(signal.value));
  if (names.some((name) => name === undefined || name === "0" || name === "EXIT")) frame.atExit = [...frame.atExit, code];
  else runShell(machine, callback(machine, frame, call), code);
  frame.status = "yes";
  return true;
}
