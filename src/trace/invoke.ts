import { bind, bindEnvironment, bindUnknown } from "../commands/bind.ts";
import { NOTHING } from "../model/content.ts";
import type { Doubt } from "../model/doubt.ts";
import type { Invocation, Spelling } from "../model/invocation.ts";
import { LIMITS } from "../model/limits.ts";
import type { Span } from "../model/span.ts";
import { type Argument, exact, exactText, originOf, piecesOf, printValue, textsOf, type Value } from "../model/value.ts";
import { applyBinding } from "./apply.ts";
import { announceVariable } from "./assign.ts";
import { BUILTINS } from "./builtins/table.ts";
import { callFunction } from "./functions.ts";
import type { Machine } from "./machine.ts";
import { unknownContent } from "./output.ts";
import { fileInPath, isSystemProgram, runMadeFile, runNamedFile } from "./program-file.ts";
import { programsLike, shellNamed } from "./programs.ts";
import { runProjectFiles } from "./project-files.ts";
import { runStartedFiles } from "./started-files.ts";
import { emit, type Frame, fork, stdin } from "./state.ts";
import { rest } from "./streams.ts";

/** A program about to run: name, arguments, and the environment set for it alone. */
export interface Call {
  readonly program: string;
  readonly args: readonly Argument[];
  readonly env: ReadonlyMap<string, Value>;
  readonly span: Span;
  /** The word that named it. */
  readonly word: Argument;
  readonly spelled?: Spelling;
}

/** Runs a command line whose words are known; the program may be one of several, or hidden. */
export function invoke(
  machine: Machine,
  frame: Frame,
  argv: readonly Argument[],
  env: ReadonlyMap<string, Value>,
  span: Span,
  spelled?: Spelling,
): void {
  const word = argv[0];
  const args = argv.slice(1);
  if (!word || !machine.spend(1, span)) return;
  if (frame.depth > LIMITS.depth) {
    machine.doubt({ kind: "limit", text: "nested too deep", span, role: "code", about: [] });
    return;
  }
  const names = textsOf(word.value) ?? shellNamed(word.value, args) ?? programsLike(machine.knowledge, word.value);
  // Every known name was looked at.
  if (word.value.kind === "pattern") machine.steps += 16;
  if (!names) {
    if (runMadeFile(machine, frame, { args, env, span, word })) frame.status = "maybe";
    else hiddenProgram(machine, frame, word, args, env, span);
    return;
  }
  const [only] = names;
  if (names.length === 1 && only !== undefined) {
    const call = { program: only, args, env, span, word };
    invokeNamed(machine, frame, spelled ? { ...call, spelled } : call);
    return;
  }
  for (const program of names)
    invokeNamed(machine, fork(machine, frame), { program, args, env, span, word, ...(spelled ? { spelled } : {}) });
  frame.status = "maybe";
}

/** `$X rm -rf /`: X may be empty or a wrapper, so what follows is looked at as a command as well. */
function hiddenProgram(
  machine: Machine,
  frame: Frame,
  word: Argument,
  args: readonly Argument[],
  env: ReadonlyMap<string, Value>,
  span: Span,
): void {
  const by = isPrintedByOwnTool(machine, word.value) ? "operator" : (originOf(word.value)?.by ?? "unsupported");
  const doubt: Doubt = {
    kind: "hidden-program",
    text: `${printValue(word.value)} is not known`,
    span: word.span,
    by,
    role: "code",
    about: [],
  };
  machine.doubt(doubt);
  machine.invocations.push({ ...invocationIn(frame, { env, span }), program: word.value, args });
  for (const node of word.value.from ?? [])
    machine.graph.edge(node, machine.graph.node({ kind: "code", language: "shell" }), word.span);
  emit(frame, unknownContent(frame));
  frame.status = "maybe";
  const bare = withoutHoles(word.value);
  if (bare !== undefined && isKnown(machine, frame, bare))
    invokeNamed(machine, fork(machine, frame), { program: bare, args, env, span, word, spelled: "computed" });
  const next = exactText(args[0]?.value);
  if (next !== undefined && isKnown(machine, frame, next)) invoke(machine, fork(machine, frame), args, env, span);
}

/** `eval "$(tool init bash)"`: the operator installed the tool, and runs it here anyway; unless it is handed what it prints. */
export function isPrintedByOwnTool(machine: Machine, value: Value): boolean {
  const origin = originOf(value);
  if (origin?.by !== "output" || origin.name === undefined || origin.name.includes("/")) return false;
  if (piecesOf(value).some((piece) => typeof piece === "string" && piece.trim() !== "")) return false;
  if (machine.knowledge.command(origin.name) !== undefined || !isToldInWords(machine, origin.name)) return false;
  const origins = machine.graph.origins(value.from ?? []);
  return !origins.has("network") && !origins.has("decode") && !origins.has("file") && !origins.has("data");
}

