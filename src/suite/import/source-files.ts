import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Importer, SourceFile } from "./gathering.ts";

/**
 * The files of a source that an importer reads, in the order of their names: the one that is named, or those of a folder.
 *
 * @throws what node throws if there is no such file or folder.
 */
export function sourceFiles(path: string, { folder, wants }: Pick<Importer, "wants" | "folder">): readonly SourceFile[] {
  if (!statSync(path).isDirectory()) return [fileAt(path, basename(path))];
  const root = folder !== undefined && existsSync(join(path, folder)) ? join(path, folder) : path;
  const names = readdirSync(root, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll("\\", "/").replace(/^\/+/, ""));
  return names
    .filter((name) => !/(^|\/)(\.git|node_modules)\//.test(name) && wants(name))
    .sort()
    .map((name) => fileAt(join(root, name), name));
}

const fileAt = (path: string, name: string): SourceFile => ({ path, name, bytes: () => readFileSync(path) });
