import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Head, hold, MOST_LINE, START } from "./chain.ts";

/** The log at a path cannot be continued or read; the message says why and what to do. */
export class AuditError extends Error {}

const DIGITS = 12;

/** Name of a file that was rotated away, by the number of its last line, so that names sort. */
export const rotatedName = (path: string, lastSeq: number): string => `${path}.${String(lastSeq).padStart(DIGITS, "0")}`;

/** Files of the log that were rotated away, oldest first. */
export function rotatedFiles(path: string): readonly string[] {
  const prefix = `${basename(path)}.`;
  const isRotated = (name: string): boolean =>
    name.length === prefix.length + DIGITS && name.startsWith(prefix) && Number.isInteger(Number(name.slice(prefix.length)));
  return namesIn(dirname(path))
    .filter(isRotated)
    .sort()
    .map((name) => join(dirname(path), name));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export interface Tail {
  readonly head: Head;
  /** Bytes up to the end of the last whole line. */
  readonly whole: number;
  /** Bytes after it: a line that was not written to its end. */
  readonly torn: number;
}

/** The end of one file. Throws an AuditError when its last whole line does not hold. */
export function tailOf(path: string): Tail | null {
  const fd = openSync(path, "r");
  try {
    const { size } = fstatSync(fd);
    if (size === 0) return null;
    const from = Math.max(0, size - 2 * MOST_LINE - 2);
    const bytes = Buffer.alloc(size - from);
    readSync(fd, bytes, 0, bytes.length, from);
    const end = bytes.lastIndexOf(10);
    if (end < 0 && from > 0)
      throw new AuditError(`${path}: no line ends in its last ${bytes.length} bytes; move it away to begin a new log`);
    if (end < 0) return { head: START, whole: 0, torn: size };
    const held = hold(bytes.subarray(bytes.lastIndexOf(10, end - 1) + 1, end));
    if ("problem" in held)
      throw new AuditError(
        `${path}: the last line ${held.problem}; see argvet audit verify, and move the file away to begin a new log`,
      );
    return { head: held, whole: from + end + 1, torn: bytes.length - end - 1 };
  } finally {
    closeSync(fd);
  }
}
