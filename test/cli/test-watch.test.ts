import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Failure } from "../../src/cli/failure.ts";
import type { Io } from "../../src/cli/io.ts";
import { watch } from "../../src/cli/test-watch.ts";

const folder = mkdtempSync(join(tmpdir(), "argvet-watch-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("runs again at each change, says what can't be read, and ends with the last run's code", { timeout: 20_000 }, async () => {
  const stop = new AbortController();
  const said: string[] = [];
  const runs = [() => 0, () => Promise.reject(new Failure("a.yaml:1:1: the file is empty")), () => 1];
  let at = 0;
  const io: Partial<Io> = {
    complain: (line) => void said.push(line),
    write: async (text) => {
      said.push(text);
      if (at < runs.length) setTimeout(() => writeFileSync(join(folder, at > 3 ? "report.xml" : "a.yaml"), String(at)), 50);
      else stop.abort();
      return true;
    },
  };
  const code = await watch(
    { folders: [folder], matters: (name) => name === "a.yaml" },
    io as Io,
    async () => runs[at++]?.() ?? 9,
    stop.signal,
  );
  const waiting = "watching; press Ctrl+C to end\n";
  expect([code, at, said]).toEqual([1, 3, [waiting, "a.yaml:1:1: the file is empty", waiting, waiting]]);
});
