import { LIMITS } from "../model/limits.ts";
import { type Locate, locatedAt, type Span, shiftedBy } from "../model/span.ts";
import { type Argument, exactText, type Piece, type Value } from "../model/value.ts";
import type { Script } from "../syntax/ast.ts";
import { parse } from "../syntax/parse.ts";
import type { Machine } from "./machine.ts";
import type { Frame } from "./state.ts";

/** Parses text that a shell reads; what could not be read is a doubt. Undefined when nothing is left to walk. */
export function parseText(machine: Machine, frame: Frame, text: string, at?: Span, locate?: Locate): Script | undefined {
  const where = locate ?? (at ? locatedAt(at) : frame.locate);
  if (at && text.length > LIMITS.nestedLength) {
    machine.doubt({ kind: "limit", text: "code is too long", span: at, role: "code", about: [] });
    return undefined;
  }
  // Parsing costs fuel too: text that doubles itself through eval ends here.
  if (!machine.spend(text.length >> 6, at ?? where(0, 0))) return undefined;
  const parsed = parse(text, { shell: frame.shell });
  for (const problem of parsed.problems) {
    const span = where(problem.span.start, problem.span.end);
    machine.doubt({ kind: problem.kind, text: problem.text, span, role: "code", about: [] });
  }
  for (const { start, end } of outOfSight(text, parsed.script))
    machine.doubt({ kind: "syntax", text: "the command goes on out of sight", span: where(start, end), role: "code", about: [] });
  const crowded = crowdedLine(text, parsed.script);
  if (crowded) {
    const span = where(crowded.start, crowded.end);
    machine.doubt({ kind: "limit", text: "more commands on one line than anybody reads", span, role: "code", about: [] });
  }
  if (!at && isJson(text))
    machine.doubt({ kind: "syntax", text: "this is JSON, not a command", span: where(0, text.length), role: "code", about: [] });
  return parsed.script;
}

/** `{"command":"sh","args":["-c","id"]}`: whoever takes it apart runs something else than the shell would. */
function isJson(text: string): boolean {
  const plain = text.trim();
  if (!plain.startsWith('{"') && !plain.startsWith("[")) return false;
  try {
    JSON.parse(plain);
    return true;
  } catch {
    return false;
  }
}

/** The command on a line after as many as are let pass. */
function crowdedLine(text: string, script: Script): Span | undefined {
  let count = 0;
  let before = 0;
  for (const { span } of script.statements) {
    const newline = text.indexOf("\n", before);
    count = newline >= 0 && newline < span.start ? 1 : count + 1;
    if (count > LIMITS.commandsOfLine) return span;
    before = span.end;
  }
  return undefined;
}

/** Blank lines, blanks on one line, or comments, that push what follows off any screen. */
const SCREEN = { lines: 48, columns: 512, comment: 16_384 };

/** Statements that stand far below or far right of those before them. */
function outOfSight(text: string, script: Script): readonly Span[] {
  let before = 0;
  return script.statements.flatMap(({ span }) => {
    const from = before;
    before = span.end;
    return span.start - from > SCREEN.comment || isFar(text, from, span.start) ? [{ start: span.start, end: span.end }] : [];
  });
}

function isFar(text: string, from: number, to: number): boolean {
  let lines = 0;
  let columns = 0;
  for (let i = from; i < to && lines < SCREEN.lines && columns < SCREEN.columns; i++) {
    const char = text[i];
    if (char === "\n") {
      lines++;
      columns = 0;
    } else if (char === " " || char === "\t" || char === "\r" || char === "\\") columns++;
    else lines = columns = 0;
  }
  return lines >= SCREEN.lines || columns >= SCREEN.columns;
}

/** Text that will be read again, with its holes written as placeholder characters. */
export interface Reread {
  readonly text: string;
  readonly holes: ReadonlyMap<string, Value>;
  readonly locate: Locate;
  /** Names of existing files stand in it. */
  readonly globs?: true;
}

/** Undefined when nothing of the text is known. */
export function reread(machine: Machine, code: Argument): Reread | undefined {
  const { value, span } = code;
  const known = exactText(value);
  if (known !== undefined) {
    const locate = code.verbatim === undefined ? locatedAt(span) : shiftedBy(code.verbatim, span.argument);
    return { text: known, holes: new Map(), locate };
  }
  if (value.kind !== "pattern") return undefined;
  const holes = new Map<string, Value>();
  const all = value.pieces.filter((piece) => typeof piece === "string").join("");
  let text = "";
  for (const piece of value.pieces) {
    if (typeof piece === "string") text += piece;
    else text += placeholder(machine, piece, all, value, holes);
  }
  const globs = value.pieces.some((piece) => typeof piece !== "string" && piece.glob !== undefined);
  return { text, holes, locate: locatedAt(span), ...(globs ? { globs } : {}) };
}

function placeholder(
  machine: Machine,
  hole: Exclude<Piece, string>,
  all: string,
  whole: Value,
  holes: Map<string, Value>,
): string {
  if (hole.glob) return hole.glob === "char" ? (hole.set === undefined ? "?" : `[${hole.set}]`) : "*";
  const char = machine.nextPlaceholder(all) ?? "";
  holes.set(char, { kind: "unknown", origin: hole.origin, ...(whole.from ? { from: whole.from } : {}) });
  return char;
}

/** Every text that code may be: alternatives are read one by one. */
export function alternatives(code: Argument): readonly Argument[] {
  const { value } = code;
  if (value.kind !== "oneOf") return [code];
  return value.texts.map((text) => ({ ...code, value: { kind: "exact", text, ...(value.from ? { from: value.from } : {}) } }));
}
