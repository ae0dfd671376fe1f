import type { SourceFile } from "../suite/import/gathering.ts";
import { textOf } from "./bytes.ts";
import type { Io } from "./io.ts";

/** What stands for `-`. */
export async function standardInput(io: Io): Promise<SourceFile> {
  const bytes = new TextEncoder().encode(await textOf(io.stdin, "stdin"));
  return { path: "stdin", name: "stdin", bytes: () => bytes };
}

export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
