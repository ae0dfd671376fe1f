import { readFileSync } from "node:fs";
import { Failure, reason } from "./failure.ts";

/** In a file, since other users see a process's arguments. */
export function secretIn(option: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new Failure(`${option} ${file}: ${reason(error)}`);
  }
  if (text.length < 16) throw new Failure(`${option} ${file}: expected at least 16 characters`);
  return text;
}
