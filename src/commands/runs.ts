import type { Statement, Subject } from "../knowledge/command.ts";
import type { Run } from "../model/binding.ts";
import { NOTHING } from "../model/content.ts";
import { printResource, type Resource } from "../model/resource.ts";
import { type Argument, exact, exactText, prefixOf, type Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import { type Facts, fires, holds } from "./conditions.ts";
import { drains, fed } from "./feed.ts";
import { terminals, touch } from "./flows.ts";
import { placeOf } from "./places.ts";
import { pairsOf } from "./shapes/pairs.ts";
import { readUrl } from "./shapes/url.ts";
import { meantBy, valuesOf } from "./subjects.ts";
import { joinWords, prefixed, stripped } from "./words.ts";
import type { Work } from "./work.ts";

type RunRule = Extract<Statement, { verb: "run" }>;
type Around = Omit<Run, "as" | "argv" | "code" | "shell" | "args" | "language" | "path">;
const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "dash", "zsh", "ash", "ksh", "mksh", "rbash", "fish", "csh", "tcsh"]);

/** `runs: ARGUMENT`: the programs and the code that the program runs. */
export function bindRun(statement: RunRule, work: Work): boolean {
  let fired = false;
  for (const { name, words } of subjects(statement, work)) {
    const facts = work.facts([name, words[0]]);
    if (fires(statement, facts) === "no") continue;
    fired = true;
    for (const word of words) work.use(word, "code");
    const around = aroundOf(statement, facts, work);
    const args = (statement.args ?? []).flatMap((arg) => work.values(arg));
    for (const arg of args) work.use(arg, "argument");
    for (const run of runsOf(statement, words, args, around, work)) work.runs.push(run);
  }
  return fired;
}

interface Spoken {
  readonly name?: string;
  /** None: stdin. */
  readonly words: readonly Given[];
}

/** The texts to run: an argument's words by occurrence, a fixed text, or stdin. */
function subjects(statement: RunRule, work: Work): readonly Spoken[] {
  const { subject } = statement;
  if ("port" in subject) return [{ words: [] }];
  if ("text" in subject) {
    const texts = statement.as === "argv" ? subject.text.split(" ") : [subject.text];
    return [
      { words: texts.map((text) => ({ value: exact(text), count: "one", span: work.call.span, group: 0, byDefault: true })) },
    ];
  }
  const name = subject.argument;
  const words = work
    .values(name)
    .flatMap((given) => valuesOf(name, given, statement, work).map(({ value }): Given => keep(given, value, work)));
  if (statement.as !== "argv" && statement.join === undefined) return words.map((word) => ({ name, words: [word] }));
  const groups = new Map<number, Given[]>();
  for (const word of words) {
    const group = groups.get(word.group);
    if (group) group.push(word);
    else groups.set(word.group, [word]);
  }
  return [...groups.values()].map((group) => ({ name, words: group }));
}

/** The word, or the value of its key; then the word itself is used. */
function keep(given: Given, value: Value, work: Work): Given {
  if (value === given.value) return given;
  work.use(given, "code");
  return { value, count: given.count, span: given.span, group: given.group };
}

function runsOf(
  statement: RunRule,
  words: readonly Given[],
  args: readonly Argument[],
  around: Around,
  work: Work,
): readonly Run[] {
  const first = words[0];
  if ("port" in statement.subject && statement.as !== "argv") {
    const language = statement.as === "shell" ? shellOf(statement, work) : statement.language;
    return [{ as: "script", ...(language === undefined ? {} : { language }), args, ...around }];
  }
  if (statement.as === "argv") return commandsOf(statement, words, args, work).map((argv) => ({ as: "argv", argv, ...around }));
  const joined = first && joinWords(words, statement.join ?? " ");
  const code = joined && adapted(joined, statement);
  if (!code) return [];
  const texts = statement.feed ? fed([code], statement.feed, work).flatMap((list) => list.slice(0, 1)) : [code];
  const local = statement.as === "script" ? texts.filter((text) => !fetched(statement, text, work)) : texts;
  return local.map((text) => codeRun(statement, text, args, around, work));
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

/** The program and its arguments, once for each set of items. */
function commandsOf(
  statement: RunRule,
  words: readonly Given[],
  args: readonly Argument[],
  work: Work,
): readonly (readonly Argument[])[] {
  const [first, ...rest] = words;
  const program = first && adapted(first, statement);
  if (first && !program) return [];
  const own = program ? [statement.under === undefined ? program : prefixed(program, `${statement.under} `), ...rest] : [];
  const command = [...own, ...args];
  if (statement.feed) return fed(command, statement.feed, work);
  return command.length > 0 ? [command] : [];
}

function adapted(word: Argument, statement: RunRule): Argument | undefined {
  const rest = statement.strip === undefined ? word : stripped(word, statement.strip);
  return rest && (statement.prepend === undefined ? rest : prefixed(rest, statement.prepend));
}

/** The shell the facts name, the one the program is itself, else sh. */
function shellOf(statement: RunRule, work: Work): string {
  if (statement.language !== undefined) return statement.language;
  const { program } = work.parsed;
  return SHELLS.has(program) ? program : SHELLS.has(work.parsed.grammar.spec.id) ? work.parsed.grammar.spec.id : "sh";
}

function aroundOf(statement: RunRule, facts: Facts, work: Work): Around {
  const enters = statement.outside ? undefined : placeOf(work);
  const cwd = statement.cwd === undefined ? undefined : work.last(statement.cwd);
  work.use(cwd, "argument");
  const env = statement.env === undefined ? [] : environmentOf(statement.env, work);
  const deferredBy = statement.deferredBy && deferring(statement.deferredBy, work);
  const stdin = statement.stdin && terminals(statement.stdin, "from", {}, work)[0];
  const stdout = statement.stdout && terminals(statement.stdout, "to", {}, work)[0];
  if (stdin) touch(stdin, "read", {}, work);
  if (stdout) touch(stdout, "write", {}, work);
  for (const terminal of [stdin, stdout]) work.use(terminal?.meant?.given, "argument");
  return {
    span: work.call.span,
    ...(work.becomes ? { becomes: work.becomes } : {}),
    ...(enters ? { enters } : {}),
    ...(cwd ? { cwd: cwd.value } : {}),
    ...(env.length > 0 ? { env } : {}),
    ...(statement.cleared && holds(statement.cleared, facts) !== "no" ? { cleared: true } : {}),
    ...(deferredBy ? { deferredBy } : {}),
    ...(drains(statement.feed) ? { stdin: NOTHING } : {}),
    ...(stdin ? { stdinFrom: stdin.end } : {}),
    ...(stdout ? { stdout: stdout.end } : {}),
  };
}

function environmentOf(name: string, work: Work): readonly { readonly name: string; readonly value: Value }[] {
  return work.values(name).flatMap((given) => {
    work.use(given, "argument");
    return pairsOf(work.shape(name), given.value).flatMap((pair) => {
      const key = exactText(pair.key);
      return key === undefined ? [] : [{ name: key, value: pair.value }];
    });
  });
}

function deferring(subject: Subject, work: Work): Resource | undefined {
  const [meant] = meantBy(subject, {}, work);
  work.use(meant?.given, "argument");
  return meant?.reading.kind === "resource" ? meant.reading.on : undefined;
}
