import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Writes a file anew: whoever interrupts it finds the old one or the new one, whole. Links and modes stay. */
export function replaceFile(path: string, text: string): void {
  const target = realpathSync(path);
  const made = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
  const file = openSync(made, "wx", statSync(target).mode);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
    closeSync(file);
    renameSync(made, target);
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  }
}
