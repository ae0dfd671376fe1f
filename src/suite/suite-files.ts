import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { linesOfFile } from "./file-lines.ts";

/**
 * The suites that a path stands for: the file itself, or every `.yaml`, `.yml` and `.jsonl` under a folder, in the order of their paths.
 * JSON lines are a suite if the first of them is one of a suite: other data may lie beside it.
 *
 * @throws what node throws if there is no such file or folder.
 */
export function suiteFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  return names.map((name) => join(path, name)).filter(isSuite);
}

export const sizeOf = (path: string): number => statSync(path).size;

function isSuite(path: string): boolean {
  if (path.endsWith(".yaml") || path.endsWith(".yml")) return true;
  return path.endsWith(".jsonl") && /"(suite|expect)"\s*:/.test(firstLine(path));
}

function firstLine(path: string): string {
  for (const { text } of linesOfFile(path)) return text;
  return "";
}
