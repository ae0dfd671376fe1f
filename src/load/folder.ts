import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { KnowledgeFile } from "./knowledge.ts";

/** Every YAML file under a folder, in the order of their paths. Throws what node throws if there is no such folder. */
export function readFolder(folder: string): readonly KnowledgeFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".yaml"));
  return paths.sort().map((path) => readKnowledgeFile(join(folder, path)));
}

export const readKnowledgeFile = (path: string): KnowledgeFile => ({ path, text: readFileSync(path, "utf8") });
