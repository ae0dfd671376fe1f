import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { Lines } from "./lines.ts";
import { MOST_ANSWER, type Upstream, type UpstreamEvents } from "./upstream.ts";

const NEWLINE = Buffer.from("\n");
const GRACE = 2_000;

/** A server as a child process: messages on its stdin and stdout, its stderr is ours. */
export function startChild(command: readonly string[], events: UpstreamEvents): Upstream {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const over = new Promise<void>((resolve) => {
    const gone = (why: string, code: number): void => {
      events.gone(why, code);
      resolve();
    };
    child.on("error", (error) => gone(`${program} cannot be started: ${error.message}`, 127));
    child.on("close", (code, signal) => gone(`the server ended (${signal ?? `exit code ${code}`})`, code ?? 1));
  });
  const lines = new Lines(events.line, events.long, MOST_ANSWER);
  child.stdout.on("data", (chunk: Buffer) => lines.take(chunk));
  // It is gone soon after, and that is said then.
  child.stdin.on("error", () => undefined);
  return {
    send: (line) => void child.stdin.write(Buffer.concat([line, NEWLINE])),
    get full() {
      return child.stdin.writableNeedDrain;
    },
    drained: () => drained(child.stdin),
    end: () => end(child, over),
  };
}

async function end(child: ChildProcessByStdio<Writable, Readable, null>, over: Promise<void>): Promise<void> {
  child.stdin.end();
  const timers = [setTimeout(() => child.kill("SIGTERM"), GRACE), setTimeout(() => child.kill("SIGKILL"), 2 * GRACE)];
  await over;
  for (const timer of timers) clearTimeout(timer);
}

const drained = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    if (!stream.writableNeedDrain || stream.destroyed) return resolve();
    stream.once("drain", () => resolve());
    stream.once("close", () => resolve());
  });
