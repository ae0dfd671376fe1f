import { closeSync, openSync, readFileSync, readSync } from "node:fs";

/** Bytes that are no text. */
export class NoText extends Error {}

/** @throws what node throws if the file can't be read, and NoText if it is not UTF-8. */
export function textOfFile(path: string): string {
  return decode(readFileSync(path), 0);
}

/** A line without its end, and the number of lines before it. */
export interface FileLine {
  readonly text: string;
  readonly before: number;
}

const PIECE = 256 * 1024;
const LONGEST = 8 * 1024 * 1024;
const LINE_FEED = 10;

/**
 * The lines of a file, read piece by piece.
 *
 * @throws what node throws if the file can't be read, and NoText if it is not UTF-8, or a line too long to be meant.
 */
export function* linesOfFile(path: string): Generator<FileLine> {
  const file = openSync(path, "r");
  try {
    const piece = Buffer.alloc(PIECE);
    let rest = Buffer.alloc(0);
    let before = 0;
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece)) {
      const read = rest.length > 0 ? Buffer.concat([rest, piece.subarray(0, size)]) : piece.subarray(0, size);
      const end = read.lastIndexOf(LINE_FEED) + 1;
      // Whole lines only: a character is never cut in two.
      for (const text of linesIn(decode(read.subarray(0, end), before))) yield { text, before: before++ };
      rest = Buffer.from(read.subarray(end));
      if (rest.length > LONGEST) throw new NoText(`line ${before + 1} is longer than ${LONGEST} bytes`);
    }
    if (rest.length > 0) yield { text: decode(rest, before), before };
  } finally {
    closeSync(file);
  }
}

function linesIn(text: string): readonly string[] {
  if (text === "") return [];
  return text.slice(0, -1).split("\n");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array, before: number): string {
  try {
    const text = utf8.decode(bytes);
    return before === 0 && text.startsWith("\ufeff") ? text.slice(1) : text;
  } catch {
    throw new NoText(`not UTF-8, from line ${before + 1} on`);
  }
}

/** The lines of a text that is in memory. */
export function* linesOfText(text: string): Generator<FileLine> {
  let before = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    yield { text: text.slice(start, end), before: before++ };
    start = end + 1;
  }
}
