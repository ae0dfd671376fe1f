import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { AuditError } from "./files.ts";

export interface Lock {
  release(): void;
}

/** One writer a log: two would break its chain. A lock whose process is gone is taken over. */
export function lock(path: string): Lock {
  const mine = `${process.pid} ${bornAt(process.pid)}`;
  for (const last of [false, true]) {
    try {
      writeFileSync(path, mine, { flag: "wx", mode: 0o600 });
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      const owner = ownerOf(path);
      if (last || !(error instanceof Error) || !("code" in error) || error.code !== "EEXIST")
        throw new AuditError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      if (owner !== undefined) throw new AuditError(`${path}: process ${owner} writes this log; give each its own`);
      rmSync(path, { force: true });
    }
  }
  throw new AuditError(`${path}: could not be taken`);
}

/** The process that holds the lock, if it still runs and is still the same. */
function ownerOf(path: string): number | undefined {
  const [pid = "", born = ""] = read(path).split(" ");
  const number = Number(pid);
  return Number.isInteger(number) && number > 0 && born !== "" && isAlive(number) && bornAt(number) === born ? number : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Numbers of processes are used again, and in a container always the same: Linux says when each began (proc(5), field 22). */
function bornAt(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "?";
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
