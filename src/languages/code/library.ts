import { EFFECT_KINDS, type EffectKind, effectVerb } from "../../model/effect.ts";
import type { Transform } from "../../model/flow.ts";

/**
 * What a library's functions do, a line each: `os.rename shutil.move(src, dst): src -> dst; deletes src`.
 * A method of a handle is named by the handle's type: `<socket>.send(data): data -> self`. What is in no line only makes data of data.
 *
 * - `VERB SUBJECT [FLAG...] [ATTRIBUTE=PARAM...]` an effect: `deletes path recursive`
 * - `FROM -> TO [STEP]` data moves; out of a path is a read, into it a write, out of or into a url a connection
 * - `runs PARAM as shell|argv|words|path|LANGUAGE [captured]` a program is run; `words`: this parameter and all after it
 * - `gives TYPE [at SUBJECT]` a handle; `returns PARAM|self` the same thing again
 * - `opaque TEXT` what it does cannot be told; `does NAME` is said in the language's own folder
 *
 * A subject is a parameter, whose name says what it is (`path`, `src`, `dst`, `dir`: a path; `url`; `address`: host and port; else data),
 * `KIND(PARAM)`, `SCHEME//(HOST, PORT)`, a fixed `KIND:TEXT`, or one of `self result stdin stdout caller environment process`.
 */
export interface Entry {
  readonly params: readonly Parameter[];
  readonly actions: readonly Action[];
}

export interface Parameter {
  readonly name: string;
  readonly fallback?: string;
}

export type Subject =
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "port"; readonly name: "self" | "result" | "stdin" | "stdout" | "caller" | "environment" | "process" }
  | { readonly kind: "resource"; readonly of: string; readonly name: string }
  | { readonly kind: "host"; readonly scheme: string; readonly host: string; readonly port: string }
  | { readonly kind: "fixed"; readonly of: string; readonly text: string };

export type Action =
  | {
      readonly verb: "effect";
      readonly kind: EffectKind;
      readonly on: Subject;
      readonly flags: readonly string[];
      readonly attributes: readonly (readonly [string, string])[];
    }
  | { readonly verb: "flow"; readonly from: Subject; readonly to: Subject; readonly step?: Transform; readonly append: boolean }
  | { readonly verb: "run"; readonly name: string; readonly as: string; readonly captured: boolean }
  | { readonly verb: "gives"; readonly type: string; readonly at?: Subject }
  | { readonly verb: "returns"; readonly name: string }
  | { readonly verb: "opaque"; readonly text: string }
  | { readonly verb: "does"; readonly name: string };

export type Library = ReadonlyMap<string, Entry>;

const KINDS: ReadonlyMap<string, EffectKind> = new Map(EFFECT_KINDS.map((kind) => [effectVerb(kind), kind]));
const PORTS: ReadonlySet<string> = new Set(["self", "result", "stdin", "stdout", "caller", "environment", "process"]);

/** Reads a table. A line that begins with a blank goes on from the line before. */
export function readLibrary(table: string): Library {
  const library = new Map<string, Entry>();
  for (const line of table.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const open = line.indexOf("(");
    const close = line.indexOf("):");
    const entry: Entry = {
      params: list(line.slice(open + 1, close), ",").map(parameter),
      actions: list(line.slice(close + 2), ";").map(action),
    };
    for (const name of list(line.slice(0, open), " ")) library.set(name, entry);
  }
  return library;
}

const list = (text: string, separator: string): readonly string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");

function parameter(text: string): Parameter {
  const [name = "", fallback] = text.split("=");
  return fallback === undefined ? { name } : { name, fallback };
}

function action(text: string): Action {
  const words = list(text.replaceAll(", ", ","), " ");
  const [first = "", second = "", third = ""] = words;
  const arrow = words.indexOf("->");
  if (arrow > 0) {
    const [to = "", ...rest] = words.slice(arrow + 1);
    const step = rest.find((word) => word !== "append") as Transform | undefined;
    return {
      verb: "flow",
      from: subject(words.slice(0, arrow).join("")),
      to: subject(to),
      append: rest.includes("append"),
      ...(step ? { step } : {}),
    };
  }
  if (first === "runs") return { verb: "run", name: second, as: words[3] ?? "shell", captured: words.includes("captured") };
  if (first === "gives")
    return { verb: "gives", type: second, ...(third === "at" ? { at: subject(words.slice(3).join("")) } : {}) };
  if (first === "returns") return { verb: "returns", name: second };
  if (first === "opaque") return { verb: "opaque", text: words.slice(1).join(" ") };
  if (first === "does") return { verb: "does", name: second };
  const kind = KINDS.get(first);
  if (kind === undefined) throw new Error(`no such action: ${text}`);
  const rest = words.slice(2);
  const attributes = rest
    .filter((word) => word.includes("="))
    .map((word): readonly [string, string] => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]);
  return { verb: "effect", kind, on: subject(second), flags: rest.filter((word) => !word.includes("=")), attributes };
}

function subject(text: string): Subject {
  if (PORTS.has(text)) return { kind: "port", name: text as Extract<Subject, { kind: "port" }>["name"] };
  const open = text.indexOf("(");
  if (open > 0) {
    const inside = list(text.slice(open + 1, -1), ",");
    const of = text.slice(0, open);
    return of.endsWith("//")
      ? { kind: "host", scheme: of.slice(0, -2), host: inside[0] ?? "", port: inside[1] ?? "" }
      : { kind: "resource", of, name: inside[0] ?? "" };
  }
  const colon = text.indexOf(":");
  if (colon > 0) return { kind: "fixed", of: text.slice(0, colon), text: text.slice(colon + 1) };
  return { kind: "parameter", name: text };
}
