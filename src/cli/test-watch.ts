import { type FSWatcher, watch as watchFile } from "node:fs";
import { EXIT_ERROR } from "./exit.ts";
import { describe } from "./failure.ts";
import type { Io } from "./io.ts";
import { foldersOf } from "./test-cases.ts";

/** Editors write a file in several steps. */
const QUIET_MS = 150;

/** Runs again whenever something under the paths changes, until it is interrupted; the exit code is that of the last run. */
export async function watch(paths: readonly string[], io: Io, run: () => Promise<number>): Promise<number> {
  let code = await attempt(run, io);
  const watchers: FSWatcher[] = [];
  const changes = new Changes();
  const stop = (): void => changes.stop();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    for (const path of foldersOf(paths)) watchers.push(watchFile(path, { recursive: true }, () => changes.note()));
    await io.write("watching; press Ctrl+C to end\n");
    while (await changes.next()) {
      code = await attempt(run, io);
      await io.write("watching; press Ctrl+C to end\n");
    }
  } finally {
    for (const watcher of watchers) watcher.close();
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
  return code;
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

/** Waits for a change, and then for quiet. */
class Changes {
  private timer: NodeJS.Timeout | undefined;
  private wake: ((more: boolean) => void) | undefined;
  private waiting = false;
  private stopped = false;

  note(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(true), QUIET_MS);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.end(false);
  }

  /** False: no more. */
  next(): Promise<boolean> {
    if (this.stopped) return Promise.resolve(false);
    if (this.waiting) {
      this.waiting = false;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private end(more: boolean): void {
    const { wake } = this;
    this.wake = undefined;
    if (wake) wake(more);
    else this.waiting = more;
  }
}
