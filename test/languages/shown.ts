import { readCode } from "../../src/languages/read.ts";
import type { BoundEffect, End, Run } from "../../src/model/binding.ts";
import { effectVerb } from "../../src/model/effect.ts";
import { printResource, type Resource } from "../../src/model/resource.ts";
import { type Argument, exact, printValue, type Value } from "../../src/model/value.ts";

/** Everything a piece of code was found to do, a phrase each: `reads /etc/passwd; /etc/passwd -> stdout`. `~x~` in it is a variable of the operator. */
export function shown(language: string, code: string, ...args: readonly string[]): string {
  const argument = (text: string): Argument => ({ value: holed(text), count: "one", span: { start: 0, end: code.length } });
  const binding = readCode(language, argument(code), args.map(argument));
  const phrases = [
    ...binding.effects.map(effect),
    ...binding.edges.map(({ from, to, step }) => `${end(from)} -> ${end(to)}${step ? ` (${step})` : ""}`),
    ...binding.runs.map(run),
    ...binding.doubts.map(({ kind, source, text }) => `${kind}${source ? ` ${source}` : ""}: ${text}`),
    ...(binding.output?.lines.length ? [`prints ${binding.output.lines.map(printValue).join("|")}`] : []),
  ];
  return phrases.join("; ");
}

function holed(text: string): Value {
  const pieces = text
    .split("~x~")
    .flatMap((part, i) => (i === 0 ? [part] : [{ origin: { by: "operator" as const, name: "x" } }, part]));
  return pieces.length === 1 ? exact(text) : { kind: "pattern", pieces };
}

function effect({ kind, on, attributes }: BoundEffect): string {
  const words = Object.entries(attributes).map(([name, value]) =>
    value === true ? ` ${name}` : ` ${name}=${printValue(value)}`,
  );
  return `${effectVerb(kind)} ${resource(on)}${words.join("")}`;
}

const resource = (on: Resource): string =>
  `${on.scheme ? `${on.scheme}://` : ""}${printResource(on)}${on.route ? printValue(on.route) : ""}`;

function end(of: End): string {
  if (of.kind === "resource") return resource(of.on);
  if (of.kind === "data") return `'${printValue(of.value)}'`;
  if (of.kind === "variable") return `$${of.name}`;
  return of.kind === "code" ? `code ${of.language}` : of.kind;
}

function run(of: Run): string {
  const what =
    of.as === "argv"
      ? of.argv.map((arg) => printValue(arg.value)).join(" ")
      : of.as === "script"
        ? `${of.language ?? ""} file ${of.path ? printValue(of.path.value) : "stdin"}`
        : `${of.as === "code" ? of.language : of.shell}: ${printValue(of.code.value)}`;
  const stdin = of.stdin ? ` << ${of.stdin.lines.map(printValue).join("|")}` : of.stdinFrom ? ` < ${end(of.stdinFrom)}` : "";
  const env = of.env ? ` with ${of.env.map(({ name, value }) => `${name}=${printValue(value)}`).join(" ")}` : "";
  return `runs ${what}${stdin}${of.stdout ? ` > ${end(of.stdout)}` : ""}${of.cwd ? ` in ${printValue(of.cwd)}` : ""}${env}`;
}
