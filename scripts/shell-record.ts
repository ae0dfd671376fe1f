import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CONSTRUCTS } from "./shell-constructs.ts";

/** What real shells run for each construct: argv by argv. A shell that is not installed leaves its constructs out. */
export const RECORD = "scripts/shell-ran.json";
type Ran = Readonly<Record<string, readonly string[]>>;

export const recorded = (): Ran => JSON.parse(readFileSync(RECORD, "utf8")) as Ran;

/** Runs every construct with programs that only say how they were called. */
export function askShells(): Ran {
  const folder = mkdtempSync(join(tmpdir(), "argvet-shell-"));
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const name of ["k1", "k2", "k3"]) {
    const path = join(bin, name);
    writeFileSync(path, `#!/bin/sh\nline="[${name}]"\nfor a; do line="$line[$a]"; done\nprintf '%s\\001' "$line" >> "$K_LOG"\n`);
    chmodSync(path, 0o755);
  }
  const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: folder, LC_ALL: "C.UTF-8" };
  const ran: Record<string, readonly string[]> = {};
  for (const { script, shell = "bash" } of CONSTRUCTS) {
    const log = join(folder, `log${Object.keys(ran).length}`);
    writeFileSync(log, "");
    const { error } = spawnSync(shell, ["-c", script], {
      cwd: folder,
      env: { ...env, K_LOG: log },
      timeout: 5_000,
      stdio: "ignore",
    });
    // Processes that nobody waits for.
    if (/[<>]\(|&|coproc/.test(script)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    if (!error)
      ran[script] = readFileSync(log, "utf8")
        .split("\u0001")
        .filter((line) => line !== "");
  }
  rmSync(folder, { recursive: true });
  return ran;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(RECORD, `${JSON.stringify({ ...recorded(), ...askShells() }, undefined, 2)}\n`);
