import { createReadStream, existsSync } from "node:fs";
import { type Head, hold, MOST_LINE, START } from "./chain.ts";
import { AuditError, rotatedFiles } from "./files.ts";
import { type AuditLine, lineSchema } from "./record.ts";

/** A line of the log, or what is wrong at its place. */
export type Read =
  | { readonly file: string; readonly line: number; readonly record: AuditLine }
  | { readonly file: string; readonly line: number; readonly problem: string };

/** All lines of a log, those that were rotated away first; the chain is checked on the way. Throws an AuditError when there is no log. */
export async function* readLog(path: string): AsyncGenerator<Read> {
  const files = [...rotatedFiles(path), ...(existsSync(path) ? [path] : [])];
  if (files.length === 0) throw new AuditError(`${path}: no such file`);
  const chain = new Chain();
  for (const file of files) {
    let line = 0;
    for await (const bytes of rawLines(file)) yield { file, line: ++line, ...chain.next(bytes) };
  }
}

class Chain {
  #head: Head | undefined;

  next(bytes: Buffer | "torn" | "long"): { readonly record: AuditLine } | { readonly problem: string } {
    if (bytes === "torn") return { problem: "was not written to its end" };
    if (bytes === "long") return { problem: `is longer than ${MOST_LINE} bytes` };
    const held = hold(bytes);
    if ("problem" in held) {
      // Said once: what follows is held against the next line that can be trusted.
      this.#head = undefined;
      return held;
    }
    const before = this.#head ?? (held.seq === 1 ? START : { seq: held.seq - 1, hash: held.prev });
    this.#head = { seq: held.seq, hash: held.hash };
    if (held.seq !== before.seq + 1)
      return { problem: `is number ${held.seq}, expected ${before.seq + 1}: lines were taken out or moved` };
    if (held.prev !== before.hash) return { problem: "does not continue the line before it" };
    const read = lineSchema.safeParse(held.value);
    return read.success
      ? { record: read.data }
      : { problem: `is no line of an audit log: ${read.error.issues[0]?.message ?? ""}` };
  }
}

/** Bytes between newlines; a rest without one is torn. One line in memory at a time. */
async function* rawLines(file: string): AsyncGenerator<Buffer | "torn" | "long"> {
  let rest: Buffer = Buffer.alloc(0);
  let long = false;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    let bytes: Buffer = Buffer.concat([rest, chunk]);
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
      yield long || end > MOST_LINE ? "long" : bytes.subarray(0, end);
      bytes = bytes.subarray(end + 1);
      long = false;
    }
    long ||= bytes.length > MOST_LINE;
    rest = long ? Buffer.alloc(0) : bytes;
  }
  if (long || rest.length > 0) yield "torn";
}

/** What `argvet audit verify` says. */
export interface Checked {
  readonly lines: number;
  readonly first: number;
  readonly last: number;
  /** Hash of the last line: kept elsewhere, it proves later that nothing was cut off at the end. */
  readonly head: string;
  readonly problems: readonly string[];
}

const MOST_PROBLEMS = 20;

export async function checkLog(path: string): Promise<Checked> {
  let lines = 0;
  let first = 0;
  let last: AuditLine | undefined;
  const problems: string[] = [];
  for await (const read of readLog(path)) {
    lines++;
    if ("record" in read) {
      first ||= read.record.seq;
      last = read.record;
    } else if (problems.length < MOST_PROBLEMS) problems.push(`${read.file}:${read.line}: ${read.problem}`);
  }
  return { lines, first, last: last?.seq ?? 0, head: last?.hash ?? START.hash, problems };
}
