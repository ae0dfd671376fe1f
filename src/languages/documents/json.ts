import { type Data, readDocuments } from "./yaml.ts";

const DEEPEST = 64;

/** The value of a JSON text; of one that is not quite JSON, what a YAML reader makes of it. Undefined when it nests too deep. */
export function readJson(text: string): Data | undefined {
  try {
    return dataOf(JSON.parse(text), 0);
  } catch {
    return readDocuments(text)?.[0];
  }
}

function dataOf(value: unknown, depth: number): Data | undefined {
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((item) => dataOf(item, depth + 1) ?? "");
  if (typeof value !== "object" || value === null) return value === null ? "" : String(value);
  return new Map(Object.entries(value).map(([key, item]) => [key, dataOf(item, depth + 1) ?? ""]));
}
