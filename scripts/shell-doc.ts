import { builtin } from "../src/index.ts";
import type { Invocation } from "../src/model/invocation.ts";
import { exactText, printValue } from "../src/model/value.ts";
import { trace } from "../src/trace/trace.ts";
import { CONSTRUCTS, type Construct } from "./shell-constructs.ts";

export type Treatment = "evaluated" | "over-approximated" | "doubt";

/** What argvet makes of a construct: the argv it predicts, whether each word is known, and what it doubts. */
export interface Treated {
  readonly predicted: readonly string[];
  readonly exact: boolean;
  readonly doubts: readonly string[];
}

/** `k1` is no known program, which is no news here. */
export function treat({ script, shell }: Construct): Treated {
  const facts = trace({ input: { command: script }, context: shell ? { shell } : {} }, builtin());
  const ran = facts.invocations.filter(({ program }) => isMarked(exactText(program) ?? "k"));
  return {
    predicted: ran.map(argvOf),
    exact: ran.every(({ program, args }) =>
      [program, ...args.map(({ value }) => value)].every((value) => exactText(value) !== undefined),
    ),
    doubts: facts.doubts.filter(({ kind }) => kind !== "unknown-command").map(({ kind, text }) => `${kind}: ${text}`),
  };
}

const isMarked = (name: string): boolean => name.startsWith("k");

/** The notation of what bash ran, too. */
export const argvOf = ({ program, args }: Pick<Invocation, "program" | "args">): string =>
  [program, ...args.map(({ value }) => value)].map((value) => `[${exactText(value) ?? printValue(value)}]`).join("");

export function treatmentOf({ predicted, exact, doubts }: Treated, ran: readonly string[]): Treatment {
  if (doubts.length > 0) return "doubt";
  const same = predicted.toSorted().join("\n") === ran.toSorted().join("\n");
  return exact && same ? "evaluated" : "over-approximated";
}

const cell = (text: string): string =>
  `\`${text.replaceAll("\n", "⏎").replaceAll("\t", "⇥").replaceAll("|", "\\|").replaceAll("``", "` `")}\``;

/** `docs/shell.md`. `ran`: what the shell itself ran for each construct, as recorded. */
export function shellDoc(ran: Readonly<Record<string, readonly string[]>>): readonly [path: string, text: string] {
  const groups = [...new Set(CONSTRUCTS.map(({ group }) => group))];
  const counts = { evaluated: 0, "over-approximated": 0, doubt: 0 };
  const tables = groups.map((group) => {
    const lines = CONSTRUCTS.filter((construct) => construct.group === group).map((construct) => {
      const treated = treat(construct);
      const treatment = treatmentOf(treated, ran[construct.script] ?? []);
      counts[treatment] += 1;
      const said = treatment === "doubt" ? `doubt (${treated.doubts[0]})` : treatment;
      return `| ${construct.name} | ${cell(construct.script)} | ${treated.predicted.map(cell).join(" ")} | ${said.replaceAll("|", "\\|")} |`;
    });
    return `## ${group}\n\n| construct | script | argv that argvet predicts | treated |\n| --- | --- | --- | --- |\n${lines.join("\n")}\n`;
  });
  return [
    "docs/shell.md",
    `# What becomes of each construct of the shell

\`k1\`, \`k2\`, … are programs. *Evaluated*: argvet predicts exactly the argv that the shell runs. *Over-approximated*: what the shell runs is among what
argvet predicts, beside more, or with words that are not known exactly. *Doubt*: argvet says that it does not know. Tests ask the shell itself; the page is
written by \`npm run generate\`.

${counts.evaluated} evaluated, ${counts["over-approximated"]} over-approximated, ${counts.doubt} doubts.

${tables.join("\n")}`,
  ];
}
