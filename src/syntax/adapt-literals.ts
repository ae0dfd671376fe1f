import type { Part } from "./ast.ts";
import type { Reading } from "./reading.ts";
import { report, spanOf } from "./reading.ts";

/**
 * How characters outside expansions and quotes are read.
 * `operand`: the word of `"${x-word}"`; `arithmetic`: also subscripts.
 */
export type Mode = "bare" | "double" | "operand" | "document" | "arithmetic";

const ESCAPABLE: Readonly<Record<Exclude<Mode, "bare">, string>> = {
  double: '$`"\\',
  operand: '$`"\\}',
  document: "$`\\",
  arithmetic: '$`"\\',
};

/** Reads source[from, to), which holds no expansion and no quote, to parts: runs of text and escapes. */
export function readText(reading: Reading, from: number, to: number, mode: Mode, out: Part[]): void {
  const { source } = reading;
  let text = "";
  let start = from;
  let run = from;
  const flush = (end: number) => {
    text += source.slice(run, end);
    // A continuation alone gives an empty part, which keeps the parts without gaps.
    if (end > start) pushText(reading, text, start, end, mode, out);
    text = "";
    start = end;
    run = end;
  };
  for (let at = from; at < to; at += 1) {
    const code = source.charCodeAt(at);
    if (code !== 92) {
      if (isActive(source, at, to, code, mode)) reportActive(reading, at);
      continue;
    }
    const next = at + 1 < to ? source.charAt(at + 1) : "";
    if (next === "\n") {
      text += source.slice(run, at);
      run = at + 2;
      at += 1;
    } else if (next !== "" && (mode === "bare" || ESCAPABLE[mode].includes(next))) {
      flush(at);
      // An array subscript is expanded twice: `a=([\\$(k1)]=)` runs k1.
      if (mode === "arithmetic" && (next === "$" || next === "`")) reportActive(reading, at);
      out.push({ kind: "quoted", text: next, how: "escape", span: spanOf(reading, at, at + 2) });
      start = at + 2;
      run = at + 2;
      at += 1;
    }
  }
  flush(to);
}

function pushText(reading: Reading, text: string, start: number, end: number, mode: Mode, out: Part[]): void {
  const span = spanOf(reading, start, end);
  if (mode === "double" || mode === "operand" || mode === "document") out.push({ kind: "quoted", text, how: "double", span });
  else out.push({ kind: "literal", text, span });
}

const AFTER_DOLLAR = /^[A-Za-z0-9_@*#?$!({['"\\-]/;

/** Whether the shell would start an expansion or a quote here. Then the parser has missed it. */
function isActive(source: string, at: number, to: number, code: number, mode: Mode): boolean {
  switch (code) {
    case 96:
      return true;
    case 36: {
      const next = at + 1 < to ? source.charAt(at + 1) : "";
      if (next === "\\") return source[at + 2] === "\n";
      if (next === "'" || next === '"') return mode === "bare";
      return next !== "" && AFTER_DOLLAR.test(next);
    }
    case 34:
      return mode === "bare" || mode === "double" || mode === "operand";
    case 39:
      return mode === "bare";
    case 60:
    case 62:
      return mode === "bare" && source[afterContinuations(source, at + 1)] === "(" && at + 1 < to;
    default:
      return false;
  }
}

function afterContinuations(source: string, from: number): number {
  let at = from;
  while (source.startsWith("\\\n", at)) at += 2;
  return at;
}

function reportActive(reading: Reading, at: number): void {
  report(reading, `${reading.source.slice(at, at + 2).trimEnd()} here cannot be read reliably`, at, at + 1);
}
