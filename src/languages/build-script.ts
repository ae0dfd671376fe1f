import type { Binding } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";
import { quoted } from "./text-calls.ts";

interface Literal {
  readonly text: string;
  /** What stands between the literal before and this one. */
  readonly before: string;
  readonly after: string;
}

/** Words that name a program: `commandLine` (Gradle 8), `run_command` and `command:` (Meson 1.3), `executable=` (Ant 1.10). */
const STARTERS = ["commandLine", "executable", "run_command", "command", "commandLine(", "executable("];
/** What may stand between a program and its arguments. */
const BETWEEN: ReadonlySet<string> = new Set(["", "arg", "args", "value", "line"]);

/** Build scripts in a language that nothing here reads: the programs they start by name and literal words. */
export function readBuildScript(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  const found = literalsOf(withoutComments(text));
  found.forEach(({ text: first, before, after }, at) => {
    if (after.startsWith(".execute()") && first !== "") draft.shell(exact(first));
    if (!endsWithStarter(before)) return;
    const rest = found.slice(at + 1);
    const end = rest.findIndex((next) => !isBetween(next.before));
    const words = [first, ...(end < 0 ? rest : rest.slice(0, end)).map((literal) => literal.text)];
    const { span } = draft;
    draft.runs.push({ as: "argv", argv: words.map((word) => ({ value: exact(word), count: "one", span })), span });
  });
  return draft.binding();
}

function endsWithStarter(before: string): boolean {
  let end = before.length;
  while (end > 0 && " \t\n=:([".includes(before[end - 1] ?? "x")) end--;
  const bare = before.slice(0, end);
  return STARTERS.some((name) => bare.endsWith(name));
}

function isBetween(between: string): boolean {
  let word = "";
  for (const char of `${between.toLowerCase()} `) {
    if (char >= "a" && char <= "z") word += char;
    else if (!BETWEEN.has(word) || !" ,/<>=:()[]\t\n".includes(char)) return false;
    else word = "";
  }
  return between.length < 60 && !between.includes("\n\n");
}

function literalsOf(text: string): readonly Literal[] {
  const found: Literal[] = [];
  let since = 0;
  for (let at = 0; at < text.length && found.length < 256; at++) {
    if (text[at] !== '"' && text[at] !== "'") continue;
    const [inner, end] = quoted(text, at);
    found.push({ text: inner, before: text.slice(since, at), after: text.slice(end + 1, end + 12) });
    at = end;
    since = end + 1;
  }
  return found;
}

const withoutComments = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("//") && !line.trimStart().startsWith("#"))
    .join("\n");
