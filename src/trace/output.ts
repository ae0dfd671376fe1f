import type { Binding, End } from "../model/binding.ts";
import { type Content, contentOf } from "../model/content.ts";
import { type Author, exact, exactText, unknown } from "../model/value.ts";
import { textOfProgram } from "../text/program.ts";
import type { Call } from "./invoke.ts";
import type { Machine } from "./machine.ts";
import { ownName } from "./made-names.ts";
import { locatePath } from "./place.ts";
import { type Frame, stdin, stdout } from "./state.ts";
import { gather, rest } from "./streams.ts";

/** Output nobody can predict. */
export function unknownContent(frame: Frame, by: Author = "output", name?: string): Content {
  const node = stdout(frame)?.node;
  const from = node === undefined ? undefined : [node];
  return { lines: [unknown(by, name, from)], more: true, open: true, ...(from ? { from } : {}) };
}

/** Whether anybody looks at what is printed; who sends it on without looking needs no text. */
export function isCollected(machine: Machine, frame: Frame): boolean {
  const sink = stdout(frame);
  if (!sink || sink.collector) return sink !== undefined;
  const kind = machine.graph.ports[sink.node]?.kind;
  return kind !== "caller" && kind !== "network";
}

/** What a program prints: computed where it only makes text, copied where it only passes on, else unknown by whoever made it. */
export function outputOf(machine: Machine, frame: Frame, binding: Binding, call: Call, name: string): Content | undefined {
  if (binding.output) return binding.output;
  // `… | rev | rev`: the text is made anew by each.
  machine.steps += lengthOf(stdin(frame)?.content) >> 8;
  const text = textOfProgram(name, call.args, rest(stdin(frame)), frame.shell);
  const into = binding.edges.filter((edge) => edge.to.kind === "stdout");
  if (text) return made(machine, frame, name === "mktemp" ? ownName(text, machine.made++) : text, into.length > 0, call);
  if (printsOwnSetUp(frame, binding, call)) return contentOf(exact(":\n"));
  if (into.length === 0) return passesOn(binding) ? undefined : unknownContent(frame, "output", name);
  const copied = into.every((edge) => edge.step === undefined && !edge.maybe)
    ? into.map((edge) => contentFrom(machine, frame, edge.from))
    : [undefined];
  if (copied.every((content) => content !== undefined)) return gather(copied);
  return unknownContent(frame, authorOf(into.map((edge) => edge.from)), name);
}

/** `kubectl completion bash`, `tool init zsh`: code for the shell that sets up the tool, the same every time, and made of no input. */
function printsOwnSetUp(frame: Frame, binding: Binding, call: Call): boolean {
  const first = exactText(call.args[0]?.value);
  if (first === undefined || !SET_UP.has(first) || call.program.includes("/")) return false;
  if (
    binding.effects.some(({ kind }) => kind !== "execute") ||
    binding.runs.length > 0 ||
    (rest(stdin(frame))?.lines.length ?? 0) > 0
  )
    return false;
  return binding.edges.every((edge) => (edge.from.kind === "stdin" && edge.maybe) || edge.from.kind === "process");
}

const SET_UP: ReadonlySet<string> = new Set([
  "completion",
  "completions",
  "generate-shell-completion",
  "shell-completion",
  "shellenv",
  "--completion",
  "--completions",
  "--generate-shell-completion",
  "init",
  "activate",
  "hook",
  "env",
  "docker-env",
  "podman-env",
]);

/** `env`, `sh -c`, `perl -e`: what is printed is what the run programs and code print, and they say so themselves. */
function passesOn(binding: Binding): boolean {
  return binding.runs.length > 0 && binding.runs.every((run) => run.as !== "script" && !run.stdout && !run.deferredBy);
}

/** About how much text it is. */
function lengthOf(content: Content | undefined): number {
  let length = 0;
  for (const line of content?.lines ?? []) length += line.kind === "exact" ? line.text.length + 1 : 16;
  return length;
}

/** Text that a program makes of its own code: `awk 'BEGIN { printf … }'`. */
function made(machine: Machine, frame: Frame, text: Content, flows: boolean, call: Call): Content {
  const sink = stdout(frame);
  if (!flows && sink) machine.graph.edge(machine.graph.node({ kind: "data" }), sink.node, call.span);
  return text;
}

function contentFrom(machine: Machine, frame: Frame, end: End): Content | undefined {
  if (end.kind === "stdin") return rest(stdin(frame));
  if (end.kind !== "resource" || end.on.kind !== "path" || end.at) return undefined;
  const { path, place } = locatePath(machine, frame, end.on.value);
  return machine.pipes.get(exactText(path) ?? "")?.content ?? machine.contentOf(place, path);
}

function authorOf(ends: readonly End[]): Author {
  if (ends.some((end) => end.kind === "resource" && end.on.kind === "host")) return "network";
  if (ends.some((end) => end.kind === "resource" && end.on.kind === "path")) return "file";
  return "output";
}
