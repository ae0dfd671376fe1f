import type { Binding, Run } from "../model/binding.ts";
import { type Argument, exactText } from "../model/value.ts";

const BLANK = " \t";

/** crontab(5): five fields or `@when`, then a line for sh. A system crontab has a user before it, which is dropped as a word of its own. */
export function readCrontab(code: Argument): Binding | undefined {
  return readLines(code, 0);
}

/** /etc/crontab and /etc/cron.d: the sixth field is the user. */
export function readSystemCrontab(code: Argument): Binding | undefined {
  return readLines(code, 1);
}

function readLines(code: Argument, users: number): Binding | undefined {
  const text = exactText(code.value);
  if (text === undefined) return undefined;
  const runs: Run[] = [];
  let shell = "sh";
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const assigned = assignment(trimmed);
    if (assigned) {
      if (assigned.name === "SHELL") shell = assigned.value.slice(assigned.value.lastIndexOf("/") + 1);
      continue;
    }
    const run = lineOf(trimmed, users, shell, code);
    if (run) runs.push(run);
  }
  return { effects: [], edges: [], runs, doubts: [] };
}

function lineOf(line: string, users: number, shell: string, code: Argument): Run | undefined {
  const skip = (line.startsWith("@") ? 1 : 5) + users;
  let at = 0;
  let user: string | undefined;
  for (let field = 0; field < skip; field++) {
    const start = at;
    while (at < line.length && !BLANK.includes(line[at] ?? "")) at++;
    if (users > 0 && field === skip - 1) user = line.slice(start, at);
    while (at < line.length && BLANK.includes(line[at] ?? "")) at++;
  }
  const command = unescapePercent(line.slice(at));
  if (command === "") return undefined;
  const from = code.value.from ? { from: code.value.from } : {};
  return {
    as: "shell",
    shell,
    code: { value: { kind: "exact", text: command, ...from }, count: "one", span: code.span },
    args: [],
    span: code.span,
    deferredBy: { kind: "schedule", value: { kind: "exact", text: "cron" } },
    ...(user ? { becomes: { kind: "exact", text: user } } : {}),
  };
}

/** An unescaped `%` ends the command; the rest is its stdin. */
function unescapePercent(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\" && text[i + 1] === "%") {
      out += "%";
      i++;
    } else if (text[i] === "%") break;
    else out += text[i];
  }
  return out;
}

function assignment(line: string): { readonly name: string; readonly value: string } | undefined {
  const equals = line.indexOf("=");
  const name = line.slice(0, equals).trim();
  if (equals < 1 || ![...name].every((char) => char === "_" || (char >= "A" && char <= "Z") || (char >= "a" && char <= "z")))
    return undefined;
  return { name, value: line.slice(equals + 1).trim() };
}
