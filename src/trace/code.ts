import { languageOf, readCode } from "../languages/read.ts";
import { type Content, textOf } from "../model/content.ts";
import type { Doubt } from "../model/doubt.ts";
import type { Span } from "../model/span.ts";
import { type Argument, type NodeId, originOf, prefixOf, printValue, type Value } from "../model/value.ts";
import { applyBinding } from "./apply.ts";
import { type Call, invoke, isPrintedByOwnTool } from "./invoke.ts";
import type { Machine } from "./machine.ts";
import { unknownContent } from "./output.ts";
import { effectIn } from "./redirect.ts";
import { alternatives, parseText, reread } from "./reread.ts";
import { emit, type Frame, fork } from "./state.ts";
import { walkScript } from "./walk.ts";

/** Text that a shell reads, in this frame (`eval`, `source`) or one of its own (`sh -c`). */
export function runShell(machine: Machine, frame: Frame, code: Argument): void {
  const to = machine.graph.node({ kind: "code", language: "shell" });
  for (const node of code.value.from ?? []) machine.graph.edge(node, to, code.span);
  const texts = alternatives(code);
  for (const text of texts) walkText(machine, texts.length > 1 ? fork(machine, frame) : frame, text);
  runAtExit(machine, frame);
}

function walkText(machine: Machine, frame: Frame, code: Argument): void {
  const read = reread(machine, code);
  if (!read) {
    hiddenCode(machine, code);
    emit(frame, unknownContent(frame));
    return;
  }
  for (const hole of read.holes.values()) foreignHole(machine, hole, code.span);
  if (read.globs) namesInside(machine, code);
  const { holes, locate, depth } = frame;
  Object.assign(frame, { holes: read.holes, locate: read.locate, depth: depth + 1 });
  const script = parseText(machine, frame, read.text, code.span, read.locate);
  if (script) walkScript(machine, frame, script);
  Object.assign(frame, { holes, locate, depth });
}

/** Nothing of the text is known. */
function hiddenCode(machine: Machine, code: Argument): void {
  const by = originOf(code.value)?.by ?? "unsupported";
  const text = `${printValue(code.value)} is read as shell code`;
  const source = sourceOfCode(machine, code.value.from ?? []);
  if (source === "network" || source === "decoded" || by === "network")
    machine.doubt({
      kind: "opaque-code",
      text,
      span: code.span,
      by,
      role: "code",
      source: source === "decoded" ? source : "network",
      about: [],
    });
  else machine.doubt({ kind: "hidden-argument", text, span: code.span, by, role: "code", about: [] });
}

/** A hole inside code could hold `; rm -rf /`. What the operator or the command's author chose is taken for a word. */
function foreignHole(machine: Machine, hole: Value, span: Span): void {
  const origin = originOf(hole);
  if (!origin || origin.by === "operator" || origin.by === "author" || origin.by === "glob") return;
  const role = origin.by === "network" || origin.by === "input" ? "code" : "argument";
  const doubt: Doubt = {
    kind: "hidden-argument",
    text: `${printValue(hole)} is part of shell code`,
    span,
    by: origin.by,
    role,
    about: [],
  };
  machine.doubt(doubt);
}

/** `find -exec sh -c '… {}'`: whoever names a file may have put `;` into its name. */
function namesInside(machine: Machine, code: Argument): void {
  const text = `names of files are part of shell code: ${printValue(code.value)}`;
  machine.doubt({ kind: "hidden-argument", text, span: code.span, by: "glob", role: "argument", about: [] });
}

/** Where code came from, as far as data flowed until now. */
function sourceOfCode(machine: Machine, nodes: readonly NodeId[]): "inline" | "project" | "network" | "decoded" {
  const origins = machine.graph.origins(nodes);
  if (origins.has("network")) return "network";
  if (origins.has("decode")) return "decoded";
  return origins.has("file") ? "project" : "inline";
}

export function runAtExit(machine: Machine, frame: Frame): void {
  const pending = frame.atExit;
  frame.atExit = [];
  const { ended } = frame;
  frame.ended = "no";
  for (const code of pending) walkText(machine, frame, code);
  frame.ended = ended;
}

/** What code does, its interpreter does: it is not named twice among the programs. */
export function asProgram(frame: Frame, name: string): Frame {
  return frame.through.at(-1) === name ? { ...frame, through: frame.through.slice(0, -1) } : frame;
}

