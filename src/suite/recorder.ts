import type { Tested } from "../report/tests.ts";
import type { Case } from "./case.ts";
import type { Present } from "./edits.ts";

/** Gathers the verdicts of cases that expect none yet, by file and entry. */
export class Recorder {
  readonly problems: string[] = [];
  private readonly found = new Map<string, Map<number, Present | undefined>>();

  /** The commands of a table share one expectation: the rules that all of them meet. */
  add({ file, line, entry, name, expect }: Case, { decision, rules }: Tested): void {
    if (expect.decision !== "record") return;
    const own = this.found.get(file) ?? new Map<number, Present | undefined>();
    this.found.set(file, own);
    const before = own.get(entry);
    if (!own.has(entry)) own.set(entry, { decision, rules });
    else if (before?.decision === decision)
      own.set(entry, { decision, rules: before.rules.filter((rule) => rules.includes(rule)) });
    else if (before) {
      own.set(entry, undefined);
      this.problems.push(
        `${file}:${line}: "${name}" is ${decision}, and the commands before it in its table are ${before.decision}`,
      );
    }
  }

  /** What is to be written into each file. */
  get presents(): ReadonlyMap<string, ReadonlyMap<number, Present>> {
    return new Map(
      [...this.found].map(([file, own]) => [
        file,
        new Map([...own].flatMap(([entry, present]) => (present ? [[entry, present] as const] : []))),
      ]),
    );
  }
}
