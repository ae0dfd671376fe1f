import { type EndSpec, type PathsBelow, SHAPES, type Shape, type Subject } from "../knowledge/command.ts";
import { RESOURCE_KINDS } from "../model/resource.ts";
import { ARGUMENT } from "./condition.ts";
import { nearest, suggest } from "./nearest.ts";
import { present } from "./present.ts";
import type { Scope } from "./scope.ts";
import type { Path } from "./source.ts";

/** How the statement reads its argument: one value of key=value, of a shape of its own. */
export interface Reading {
  readonly key?: readonly string[];
  readonly shape?: Shape;
}

const PORTS = ["stdin", "stdout", "caller", "environment", "process"] as const;
const ALL_SHAPES: readonly Shape[] = [...new Set<Shape>([...SHAPES, ...RESOURCE_KINDS])];
/** Shapes whose text names nothing that could be acted on. */
const NO_RESOURCE: ReadonlySet<Shape> = new Set<Shape>([
  "mode",
  "pattern",
  "code",
  "argv",
  "text",
  "name",
  "number",
  "key=value",
  "key=value,...",
]);

export function compileShape(text: string, scope: Scope, path: Path): Shape | undefined {
  const shape = ALL_SHAPES.find((known) => known === text);
  if (!shape) scope.source.problem(path, `"${text}" is no type${suggest(text, ALL_SHAPES)}`);
  return shape;
}

/** An argument, a fixed resource `kind:text`, or paths under an argument. */
export function compileSubject(text: string, scope: Scope, path: Path, reading: Reading = {}): Subject | undefined {
  const subject = readSubject(text, scope, path, reading);
  if (subject && "argument" in subject && !namesResource(subject.argument, scope, path, reading)) return undefined;
  return subject;
}

/** One end of a flow. What flows in may be text; where it goes must be something. */
export function compileEnd(
  text: string,
  scope: Scope,
  path: Path,
  end: "from" | "to",
  reading: Reading = {},
): EndSpec | undefined {
  const port = PORTS.find((name) => name === text);
  if (port) return { port };
  if (text.startsWith("code:")) return { code: text.slice("code:".length) };
  const near = /^[a-z]+$/.test(text) ? nearest(text, PORTS) : undefined;
  if (near !== undefined) {
    scope.source.problem(path, `"${text}" is no end of a flow; did you mean "${near}"?`);
    return undefined;
  }
  return end === "to" ? compileSubject(text, scope, path, reading) : readSubject(text, scope, path, reading);
}

/** `paths under ROOT`, `paths under ROOT named PATTERN`; `undefined` when the text is nothing of the kind. */
export function compilePaths(text: string, scope: Scope, path: Path): PathsBelow | undefined {
  const match = /^paths under (\S+)(?: named (\S+))?$/.exec(text);
  const [, paths, named] = match ?? [];
  if (paths === undefined) return undefined;
  scope.argument(paths, path);
  if (named !== undefined) scope.argument(named, path);
  return { paths, ...present({ named }) };
}

function readSubject(text: string, scope: Scope, path: Path, reading: Reading): Subject | undefined {
  const below = compilePaths(text, scope, path);
  if (below) return below;
  if (ARGUMENT.test(text)) return scope.argument(text, path) ? { argument: text } : undefined;
  const colon = text.indexOf(":");
  const name = colon < 0 ? text : text.slice(0, colon);
  const kind = RESOURCE_KINDS.find((known) => known === name);
  if (colon > 0 && kind && colon + 1 < text.length) {
    for (const [, argument = ""] of text.matchAll(/\{([^{}]*)\}/g))
      if (argument !== "KEY" || !reading.key) scope.argument(argument, path);
    if (/[{}]/.test(text.replaceAll(/\{[^{}]*\}/g, "")))
      scope.source.problem(path, `"${text}": a brace stands alone; an argument is {NAME}`);
    return { kind, text: text.slice(colon + 1) };
  }
  if (colon < 0)
    scope.source.problem(path, `"${text}" is no argument (arguments are capitals) and no fixed resource (kind:text)`);
  else scope.source.problem(path, `"${text}" is no fixed resource: expected kind:text${suggest(name, RESOURCE_KINDS)}`);
  return undefined;
}

function namesResource(argument: string, scope: Scope, path: Path, reading: Reading): boolean {
  const shape = reading.shape ?? (reading.key ? "text" : scope.shape(argument));
  if (!NO_RESOURCE.has(shape)) return true;
  const where = reading.key ? "with type: in this statement" : "under types";
  scope.source.problem(path, `${argument} names no resource: its type is ${shape}; give it one ${where} (path, url, account, …)`);
  return false;
}