/** Code in a file, a pipe or on stdin. */
export interface Readable {
  readonly content: Content | undefined;
  readonly node: NodeId;
  readonly language: string | undefined;
  readonly args: readonly Argument[];
  readonly span: Span;
  readonly call: Call;
  readonly name: string;
  /** It is a file with a name, which the project answers for. */
  readonly project?: boolean;
}

export function runContent(machine: Machine, frame: Frame, code: Readable): void {
  const { content, node } = code;
  // What the caller pipes in is known, or nobody has typed it yet.
  if (content === undefined && machine.graph.ports[node]?.kind === "input") {
    interactive(machine, frame, code);
    return;
  }
  const first = content?.lines[0];
  const shebang = first ? shebangOf(prefixOf(first)) : undefined;
  const made = content && !unreadable(content) ? content.language : undefined;
  const language =
    code.language === undefined
      ? (made ?? (shebang ? languageOf(interpreterOf(shebang)) : "shell"))
      : (languageOf(code.language) ?? code.language);
  machine.graph.edge(node, machine.graph.node({ kind: "code", language: language ?? "shell" }), code.span);
  if (!content || content.lines.length === 0 || unreadable(content)) {
    if (content && content.lines.length === 0 && !content.more) return;
    opaque(machine, code, language ?? "a program");
    return;
  }
  const text: Argument = { value: textOf(content), count: "one", span: code.span };
  if (language === "shell") runShell(machine, frame, { ...text, value: withoutNul(machine, text) });
  else if (language !== undefined)
    applyBinding(
      machine,
      asProgram(frame, code.name),
      readCode(language, text, code.args, code.project ? "file" : "inline"),
      code.call,
      code.name,
    );
  else if (shebang)
    invoke(machine, frame, [...shebang.map((word) => wordAt(word, code.span)), ...code.args], new Map(), code.span);
}

/** bash skips NUL characters of a script, other shells end there: nobody writes them but to hide what follows. */
function withoutNul(machine: Machine, { value, span }: Argument): Value {
  if (value.kind !== "exact" || !value.text.includes("\0")) return value;
  machine.doubt({ kind: "syntax", text: "NUL characters are part of shell code", span, role: "code", about: [] });
  return { ...value, text: value.text.replaceAll("\0", "") };
}

const wordAt = (text: string, span: Span): Argument => ({ value: { kind: "exact", text }, count: "one", span });

/** All of it is unknown. */
function unreadable(content: Content): boolean {
  return content.lines.every((line) => line.kind === "unknown");
}

function opaque(machine: Machine, code: Readable, language: string): void {
  const port = machine.graph.ports[code.node];
  const found = sourceOfCode(machine, [code.node]);
  const own = code.content?.lines.every((line) => isPrintedByOwnTool(machine, line));
  // Definitions that a program of the project makes: `kustomize build . | kubectl apply -f -`.
  const made = (language === "kubernetes" || language === "compose") && port?.kind !== "input";
  const source = found === "inline" && (code.project || own || made) ? "project" : found;
  const about = port?.kind === "file" ? [port.on] : [];
  const what = about[0] ? printValue(about[0].value) : "what it reads";
  machine.doubt({ kind: "opaque-code", text: `${what} runs as ${language}`, span: code.span, role: "code", source, about });
}

/** A shell or interpreter that reads from the caller's terminal. */
function interactive(machine: Machine, frame: Frame, code: Readable): void {
  machine.effect({
    ...effectIn(frame, frame.place),
    kind: "execute",
    on: { kind: "session", value: { kind: "exact", text: code.language ?? "shell" } },
    attributes: { interactive: true },
    programs: frame.through,
    span: code.span,
  });
}

/** The program of a `#!` line and the one argument the kernel gives it, blanks and all. */
function shebangOf(line: string): readonly string[] | undefined {
  if (!line.startsWith("#!")) return undefined;
  const end = line.indexOf("\n");
  const text = line.slice(2, end < 0 ? undefined : end).trim();
  const blank = text.indexOf(" ");
  if (text === "") return undefined;
  return blank < 0 ? [text] : [text.slice(0, blank), text.slice(blank + 1).trim()];
}

/** `/usr/bin/env -S python3 -u` → `python3`. */
function interpreterOf([program = "", argument = ""]: readonly string[]): string {
  const name = program.slice(program.lastIndexOf("/") + 1);
  if (name !== "env") return name;
  const word = argument.split(" ").find((part) => part !== "" && !part.startsWith("-") && !part.includes("=")) ?? "";
  return word.slice(word.lastIndexOf("/") + 1);
}
