import { once } from "node:events";
import type { Writable } from "node:stream";

/** What a subcommand has of the process. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** False once nobody reads any more; waits while the reader is behind. */
  write(text: string): Promise<boolean>;
  complain(line: string): void;
  /** Writes to stderr as it stands; only where stderr is a terminal. */
  progress?(text: string): void;
  readonly terminal: boolean;
  readonly columns: number | undefined;
  /** NO_COLOR. */
  readonly colourless: boolean;
  readonly cwd: string;
}

/** The process's own streams. A reader that goes away (`argvet … | head`) is no error. */
export function processIo(): Io {
  const gone = { stdout: false };
  process.stdout.on("error", () => {
    gone.stdout = true;
  });
  process.stderr.on("error", () => undefined);
  return {
    // Only on demand: opening it costs time, and an open one keeps the process.
    get stdin() {
      return process.stdin;
    },
    write: (text) => writeTo(process.stdout, text, () => gone.stdout),
    complain: (line) => void process.stderr.write(`argvet: ${line}\n`),
    ...(process.stderr.isTTY ? { progress: (text: string) => void process.stderr.write(text) } : {}),
    terminal: process.stdout.isTTY === true,
    columns: process.stdout.columns,
    colourless: (process.env.NO_COLOR ?? "") !== "",
    cwd: process.cwd(),
  };
}

async function writeTo(stream: Writable, text: string, gone: () => boolean): Promise<boolean> {
  if (gone()) return false;
  if (!stream.write(text))
    await Promise.race([once(stream, "drain"), once(stream, "close"), once(stream, "error")]).catch(() => undefined);
  return !gone();
}
