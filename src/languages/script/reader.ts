import { type Binding, EMPTY_BINDING } from "../../model/binding.ts";
import { LIMITS } from "../../model/limits.ts";
import type { Argument, Hole, Value } from "../../model/value.ts";
import { evaluate } from "./evaluate.ts";
import { type Dialect, Interpreter } from "./interpreter.ts";
import { argumentFiles } from "./reading.ts";

/** The first of the characters that stand for holes; no keyboard has them. */
const PLACEHOLDER = 0xe000;

type Reader = (code: Argument, args: readonly Argument[]) => Binding | undefined;

/** Reads a script by going through it in order. Undefined when its text is not known; `lines`: it runs for each line of its input. */
export function readerOf(dialect: Dialect, lines = false, prepare: (text: string) => string = (text) => text): Reader {
  return (code, args) => {
    const { value } = code;
    if (value.kind === "oneOf")
      return joinedBindings(
        value.texts.map((text) => readerOf(dialect, lines, prepare)({ ...code, value: { kind: "exact", text } }, args)),
      );
    const spelled = spell(value);
    if (spelled === undefined || spelled.text.length > LIMITS.nestedLength) return undefined;
    const interpreter = new Interpreter(dialect, evaluate, { code, args, holes: spelled.holes, lines });
    if (lines) argumentFiles(interpreter);
    interpreter.readSource(prepare(spelled.text));
    for (const [name, block] of interpreter.functions)
      if (!interpreter.called.has(name)) interpreter.perhaps(() => interpreter.enter(block, []));
    return interpreter.binding();
  };
}

function joinedBindings(bindings: readonly (Binding | undefined)[]): Binding | undefined {
  const all = bindings.flatMap((binding) => binding ?? []);
  if (all.length < bindings.length) return undefined;
  return {
    ...EMPTY_BINDING,
    effects: all.flatMap((binding) => binding.effects),
    edges: all.flatMap((binding) => binding.edges),
    runs: all.flatMap((binding) => binding.runs),
    doubts: all.flatMap((binding) => binding.doubts),
  };
}

/** Known text, with a character for each hole. What the network, a program or the caller put into code could be any code. */
function spell(value: Value): { readonly text: string; readonly holes: ReadonlyMap<string, Value> } | undefined {
  if (value.kind === "exact") return { text: value.text, holes: new Map() };
  if (value.kind !== "pattern") return undefined;
  const holes = new Map<string, Value>();
  let text = "";
  for (const piece of value.pieces) {
    if (typeof piece === "string") text += piece;
    else {
      if (isForeign(piece)) return undefined;
      const char = String.fromCharCode(PLACEHOLDER + holes.size);
      holes.set(char, { kind: "unknown", origin: piece.origin });
      text += char;
    }
  }
  return { text, holes };
}

const isForeign = ({ origin }: Hole): boolean => origin.by === "network" || origin.by === "input";
