import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Tests that need a real Redis say so when there is none. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis)
  console.warn("SKIPPED: redis-server is not installed; tests of the shared state do not run (apt-get install redis-server)");

export interface RealRedis {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A redis-server of its own on a free port. */
export async function startRedis(port?: number): Promise<RealRedis> {
  const on = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), "argvet-redis-"));
  const child = spawn("redis-server", [
    "--port",
    String(on),
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    folder,
    "--bind",
    "127.0.0.1",
  ]);
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
    child.stdout.on("data", (data: Buffer) => data.includes("Ready to accept") && resolve());
  });
  return {
    url: `redis://127.0.0.1:${on}`,
    port: on,
    process: child,
    stop: (signal = "SIGKILL") =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once("exit", () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        child.kill("SIGCONT");
        child.kill(signal);
      }),
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
