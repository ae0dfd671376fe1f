import type { Subject } from "../knowledge/command.ts";
import { NOTHING } from "../model/content.ts";
import type { Resource } from "../model/resource.ts";
import { type Argument, exact, exactText, type Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import { type Facts, fires, holds } from "./conditions.ts";
import { drains } from "./feed.ts";
import { terminals, touch } from "./flows.ts";
import { valuesOf } from "./keyed.ts";
import { placeOf } from "./places.ts";
import { type Around, type RunRule, runsOf, spokenBy } from "./run-forms.ts";
import { pairsOf } from "./shapes/pairs.ts";
import { meantBy } from "./subjects.ts";
import type { Work } from "./work.ts";

/** `runs: ARGUMENT`: the programs and the code that the program runs. */
export function bindRun(statement: RunRule, work: Work): boolean {
  let fired = false;
  for (const { name, words, origins } of subjects(statement, work)) {
    const facts = work.facts(name, origins[0]);
    const spoken =
      fires(statement, facts) === "no"
        ? undefined
        : spokenBy(statement, words, statement.shape ?? (name === undefined ? undefined : work.shape(name)));
    if (!spoken) continue;
    fired = true;
    const args = (statement.args ?? []).flatMap((arg) => work.values(arg));
    for (const origin of origins) work.use(origin, "code");
    for (const arg of args) work.use(arg, "argument");
    const around = aroundOf(statement, facts, work);
    for (const run of runsOf(statement, spoken, args, around, work)) work.runs.push(run);
  }
  return fired;
}

/** Words to run, and those that were written: of `key=value` only the value is run. None: stdin. */
interface Spoken {
  readonly name?: string;
  readonly words: readonly Argument[];
  readonly origins: readonly Given[];
}

/** The texts to run: an argument's words by occurrence, a fixed text, or stdin. */
function subjects(statement: RunRule, work: Work): readonly Spoken[] {
  const { subject } = statement;
  if ("port" in subject) return [{ words: [], origins: [] }];
  if ("text" in subject) {
    const texts = statement.as === "argv" ? subject.text.split(" ") : [subject.text];
    return [{ words: texts.map((text) => ({ value: exact(text), count: "one", span: work.call.span })), origins: [] }];
  }
  const name = subject.argument;
  if (statement.key) return work.values(name).flatMap((given) => keyed(name, given, statement, work));
  const words = work.values(name);
  if (statement.as !== "argv" && statement.join === undefined)
    return words.map((word) => ({ name, words: [word], origins: [word] }));
  return grouped(words).map((group) => ({ name, words: group, origins: group }));
}

function keyed(name: string, given: Given, statement: RunRule, work: Work): readonly Spoken[] {
  return valuesOf(name, given, statement, work).map(({ value }) => ({
    name,
    words: [{ value, count: given.count, span: given.span }],
    origins: [given],
  }));
}

function grouped(words: readonly Given[]): readonly (readonly Given[])[] {
  const groups = new Map<number, Given[]>();
  for (const word of words) {
    const group = groups.get(word.group);
    if (group) group.push(word);
    else groups.set(word.group, [word]);
  }
  return [...groups.values()];
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
