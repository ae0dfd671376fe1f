import { languageOf, readCode } from "../languages/read.ts";
import type { End, PlaceChange, Run } from "../model/binding.ts";
import type { Content } from "../model/content.ts";
import type { Place } from "../model/place.ts";
import type { Resource } from "../model/resource.ts";
import type { Span } from "../model/span.ts";
import { type Argument, exact, exactText, type NodeId, type Value } from "../model/value.ts";
import { applyBinding, nodesOf } from "./apply.ts";
import { announceVariable } from "./assign.ts";
import { asProgram, runContent, runShell } from "./code.ts";
import { type Call, invoke } from "./invoke.ts";
import type { Machine } from "./machine.ts";
import { canonical } from "./path.ts";
import { enter, locatePath } from "./place.ts";
import { effectIn, standardOf } from "./redirect.ts";
import { type Frame, fork, type Source } from "./state.ts";
import { sourceOf } from "./streams.ts";

const NO_ENV: ReadonlyMap<string, Value> = new Map();

/** Runs what a program runs: in its place, as its user, with its streams. */
export function applyRun(machine: Machine, frame: Frame, run: Run, call: Call, name: string): void {
  const inner = frameFor(machine, frame, run, name, call.env);
  switch (run.as) {
    case "argv":
      invoke(machine, inner, run.argv, NO_ENV, run.span);
      break;
    case "shell":
      inner.shell = run.shell;
      runShell(machine, ownShell(inner, run.args), run.code);
      break;
    case "code":
      runCode(machine, inner, run.language, run.code, run.args, call, name);
      break;
    case "script":
      runScript(machine, inner, run, call, name);
      break;
  }
}

/** Inline code of another language; what its reader cannot say is opaque. */
export function runCode(
  machine: Machine,
  frame: Frame,
  language: string,
  code: Argument,
  args: readonly Argument[],
  call: Call,
  name: string,
): void {
  const to = machine.graph.node({ kind: "code", language });
  for (const node of code.value.from ?? []) machine.graph.edge(node, to, code.span);
  applyBinding(machine, asProgram(frame, name), readCode(language, code, args), call, name);
}

function runScript(machine: Machine, frame: Frame, run: Extract<Run, { as: "script" }>, call: Call, name: string): void {
  const named = run.language ?? "shell";
  const language = languageOf(named) ?? named;
  if (language === "shell") {
    // It is a process: variables that are not exported stay behind.
    ownShell(frame, [run.path ?? call.word, ...run.args]);
    if (named !== "shell") frame.shell = named;
  }
  if (run.path === undefined) {
    const input = frame.descriptors.get(0)?.source;
    // An interpreter has read all of it before its code runs anything; a shell reads line by line.
    if (named !== "shell") frame.descriptors.set(0, { source: sourceOf(machine.graph.node({ kind: "input" }), undefined) });
    if (input)
      runContent(machine, frame, {
        content: input.content,
        node: input.node,
        language: named,
        args: run.args,
        span: run.span,
        call,
        name,
      });
    return;
  }
  const { path, place } = locatePath(machine, frame, run.path.value);
  const on: Resource = { kind: "path", value: path };
  const pipe = machine.pipes.get(exactText(path) ?? "") ?? standardOf(frame, path)?.source;
  if (pipe)
    runContent(machine, frame, {
      content: pipe.content,
      node: pipe.node,
      language: named,
      args: run.args,
      span: run.span,
      call,
      name,
    });
  else
    executeFile(machine, frame, {
      on,
      place,
      content: machine.contentOf(place, path),
      span: run.path.span,
      language: named,
      args: run.args,
      call,
      name,
      quiet: false,
    });
}

interface Executed {
  readonly on: Resource;
  readonly place: Place;
  readonly content: Content | undefined;
  readonly span: Span;
  readonly language: string | undefined;
  readonly args: readonly Argument[];
  readonly call: Call;
  readonly name: string;
  /** Facts say what it does: not knowing its text is no doubt. */
  readonly quiet: boolean;
}

function executeFile(machine: Machine, frame: Frame, file: Executed): void {
  const { on, place, span } = file;
  machine.effect({
    ...effectIn(frame, place),
    kind: "execute",
    on,
    attributes: {},
    programs: frame.through.length > 0 ? frame.through : [file.name],
    span,
  });
  const node = machine.graph.node({ kind: "file", on, place });
  if (file.quiet && !file.content)
    machine.graph.edge(node, machine.graph.node({ kind: "code", language: file.language ?? "shell" }), span);
  else runContent(machine, frame, { ...file, node, project: true });
}

