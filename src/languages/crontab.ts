import type { Binding, Run } from "../model/binding.ts";
import type { Doubt } from "../model/doubt.ts";
import { type Argument, originOf, type Piece, pattern, piecesOf, type Value } from "../model/value.ts";

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
  if (code.value.kind !== "exact" && code.value.kind !== "pattern") return undefined;
  const runs: Run[] = [];
  const doubts: Doubt[] = [];
  let shell = "sh";
  for (const line of linesOf(code.value)) {
    const [first] = line;
    if (first === undefined || (typeof first === "string" && first.startsWith("#"))) continue;
    const assigned = typeof first === "string" && line.length === 1 ? assignment(first) : undefined;
    if (assigned?.name === "SHELL") shell = assigned.value.slice(assigned.value.lastIndexOf("/") + 1);
    if (assigned) continue;
    const run = typeof first === "string" ? lineOf([first, ...line.slice(1)], users, shell, code) : undefined;
    if (run) runs.push(run);
    else if (typeof first !== "string" || line.length > 1) doubts.push(hiddenLine(code));
  }
  return { effects: [], edges: [], runs, doubts };
}

/** Lines without the blanks around them; what is hidden may hold any number of lines and is taken for a part of its own. */
function linesOf(value: Value): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  for (const piece of piecesOf(value)) {
    if (typeof piece !== "string") lines.at(-1)?.push(piece);
    else
      piece.split("\n").forEach((text, i) => {
        if (i > 0) lines.push([]);
        const line = lines.at(-1);
        const known = line?.length === 0 ? text.trimStart() : text;
        if (known !== "") line?.push(known);
      });
  }
  return lines;
}

/** `(crontab -l; echo …) | crontab -`: the lines there were before are not known. */
function hiddenLine(code: Argument): Doubt {
  const by = originOf(code.value)?.by ?? "unsupported";
  return { kind: "opaque-code", text: "lines of a crontab are not known", span: code.span, by, role: "code", about: [] };
}

function lineOf(line: readonly [string, ...Piece[]], users: number, shell: string, code: Argument): Run | undefined {
  const [first, ...more] = line;
  const skip = (first.startsWith("@") ? 1 : 5) + users;
  let at = 0;
  let user: string | undefined;
  for (let field = 0; field < skip; field++) {
    const start = at;
    while (at < first.length && !BLANK.includes(first[at] ?? "")) at++;
    if (users > 0 && field === skip - 1) user = first.slice(start, at);
    while (at < first.length && BLANK.includes(first[at] ?? "")) at++;
  }
  if (at >= first.length) return undefined;
  return {
    as: "shell",
    shell,
    code: { value: pattern(commandOf([first.slice(at), ...more]), code.value.from), count: "one", span: code.span },
    args: [],
    span: code.span,
    deferredBy: { kind: "schedule", value: { kind: "exact", text: "cron" } },
    ...(user ? { becomes: { kind: "exact", text: user } } : {}),
  };
}

/** An unescaped `%` ends the command; the rest is its stdin. */
function commandOf(pieces: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const { text, ended } = typeof piece === "string" ? untilPercent(piece) : { text: piece, ended: false };
    out.push(text);
    if (ended) break;
  }
  return out;
}

function untilPercent(text: string): { readonly text: string; readonly ended: boolean } {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\" && text[i + 1] === "%") {
      out += "%";
      i++;
    } else if (text[i] === "%") return { text: out, ended: true };
    else out += text[i];
  }
  return { text: out, ended: false };
}

function assignment(line: string): { readonly name: string; readonly value: string } | undefined {
  const equals = line.indexOf("=");
  const name = line.slice(0, equals).trim();
  if (equals < 1 || ![...name].every((char) => char === "_" || (char >= "A" && char <= "Z") || (char >= "a" && char <= "z")))
    return undefined;
  return { name, value: line.slice(equals + 1).trim() };
}
