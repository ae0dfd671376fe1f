import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { replaceFile } from "../../src/cli/write-file.ts";

const folder = mkdtempSync(join(tmpdir(), "argvet-write-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the file is another one with the same mode, and a link still is one", () => {
  const file = join(folder, "a");
  writeFileSync(file, "before", { mode: 0o640 });
  symlinkSync("a", join(folder, "link"));
  const before = statSync(file);
  replaceFile(join(folder, "link"), "after ü");
  const after = statSync(file);
  expect([readFileSync(join(folder, "link"), "utf8"), after.mode, after.ino === before.ino]).toEqual([
    "after ü",
    before.mode,
    false,
  ]);
  expect(readdirSync(folder).sort()).toEqual(["a", "link"]);
});

test("what can't be written leaves the file as it is", () => {
  const file = join(folder, "b");
  writeFileSync(file, "before");
  writeFileSync(join(folder, `.b.${process.pid}.new`), "another's");
  expect(() => replaceFile(file, "after")).toThrow("EEXIST");
  expect(readFileSync(file, "utf8")).toBe("before");
});
