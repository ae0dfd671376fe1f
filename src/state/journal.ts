import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import type { Dump, Event } from "./ledger.ts";
import { StateError } from "./state.ts";

/** A line of the file. `by` is the writer's own mark, by which it finds its line again. */
export type Entry =
  | { readonly by: string; readonly at: number; readonly event: Event }
  | { readonly at: number; readonly dump: Dump }
  /** The file goes on in another, if nobody wrote between `upto` and this line. */
  | { readonly next: string; readonly upto: number };

const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;
const SMALLEST = 1024 * 1024;

/**
 * An append-only file that several processes write and read. Its order decides, so no lock is held by anybody who may die:
 * each appends its event, reads on, and takes what its event came to in that order.
 */
export class Journal {
  readonly #path: string;
  #fd: number;
  #at = 0;
  #rest: Buffer = Buffer.alloc(0);
  #enough = SMALLEST;

  constructor(path: string) {
    this.#path = path;
    this.#fd = openSync(path, FLAGS, 0o600);
  }

  /** A newline before as well: half a line that a killed process left does not spoil this one. */
  append(entry: Entry): void {
    const bytes = Buffer.from(`\n${JSON.stringify(entry)}\n`);
    if (writeSync(this.#fd, bytes) !== bytes.length) throw new StateError(`${this.#path}: the disk is full`);
  }

  /** Entries that were written since the last call, whoever wrote them. Undefined between two files: what follows starts anew. */
  *news(): Generator<Entry | undefined> {
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      const entry = read(line.text);
      if (entry === undefined) continue;
      if (!("next" in entry)) yield entry;
      else if (entry.upto === line.start) {
        this.#moveTo(entry.next);
        yield undefined;
      } else rmSync(entry.next, { force: true });
    }
  }

  /** The next whole line and where it begins (the newline before it counts). */
  #line(): { readonly text: string; readonly start: number } | undefined {
    for (;;) {
      const end = this.#rest.indexOf(10, this.#rest[0] === 10 ? 1 : 0);
      if (end >= 0) {
        const start = this.#at - this.#rest.length;
        const text = this.#rest.toString("utf8", 0, end);
        this.#rest = this.#rest.subarray(end + 1);
        return { text, start };
      }
      const { size } = fstatSync(this.#fd);
      if (size <= this.#at) return undefined;
      const chunk = Buffer.alloc(Math.min(size - this.#at, 1 << 20));
      const got = readSync(this.#fd, chunk, 0, chunk.length, this.#at);
      if (got === 0) return undefined;
      this.#at += got;
      this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, got)]);
    }
  }

  /** Once most of the file is history: what it comes to is written to another, and a last line points there. */
  compact(dump: () => Dump, now: number): void {
    if (this.#at < this.#enough || this.#rest.length > 0) return;
    const next = `${this.#path}.${randomBytes(6).toString("hex")}`;
    writeFileSync(next, `${JSON.stringify({ at: now, dump: dump() } satisfies Entry)}\n`, { flag: "wx", mode: 0o600 });
    this.append({ next, upto: this.#at });
  }

  /** Whoever first sees where the file goes on puts that in its place. */
  #moveTo(next: string): void {
    try {
      renameSync(next, this.#path);
    } catch {
      // Somebody else was quicker.
    }
    closeSync(this.#fd);
    this.#fd = openSync(this.#path, FLAGS, 0o600);
    this.#at = 0;
    this.#rest = Buffer.alloc(0);
    this.#enough = Math.max(SMALLEST, 4 * fstatSync(this.#fd).size);
  }

  /** Throws a StateError when the file at the path is another one: somebody took it away. */
  guard(): void {
    const here = statSync(this.#path, { throwIfNoEntry: false });
    const mine = fstatSync(this.#fd);
    if (here?.ino !== mine.ino && mine.size <= this.#at)
      throw new StateError(`${this.#path}: was taken away; restart to begin anew`);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** Half lines and empty ones are nobody's. */
function read(text: string): Entry | undefined {
  if (text.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && ("event" in value || "dump" in value || "next" in value);
}
