import { builtin, createAnalyzer } from "../../src/index.ts";
import { readFolder } from "../../src/load/folder.ts";
import { DECISIONS, type Decision } from "../../src/model/finding.ts";
import { type Case, readSuites } from "../../src/suite/read.ts";

/** A fixture that is a shell string. */
export interface Text {
  readonly given: Case;
  readonly command: string;
  readonly decision: Decision;
}

export const analyzer = createAnalyzer();

const { cases } = readSuites(readFolder("fixtures"), builtin());
const texts = cases.flatMap((given): Text[] =>
  "command" in given.input && given.profile === "standard" && (given.context.shell ?? "bash") === "bash"
    ? [{ given, command: given.input.command, decision: analyzer.analyze(given.input, given.context).decision }]
    : [],
);

export const commands: readonly string[] = texts.map(({ command }) => command);
export const attacks: readonly Text[] = texts.filter(({ decision }) => decision !== "allow");

export const isLower = (decision: Decision, than: Decision): boolean => DECISIONS.indexOf(decision) < DECISIONS.indexOf(than);