/** No file and no decoding among what it was told. */
function isToldInWords(machine: Machine, program: string): boolean {
  const told = machine.invocations.filter((one) => exactText(one.program) === program);
  return told.every(({ args }) => args.every(({ value }) => isPlainWord(exactText(value))));
}

const isPlainWord = (text: string | undefined): boolean =>
  text !== undefined && !["/", ".", "dec", "crypt", " "].some((odd) => text.includes(odd)) && text !== "-d" && text !== "-D";

/** `r${NOPE}m`: what it is when the variables are empty. */
function withoutHoles(value: Value): string | undefined {
  if (value.kind !== "pattern" || value.pieces.some((piece) => typeof piece !== "string" && piece.origin.by !== "operator"))
    return undefined;
  return value.pieces.filter((piece) => typeof piece === "string").join("");
}

const isKnown = (machine: Machine, frame: Frame, name: string): boolean =>
  name !== "" &&
  !name.startsWith("-") &&
  (frame.functions.has(name) || BUILTINS.has(name) || machine.knowledge.command(baseName(name)) !== undefined);

export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export function invocationIn(frame: Frame, { env, span, spelled }: Pick<Call, "env" | "span" | "spelled">) {
  return {
    through: frame.through,
    ...(frame.user ? { user: frame.user } : {}),
    place: frame.place,
    when: frame.when,
    env,
    span,
    ...(spelled ? { spelled } : {}),
  };
}

/** Written without spreading: there is one for each program. */
function invocationOf(frame: Frame, call: Call, known: string | undefined): Invocation {
  const { through, place, when, user } = frame;
  const { env, span, args, spelled } = call;
  const invocation: { -readonly [key in keyof Invocation]: Invocation[key] } = {
    through,
    place,
    when,
    env,
    span,
    program: exact(call.program),
    args,
  };
  if (user) invocation.user = user;
  if (spelled) invocation.spelled = spelled;
  if (known !== undefined) invocation.known = known;
  return invocation;
}

function invokeNamed(machine: Machine, frame: Frame, call: Call): void {
  const { program } = call;
  if (program === "") return;
  const functions = frame.functions.get(program);
  if (functions) {
    callFunction(machine, frame, functions, call);
    return;
  }
  for (const [name, value] of call.env) announceVariable(machine, frame, name, value, call.span);
  const builtin = BUILTINS.get(program);
  if (builtin) {
    const at = machine.invocations.push(invocationOf(frame, call, program));
    if (builtin(machine, frame, call)) return;
    machine.invocations.splice(at - 1, 1);
  }
  runProgram(machine, frame, call);
}

/** A program that is no builtin and no function: its facts say what it does. */
export function runProgram(machine: Machine, frame: Frame, called: Call): void {
  const file = called.program.includes("/") ? called.program : fileInPath(machine, frame, called);
  const named: Call = file === undefined ? called : { ...called, program: file };
  if (file !== undefined && runNamedFile(machine, frame, named)) return;
  const call: Call = file === undefined || isSystemProgram(file) ? named : { ...named, spelled: named.spelled ?? "elsewhere" };
  const name = baseName(call.program);
  const spec = machine.knowledge.command(name);
  const isOddCase = spec !== undefined && name !== name.toLowerCase() && !machine.knowledge.isWritten(name);
  const input = {
    program: name,
    args: call.args,
    env: mergedEnvironment(frame, call.env),
    stdin: rest(stdin(frame)),
    span: call.span,
  };
  const binding = spec ? bind(spec, input) : bindUnknown(input);
  machine.invocations.push(invocationOf(frame, isOddCase ? { ...call, spelled: "odd-case" } : call, binding.known));
  // What every program does with its environment: LD_PRELOAD and its kind.
  const any = input.env.size > 0 ? machine.knowledge.command("*") : undefined;
  if (any) applyBinding(machine, frame, { ...bindEnvironment(any, input), output: NOTHING }, call, name);
  applyBinding(machine, frame, binding, call, name);
  runProjectFiles(machine, frame, call, binding);
  runStartedFiles(machine, frame, call, binding);
  frame.status = "maybe";
}

function mergedEnvironment(frame: Frame, env: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  let merged: Map<string, Value> | undefined;
  for (const [name, variable] of frame.variables) {
    if (!variable.exported) continue;
    merged ??= new Map(env);
    if (!merged.has(name)) merged.set(name, variable.value);
  }
  return merged ?? env;
}
