import { type Argument, carry, concat, exact, exactText, unknown, type Value } from "../../model/value.ts";

/** Code as a parser can read it: what is not known of it is written as a name that stands nowhere else in it. */
export interface Source {
  readonly text: string;
  readonly holes: ReadonlyMap<string, Value>;
}

/** Undefined when nothing of the code is known, or when a stranger chose a part of it: that may be any code. */
export function sourceOf(code: Argument): Source | undefined {
  const { value } = code;
  const known = exactText(value);
  if (known !== undefined) return { text: known, holes: new Map() };
  if (value.kind !== "pattern") return undefined;
  const all = value.pieces.filter((piece) => typeof piece === "string").join("");
  const holes = new Map<string, Value>();
  let text = "";
  for (const piece of value.pieces) {
    if (typeof piece === "string") text += piece;
    else if (piece.origin.by === "network" || piece.origin.by === "input") return undefined;
    else {
      const name = nameFor(all, holes.size);
      if (name === undefined) return undefined;
      holes.set(name, carry({ kind: "unknown", origin: piece.origin }, value.from));
      text += name;
    }
  }
  return { text, holes };
}

function nameFor(all: string, count: number): string | undefined {
  if (count >= 64) return undefined;
  for (const stem of ["hole", "gap", "blank", "lacuna"]) {
    // All of one length, so that none is the beginning of another.
    if (!all.includes(`${stem}_`)) return `${stem}_${String.fromCharCode(97 + (count >> 4), 97 + (count & 15))}`;
  }
  return undefined;
}

/** Text of the code with its holes again. */
export function fill(text: string, holes: ReadonlyMap<string, Value>): Value {
  if (holes.size === 0) return exact(text);
  const parts: Value[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const name = [...holes.keys()].find((candidate) => text.startsWith(candidate, at));
    if (name === undefined) continue;
    parts.push(exact(text.slice(start, at)), holes.get(name) ?? unknown("unsupported"));
    start = at + name.length;
    at = start - 1;
  }
  return parts.length === 0 ? exact(text) : concat([...parts, exact(text.slice(start))]);
}
