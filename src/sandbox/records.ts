import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One program that bash started: by which path, in which folder, with which arguments. */
export interface Started {
  readonly program: string;
  readonly cwd: string;
  readonly args: readonly string[];
}

/** What the stubs wrote: `name NUL folder NUL count NUL arguments…`, one file a process. Undefined if a record is cut off. */
export function readRecords(folder: string): readonly Started[] | undefined {
  const records: Started[] = [];
  for (const file of readdirSync(folder)) {
    const fields = readFileSync(join(folder, file), "utf8").split("\0");
    for (let i = 0; i + 2 < fields.length; ) {
      const count = Number(fields[i + 2]);
      const args = fields.slice(i + 3, i + 3 + count);
      if (!Number.isInteger(count) || args.length < count) return undefined;
      records.push({ program: fields[i] ?? "", cwd: fields[i + 1] ?? "", args });
      i += 3 + count;
    }
  }
  return records;
}
