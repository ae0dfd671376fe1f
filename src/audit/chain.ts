import { createHash } from "node:crypto";

/** Hash that the first line of a log names. */
export const ORIGIN = "0".repeat(64);

const OPENING = ',"hash":"';
const CLOSING = '"}';
const SUFFIX = OPENING.length + 64 + CLOSING.length;
/** Longest line that is written; `arguments` are left out before it is reached. */
export const MOST_LINE = 64 * 1024;

/** Where a log ends: what the next line has to continue. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const START: Head = { seq: 0, hash: ORIGIN };

/** A record, numbered and chained, as the bytes of its line. */
export function link(record: object, time: string, head: Head): { readonly bytes: Buffer; readonly head: Head } {
  const seq = head.seq + 1;
  const body = JSON.stringify({ seq, time, ...record, prev: head.hash }).slice(0, -1);
  const hash = createHash("sha256").update(body).digest("hex");
  return { bytes: Buffer.from(`${body}${OPENING}${hash}${CLOSING}\n`), head: { seq, hash } };
}

/** A line whose own hash holds; else why it does not. */
export interface Held {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly value: unknown;
}

/** Without its newline. The suffix is compared byte for byte, so that no edit of it goes unnoticed. */
export function hold(line: Buffer): Held | { readonly problem: string } {
  const at = line.length - SUFFIX;
  const suffix = at > 0 ? line.toString("latin1", at) : "";
  if (!suffix.startsWith(OPENING) || !suffix.endsWith(CLOSING)) return { problem: "does not end with a hash" };
  const hash = suffix.slice(OPENING.length, -CLOSING.length);
  if (createHash("sha256").update(line.subarray(0, at)).digest("hex") !== hash)
    return { problem: "was changed: its hash differs" };
  const value = parsed(line.toString("utf8"));
  if (typeof value !== "object" || value === null || !("seq" in value) || !("prev" in value))
    return { problem: "is no line of an audit log" };
  const { seq, prev } = value;
  if (typeof seq !== "number" || typeof prev !== "string") return { problem: "is no line of an audit log" };
  return { seq, prev, hash, value };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
