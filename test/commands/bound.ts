import { type Bound, bind, bindParsed } from "../../src/commands/bind.ts";
import type { Call } from "../../src/commands/call.ts";
import { parse } from "../../src/commands/parse.ts";
import type { CommandSpec } from "../../src/knowledge/command.ts";
import { compileCommandFile } from "../../src/load/commands.ts";
import type { Binding, BoundEffect, End, PlaceChange, Run } from "../../src/model/binding.ts";
import { type Content, contentOf } from "../../src/model/content.ts";
import { printResource, type Resource } from "../../src/model/resource.ts";
import { type Argument, exact, oneOf, type Piece, pattern, printValue, type Value } from "../../src/model/value.ts";

/** Facts from the text of a command file, without its source and examples. */
export function facts(yaml: string): CommandSpec {
  const compiled = compileCommandFile(`${yaml}\nsource: test\nexamples: [{ run: a }, { run: b }]\n`, "test.yaml", {
    drafts: true,
  });
  if ("spec" in compiled) return compiled.spec;
  throw new Error(compiled.map((problem) => `${problem.line}: ${problem.message}`).join("\n"));
}

/** Words parted at blanks: `$x` is one word of the operator's, `$*x` any number, `{a|b}` one of two, `^x` what a program printed, `_` a blank. */
export function words(line: string): readonly Argument[] {
  let start = 0;
  return line
    .split(" ")
    .filter((word) => word !== "")
    .map((text) => {
      const at = line.indexOf(text, start);
      start = at + text.length;
      return { value: word(text), count: text.includes("$*") ? "any" : "one", span: { start: at, end: start } };
    });
}

export function word(whole: string): Value {
  const choice = /^(.*)\{(.+\|.+)\}(.*)$/.exec(whole);
  if (choice) return oneOf((choice[2] ?? "").split("|").map((text) => `${choice[1]}${text}${choice[3]}`));
  const pieces = whole.split(/(\$\*?[A-Za-z]+|\^[a-z]+|\*)/).map((text): Piece => {
    if (text === "*") return { origin: { by: "glob" }, glob: "star" };
    if (text.length > 1 && text.startsWith("$")) return { origin: { by: "operator", name: text.replace("$*", "$").slice(1) } };
    if (text.length > 1 && text.startsWith("^")) return { origin: { by: "output", name: text.slice(1) } };
    return text.replaceAll("_", " ");
  });
  return pattern(pieces);
}

export interface Around {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

export function callOf(line: string, { env = {}, stdin }: Around = {}): Call {
  const [program, ...args] = words(line);
  const content: Content | undefined = stdin === undefined ? undefined : contentOf(exact(stdin));
  return {
    program: program ? printValue(program.value) : "",
    args,
    env: new Map(Object.entries(env).map(([name, text]) => [name, word(text)])),
    stdin: content,
    span: { start: 0, end: line.length },
  };
}

/** All that a call does, in the notation of examples; `?` marks what may be. */
export function bound(spec: CommandSpec, line: string, around: Around = {}): readonly string[] {
  return printBinding(bind(spec, callOf(line, around)));
}

export function boundOnce(spec: CommandSpec, line: string): Bound {
  const call = callOf(line);
  return bindParsed(parse(spec, call.args, call.program), call);
}

export function printBinding(binding: Binding): readonly string[] {
  return [
    ...binding.effects.map(printBoundEffect),
    ...binding.edges.map(
      (edge) => `${printEnd(edge.from)} -> ${printEnd(edge.to)}${edge.step ? ` (${edge.step})` : ""}${edge.maybe ? " ?" : ""}`,
    ),
    ...binding.runs.map(printRun),
    ...(binding.output ? [`prints ${printContent(binding.output)}`] : []),
    ...binding.doubts.map((doubt) => {
      const about = doubt.about.length > 0 ? ` about ${doubt.about.map(printResource).join(", ")}` : "";
      return `doubt ${doubt.kind}: ${doubt.text}${doubt.role === "argument" ? "" : ` as ${doubt.role}`}${doubt.by ? ` by ${doubt.by}` : ""}${about}`;
    }),
  ];
}

const printContent = (content: Content): string => [...content.lines.map(printValue), ...(content.more ? ["…"] : [])].join(" | ");

function printBoundEffect({ kind, on, attributes, at }: BoundEffect): string {
  const details = Object.entries(attributes).map(([name, value]) => (value === true ? name : `${name}=${printValue(value)}`));
  return [`${kind}s`, printWhole(on), ...details].join(" ") + printAt(at);
}

/** With scheme and route, which examples leave out. */
function printWhole(on: Resource): string {
  return `${on.scheme ? `${on.scheme}://` : ""}${printResource(on)}${on.route ? `${printValue(on.route)}` : ""}`;
}

function printAt(at: PlaceChange | undefined): string {
  if (!at) return "";
  const mounts = (at.mounts ?? []).map(
    (mount) => `${printValue(mount.source)}:${printValue(mount.target)}${mount.writable ? "" : ":ro"}`,
  );
  const more = [...mounts, ...(at.privileged ? ["privileged"] : []), ...(at.capabilities ?? []), ...(at.namespaces ?? [])];
  return ` @${at.kind} ${printValue(at.name)}${more.length > 0 ? ` [${more.join(" ")}]` : ""}`;
}

function printEnd(end: End): string {
  switch (end.kind) {
    case "resource":
      return printResource(end.on) + printAt(end.at);
    case "code":
      return `code ${end.language}`;
    case "variable":
      return `$${end.name}`;
    case "data":
      return `"${printValue(end.value)}"`;
    case "stdin":
    case "stdout":
    case "caller":
    case "environment":
    case "process":
      return end.kind;
  }
}

function printRun(run: Run): string {
  const list = (args: readonly Argument[]) =>
    args.map((arg) => printValue(arg.value) + (arg.count === "any" ? "…" : "")).join(" ");
  const what =
    run.as === "argv"
      ? list(run.argv)
      : run.as === "script"
        ? `${run.language ?? "script"} ${run.path ? printValue(run.path.value) : "stdin"}`
        : `${run.as === "shell" ? run.shell : run.language}: ${printValue(run.code.value)}`;
  const args = run.as === "argv" || run.args.length === 0 ? "" : ` [${list(run.args)}]`;
  const env = (run.env ?? []).map(({ name, value }) => ` ${name}=${printValue(value)}`).join("");
  return [
    `runs ${what}${args}`,
    run.becomes ? ` as ${printValue(run.becomes)}` : "",
    printAt(run.enters),
    run.cwd ? ` in ${printValue(run.cwd)}` : "",
    env,
    run.cleared ? " cleared" : "",
    run.deferredBy ? ` later by ${printResource(run.deferredBy)}` : "",
    run.stdin ? ` stdin ${printContent(run.stdin) || "nothing"}` : "",
    run.stdinFrom ? ` stdin ${printEnd(run.stdinFrom)}` : "",
    run.stdout ? ` stdout ${printEnd(run.stdout)}` : "",
  ].join("");
}
