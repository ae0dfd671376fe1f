import { dirname, join } from "node:path";
import type { Context } from "../model/subject.ts";
import { shellOf } from "../sources/script.ts";
import { NoText, textOfFile } from "./file-lines.ts";

type Script = { readonly text: string; readonly shell: NonNullable<Context["shell"]> } | { readonly problem: string };

/** A script that a case names; relative to the folder of its suite. */
export function readScript(name: string, suite: string): Script {
  const path = join(dirname(suite), name);
  try {
    const text = textOfFile(path);
    const script = shellOf(text, name);
    return "shell" in script
      ? { text, shell: script.shell }
      : { problem: `${path} is no shell script: its first line names ${script.other}` };
  } catch (error) {
    if (error instanceof NoText) return { problem: `${path} is ${error.message}` };
    return { problem: `there is no file ${path} that can be read` };
  }
}
