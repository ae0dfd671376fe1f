import { clean } from "../report/clean.ts";
import type { Look } from "../report/pretty.ts";
import { textOfFile } from "../suite/file-lines.ts";
import type { Recorder } from "../suite/recorder.ts";
import { type Change, update } from "../suite/update.ts";
import { Failure, reason } from "./failure.ts";
import type { Io } from "./io.ts";
import { replaceFile } from "./write-file.ts";

/** Writes the verdicts into their files and returns the difference, for people. @throws Failure if a file can't be written. */
export function writeVerdicts(recorder: Recorder, { paint }: Look, io: Io): string {
  for (const problem of recorder.problems) io.complain(problem);
  const shown: string[] = [];
  for (const [file, presents] of recorder.presents) {
    if (presents.size === 0) continue;
    const { text, changes, unplaced } = attempt(file, () => update(file, textOfFile(file), presents));
    if (unplaced > 0) io.complain(`${file}: ${unplaced} verdicts have no place to be written to`);
    if (changes.length === 0) continue;
    attempt(file, () => replaceFile(file, text));
    shown.push(`${paint(clean(file), "bold")}\n`, ...changes.flatMap((change) => diff(change, paint)));
  }
  return shown.join("");
}

function diff({ line, before, after }: Change, paint: Look["paint"]): readonly string[] {
  const number = String(line).padStart(5);
  return [
    ...before.split("\n").map((text) => `${number} ${paint(`- ${clean(text)}`, "red")}\n`),
    ...after.split("\n").map((text) => `${number} ${paint(`+ ${clean(text)}`, "green")}\n`),
  ];
}

function attempt<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Failure(`${file}: ${reason(error)}`);
  }
}
