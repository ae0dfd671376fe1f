import { type FSWatcher, watch as watchFile } from "node:fs";
import { basename } from "node:path";
import { EXIT_ERROR } from "./exit.ts";
import { describe } from "./failure.ts";
import type { Io } from "./io.ts";

/** Editors write a file in several steps. */
const QUIET_MS = 150;

/** What to look at. Reports may be written into the same folders, so not every change matters. */
export interface Watched {
  readonly folders: readonly string[];
  /** `name`: the file's, without folders. */
  matters(name: string): boolean;
}

/** Runs again whenever something that matters changes, until it is told to stop; the exit code is that of the last run. */
export async function watch(watched: Watched, io: Io, run: () => Promise<number>, stop: AbortSignal): Promise<number> {
  const watchers: FSWatcher[] = [];
  const changes = new Changes(stop);
  try {
    for (const folder of watched.folders)
      watchers.push(
        watchFile(folder, { recursive: true }, (_, path) => {
          if (path === null || watched.matters(basename(path))) changes.note();
        }),
      );
    for (;;) {
      const code = await attempt(run, io);
      await io.write("watching; press Ctrl+C to end\n");
      if (!(await changes.next())) return code;
    }
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

/** A suite that can't be read is said, and waited for to be mended. */
async function attempt(run: () => Promise<number>, io: Io): Promise<number> {
  try {
    return await run();
  } catch (error) {
    io.complain(describe(error));
    return EXIT_ERROR;
  }
}

/** A run that goes on is given a moment. */
const MOMENT_MS = 200;
const INTERRUPTED = 130;

export function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      controller.abort();
      setTimeout(() => process.exit(INTERRUPTED), MOMENT_MS).unref();
    });
  return controller.signal;
}

/** Waits for a change, and then for quiet. */
class Changes {
  private readonly stop: AbortSignal;
  private timer: NodeJS.Timeout | undefined;
  private wake: (() => void) | undefined;
  private due = false;

  constructor(stop: AbortSignal) {
    this.stop = stop;
    stop.addEventListener("abort", () => {
      clearTimeout(this.timer);
      this.wake?.();
    });
  }

  note(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.due = true;
      this.wake?.();
    }, QUIET_MS);
  }

  /** False: no more. */
  async next(): Promise<boolean> {
    if (!this.due && !this.stop.aborted)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    this.due = false;
    return !this.stop.aborted;
  }
}
