import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { type Head, link, MOST_LINE, START } from "./chain.ts";
import { AuditError, rotatedFiles, rotatedName, tailOf } from "./files.ts";
import { type Lock, lock } from "./lock.ts";
import type { AuditRecord } from "./record.ts";

export interface AuditOptions {
  readonly path: string;
  /** A file that reaches this many bytes is rotated away. */
  readonly maxBytes?: number;
  /** Rotated files that are kept. */
  readonly keep?: number;
  /** Wait until the disk has the line, so that it survives a power cut as well as a kill. */
  readonly sync?: boolean;
  readonly now?: () => Date;
}

export interface Audit {
  /** Resolves when the line is in the file; rejects with an AuditError when it is not, and then the call must not go on. */
  append(record: AuditRecord): Promise<void>;
  close(): void;
}

const sync = promisify(fdatasync);
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;

/** Opens a log, repairs a torn tail, and says so in the log. Throws an AuditError when the log does not hold or somebody else writes it. */
export function openAudit(options: AuditOptions): Audit {
  if (!existsSync(dirname(options.path))) mkdirSync(dirname(options.path));
  const held = lock(`${options.path}.lock`);
  try {
    return new FileAudit(options, held);
  } catch (error) {
    held.release();
    throw error instanceof AuditError ? error : new AuditError(`${options.path}: ${wordsOf(error)}`);
  }
}

class FileAudit implements Audit {
  readonly #options: Required<AuditOptions>;
  readonly #lock: Lock;
  #fd: number;
  #size: number;
  #head: Head;
  #syncing: Promise<void> | undefined;

  constructor(options: AuditOptions, held: Lock) {
    this.#options = { maxBytes: 64 * 1024 * 1024, keep: 16, sync: false, now: () => new Date(), ...options };
    this.#lock = held;
    const { path } = options;
    this.#fd = openSync(path, FLAGS, 0o600);
    const tail = tailOf(path);
    this.#size = tail?.whole ?? 0;
    this.#head = tail !== null && tail.whole > 0 ? tail.head : lastRotated(path);
    if (tail !== null && tail.torn > 0) {
      ftruncateSync(this.#fd, tail.whole);
      this.#write({ event: "repair", text: `${tail.torn} bytes of a line that was not written to its end were cut off` });
    }
  }

  async append(record: AuditRecord): Promise<void> {
    try {
      this.#write(record);
      if (this.#options.sync) await this.#synced();
    } catch (error) {
      throw error instanceof AuditError ? error : new AuditError(`${this.#options.path}: ${wordsOf(error)}`);
    }
  }

  #write(record: AuditRecord): void {
    const { bytes, head } = this.#link(record);
    if (this.#size > 0 && this.#size + bytes.length > this.#options.maxBytes) this.#rotate();
    // Cheap, and the only way to notice a second writer, a truncation, or a file that was taken away.
    const { size, nlink } = fstatSync(this.#fd);
    if (size !== this.#size || nlink === 0)
      throw new AuditError(`${this.#options.path}: was changed by somebody else; restart to go on`);
    this.#put(bytes);
    this.#size += bytes.length;
    this.#head = head;
  }

  #link(record: AuditRecord): ReturnType<typeof link> {
    const time = this.#options.now().toISOString();
    const linked = link(record, time, this.#head);
    if (linked.bytes.length <= MOST_LINE || record.event !== "decision") return linked;
    const { arguments: _, ...rest } = record;
    const shorter = link({ ...rest, reason: rest.reason.slice(0, 2000), rules: rest.rules.slice(0, 100) }, time, this.#head);
    if (shorter.bytes.length > MOST_LINE)
      throw new AuditError(`a line of ${shorter.bytes.length} bytes is longer than the log allows`);
    return shorter;
  }

  /** All of the bytes or none: what a full disk took of a line is taken back. */
  #put(bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#fd, bytes, written);
    } catch (error) {
      if (written > 0) ftruncateSync(this.#fd, this.#size);
      throw error;
    }
  }

  #rotate(): void {
    const { path, keep } = this.#options;
    renameSync(path, rotatedName(path, this.#head.seq));
    const old = this.#fd;
    if (this.#options.sync) fdatasyncSync(old);
    // A request to the disk may still be under way.
    if (this.#syncing === undefined) closeSync(old);
    else void this.#syncing.catch(() => undefined).then(() => closeSync(old));
    this.#fd = openSync(path, FLAGS, 0o600);
    this.#size = 0;
    for (const spare of rotatedFiles(path).slice(0, -keep)) unlinkSync(spare);
  }

  /** One request to the disk for all lines that wait for it. */
  async #synced(): Promise<void> {
    if (this.#syncing !== undefined) await this.#syncing.catch(() => undefined);
    this.#syncing ??= sync(this.#fd).finally(() => {
      this.#syncing = undefined;
    });
    await this.#syncing;
  }

  close(): void {
    closeSync(this.#fd);
    this.#lock.release();
  }
}

/** After a rotation that was killed before the new file had a line. */
function lastRotated(path: string): Head {
  const last = rotatedFiles(path).at(-1);
  return last === undefined ? START : (tailOf(last)?.head ?? START);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
