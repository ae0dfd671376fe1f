import { fileState } from "./file.ts";
import { memoryState } from "./memory.ts";
import type { State } from "./state.ts";

/** `memory`, `redis://…` (or `rediss://`), or the path of a file. Throws a StateError when it cannot be opened. */
export async function openState(where: string, say: (text: string) => void): Promise<State> {
  if (where === "memory") return memoryState();
  if (where.startsWith("redis://") || where.startsWith("rediss://")) return (await import("./redis.ts")).redisState(where, say);
  return fileState(where);
}