/** A program named by a path outside the system's folders. */
export function runFile(
  machine: Machine,
  frame: Frame,
  file: Pick<Executed, "on" | "place" | "content" | "quiet"> & { readonly call: Call },
): void {
  const { call } = file;
  const inner = ownShell({ ...fork(machine, frame), through: [...frame.through, call.program] }, [call.word, ...call.args]);
  executeFile(machine, inner, {
    ...file,
    span: call.word.span,
    language: undefined,
    args: [call.word, ...call.args],
    name: call.program,
  });
}

/** A shell process of its own: it has the exported variables, and no functions but exported ones. */
export function ownShell(frame: Frame, args: readonly Argument[]): Frame {
  for (const [name, variable] of frame.variables) if (!variable.exported) frame.variables.delete(name);
  for (const name of [...frame.functions.keys()])
    if (!frame.functions.get(name)?.some((one) => one.exported)) frame.functions.delete(name);
  frame.aliases = new Map();
  frame.hashed = new Map();
  const [zero, ...rest] = args;
  frame.name = zero?.value ?? exact(frame.shell);
  frame.positionals = rest;
  frame.calls = [];
  frame.locals = new Map();
  return frame;
}

function frameFor(machine: Machine, frame: Frame, run: Run, name: string, env: Call["env"]): Frame {
  const inner = fork(machine, frame);
  inner.through = [...frame.through, name];
  for (const [variable, value] of env) inner.variables.set(variable, { value, exported: true });
  if (run.enters) enterPlace(machine, frame, inner, run.enters);
  if (run.becomes) inner.user = run.becomes;
  if (run.cwd) inner.cwd = canonical(run.cwd, inner.cwd, inner.place.kind === "here" ? machine.context.home : undefined);
  if (run.cleared) inner.variables = new Map();
  for (const { name: variable, value } of run.env ?? []) {
    inner.variables.set(variable, { value, exported: true });
    announceVariable(machine, inner, variable, value, run.span);
  }
  if (run.deferredBy) {
    inner.when = { deferredBy: run.deferredBy };
    // Code that is read from stdin is read now; it runs without any.
    inner.descriptors = new Map(run.as === "script" && run.path === undefined ? [[0, frame.descriptors.get(0) ?? {}]] : []);
  }
  openStreams(machine, frame, inner, run, name);
  return inner;
}

function enterPlace(machine: Machine, outer: Frame, inner: Frame, change: PlaceChange): void {
  inner.place = enter(machine, outer, change);
  inner.cwd = exact(change.kind === "chroot" || change.kind === "host" ? "/" : ".");
  if (change.kind === "chroot" || change.kind === "host") return;
  inner.variables = new Map();
  inner.functions = new Map();
}

function openStreams(machine: Machine, frame: Frame, inner: Frame, run: Run, name: string): void {
  if (run.stdin) {
    const node = machine.graph.stream();
    for (const from of run.stdin.from ?? []) machine.graph.edge(from, node, run.span);
    inner.descriptors.set(0, { source: sourceOf(node, run.stdin) });
  }
  if (run.stdinFrom) inner.descriptors.set(0, { source: sourceFrom(machine, frame, run.stdinFrom, name, run.span) });
  if (run.stdout) {
    const [node] = nodesOf(machine, frame, run.stdout, "to", name);
    if (node !== undefined) inner.descriptors.set(1, { sink: { node } });
  }
  for (const { number, end } of run.descriptors ?? []) {
    const [node] = nodesOf(machine, frame, end, "to", name);
    const source = sourceFrom(machine, frame, end, name, run.span);
    inner.descriptors.set(number, { source, ...(node === undefined ? {} : { sink: { node } }) });
  }
}

function sourceFrom(machine: Machine, frame: Frame, end: End, name: string, span: Span): Source {
  const nodes = nodesOf(machine, frame, end, "from", name);
  const [first] = nodes;
  if (nodes.length === 1 && first !== undefined) return sourceOf(first, undefined);
  const node: NodeId = machine.graph.stream();
  for (const from of nodes) machine.graph.edge(from, node, span);
  return sourceOf(node, undefined);
}
