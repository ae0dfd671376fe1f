import type { Shape, Statement } from "../knowledge/command.ts";
import type { Run } from "../model/binding.ts";
import { printResource } from "../model/resource.ts";
import { type Argument, exact, exactText, prefixOf } from "../model/value.ts";
import { fed, fedTexts } from "./feed.ts";
import { programOfPackage } from "./shapes/package.ts";
import { readUrl } from "./shapes/url.ts";
import { framed, joinWords, stripped, withValue } from "./words.ts";
import type { Work } from "./work.ts";

export type RunRule = Extract<Statement, { verb: "run" }>;
/** What all forms of runs have. */
export type Around = Omit<Run, "as" | "argv" | "code" | "shell" | "args" | "language" | "path">;

const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "dash", "zsh", "ash", "ksh", "mksh", "rbash", "fish", "csh", "tcsh"]);

/** The words as they are run: joined, stripped, with what is put before them. Undefined if they do not begin as they must. */
export function spokenBy(
  statement: RunRule,
  words: readonly Argument[],
  shape: Shape | undefined,
): readonly Argument[] | undefined {
  const first = statement.as === "argv" ? program(words[0], shape) : joinWords(words, statement.join ?? " ");
  if (!first) return words;
  const bare = statement.strip === undefined ? first : stripped(first, statement.strip);
  if (!bare) return undefined;
  const before = statement.prepend ?? (statement.as === "argv" && statement.under !== undefined ? `${statement.under} ` : "");
  const after = statement.append ?? "";
  const whole = before === "" && after === "" ? bare : framed(bare, before, after);
  return statement.as === "argv" ? [whole, ...words.slice(1)] : [whole];
}

/** A package is run by the program it is named after. */
function program(word: Argument | undefined, shape: Shape | undefined): Argument | undefined {
  const text = shape === "package" ? exactText(word?.value) : undefined;
  const name = text === undefined ? undefined : programOfPackage(text);
  return word && name !== undefined && name !== text ? withValue(word, exact(name, word.value.from)) : word;
}

/** No words: what is run comes from stdin. */
export function runsOf(
  statement: RunRule,
  words: readonly Argument[],
  args: readonly Argument[],
  around: Around,
  work: Work,
): readonly Run[] {
  if (statement.as === "argv")
    return commandsOf(statement, [...words, ...args], work).map((argv) => ({ as: "argv", argv, ...around }));
  const [code] = words;
  if (!code) {
    const language = statement.as === "shell" ? shellOf(statement, work) : statement.language;
    return [{ as: "script", ...(language === undefined ? {} : { language }), args, ...around }];
  }
  const texts = statement.feed ? fedTexts(code, statement.feed, work) : [code];
  const local = statement.as === "script" ? texts.filter((text) => !fetched(statement, text, work)) : texts;
  return local.map((text) => codeRun(statement, text, args, around, work));
}

/** The program and its arguments, once for each set of items. */
function commandsOf(statement: RunRule, command: readonly Argument[], work: Work): readonly (readonly Argument[])[] {
  if (statement.feed) return fed(command, statement.feed, work);
  return command.length > 0 ? [command] : [];
}

function codeRun(statement: RunRule, code: Argument, args: readonly Argument[], around: Around, work: Work): Run {
  const { language } = statement;
  if (statement.as === "shell") return { as: "shell", code, shell: shellOf(statement, work), args, ...around };
  if (statement.as === "code") return { as: "code", code, language: language ?? "text", args, ...around };
  const spoken = language === undefined ? {} : { language };
  if (exactText(code.value) === "-") return { as: "script", ...spoken, args, ...around };
  return { as: "script", ...spoken, path: code, args, ...around };
}

/** A script that is a URL: it is downloaded, and what comes is code that we cannot read. */
function fetched(statement: RunRule, code: Argument, work: Work): boolean {
  const prefix = prefixOf(code.value);
  const reading = prefix.includes("://") && !prefix.startsWith("file:") ? readUrl(code.value) : undefined;
  if (reading?.kind !== "resource") return false;
  const { on } = reading;
  const { span } = code;
  work.effect({ kind: "connect", on, attributes: {}, span });
  work.edge({ kind: "resource", on, span }, { kind: "code", language: statement.language ?? "script" }, span);
  work.doubts.push({
    kind: "opaque-code",
    text: `code from ${printResource(on)} is not known`,
    span,
    role: "code",
    source: "network",
    about: [on],
  });
  return true;
}

/** The shell the facts name, the one the program is itself, else sh. */
function shellOf(statement: RunRule, work: Work): string {
  if (statement.language !== undefined) return statement.language;
  const { program } = work.parsed;
  return SHELLS.has(program) ? program : SHELLS.has(work.parsed.grammar.spec.id) ? work.parsed.grammar.spec.id : "sh";
}
