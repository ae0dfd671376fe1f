import type { End } from "../model/binding.ts";
import type { Argument } from "../model/value.ts";
import { exact, exactText } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { quoted } from "./text-calls.ts";

/** A text in quotes, the name that it is handed to, and what follows it. */
interface Literal {
  readonly text: string;
  readonly callee: string;
  readonly next: string;
  /** What stands before it, back to the literal before. */
  readonly before: string;
}

const WRITERS = ["write", "create", "append", "save", "output", "printwriter", "fopenw"];
const RUNNERS = ["system", "popen", "shell", "exec", "execute", "cmd", "run", "spawn", "command", "process", "start"];
const SOCKETS = ["dial", "connect", "socket", "tcp", "tcpstream", "gen_tcp", "udp", "tcpclient", "tcpsocket"];
const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "zsh", "dash", "cmd", "cmd.exe", "powershell", "powershell.exe"]);

/** Calls that take a program and its arguments as words: Go, Rust, C, Swift, Java, Elixir, C#. */
const STARTERS = [
  "exec.command",
  "command::new",
  "execl",
  "execlp",
  "execle",
  "posix_spawn",
  "processbuilder",
  "system.cmd",
  "process.start",
];
const LISTS: ReadonlySet<string> = new Set(["arg", "args", "vec", "of", "list", "string", "new", ""]);
const REMOVERS = [
  "removeall",
  "remove_dir_all",
  "remove_all",
  "remove_file",
  "unlink",
  "rmdir",
  "deletedirectory",
  "rm_rf",
  "rmtree",
];

/**
 * What code in a language without a reader names in quotes: files, hosts, and text for a shell. It is found by name alone, so it is
 * less than what such code may do; that the rest is not known is said besides.
 */
export function readLiterals(code: Argument): Draft {
  const draft = new Draft(code);
  const text = exactText(code.value);
  if (text === undefined) return draft;
  const found = literalsOf(text);
  const lower = text.toLowerCase();
  const socket = SOCKETS.some((word) => lower.includes(word));
  const hosts = found.flatMap((literal) => hostOf(literal, socket) ?? []);
  for (const host of hosts) draft.effects.push({ kind: "connect", on: host.on, attributes: {}, span: draft.span });
  for (const literal of found) readLiteral(literal, lower, draft);
  for (const words of startedIn(found))
    draft.runs.push({
      as: "argv",
      argv: words.map((word) => ({ value: exact(word), count: "one", span: draft.span })),
      span: draft.span,
    });
  const shell = found.some(({ text: word }) => isShell(word));
  const runs = RUNNERS.some((word) => lower.includes(word));
  if (socket && (shell || runs))
    for (const host of hosts) {
      draft.edge(host, { kind: "code", language: "shell" });
      draft.edge({ kind: "process" }, host);
    }
  return draft;
}

function readLiteral({ text, callee }: Literal, lower: string, draft: Draft): void {
  if (isPath(text) && REMOVERS.includes(callee))
    draft.path(
      "delete",
      exact(text),
      ["all", "directory", "rf", "tree"].some((word) => callee.includes(word)) ? { recursive: true } : {},
    );
  else if (isPath(text) && !isShell(text)) {
    const opensToWrite = callee.includes("openfile") && ["o_wronly", "o_rdwr", "o_create"].some((flag) => lower.includes(flag));
    if (opensToWrite || WRITERS.some((word) => callee.includes(word))) draft.writes(exact(text));
    else draft.reads(exact(text));
  } else if (["system", "popen", "shell", "execute"].some((word) => callee.endsWith(word)) && !isShell(text))
    draft.shell(exact(text));
}

/** `exec.Command("sh", "-c", "id")`, `Command::new("sh").arg("-c").arg("id")`: literals with nothing but brackets between them. */
function startedIn(found: readonly Literal[]): readonly (readonly string[])[] {
  const started: string[][] = [];
  found.forEach(({ before, text }, at) => {
    const lower = before.toLowerCase().trimEnd();
    const starter = STARTERS.find((name) => lower.endsWith(`${name}(`) || lower.endsWith(`${name}(new[]{`));
    if (starter === undefined || text === "") return;
    const words = [text];
    for (const next of found.slice(at + 1, at + 17)) {
      if (!isList(next.before)) break;
      words.push(next.text);
    }
    // execl(3) takes the name the program is to see as its first argument.
    if (starter.startsWith("execl")) words.splice(1, 1);
    started.push(words);
  });
  return started;
}

function isList(between: string): boolean {
  if (between.length > 24) return false;
  let word = "";
  for (const char of `${between.toLowerCase()} `) {
    if (isName(char)) word += char;
    else if (!LISTS.has(word) || !" ,()[]{}.&!\n\t".includes(char)) return false;
    else word = "";
  }
  return true;
}

const isPath = (text: string): boolean =>
  text.length > 2 && (text.startsWith("/") || text.startsWith("~/")) && !text.startsWith("//") && !text.includes(" ");

const isShell = (text: string): boolean => SHELLS.has(text.slice(text.lastIndexOf("/") + 1).toLowerCase());

type Host = End & { readonly kind: "resource" };

/** `"h.test:4444"`, `"203.0.113.5", 4444`, `"https://h.test/x"`. */
function hostOf({ text, next }: Literal, socket: boolean): Host | undefined {
  const scheme = text.indexOf("://");
  const rest = scheme > 0 ? (text.slice(scheme + 3).split("/")[0] ?? "") : text;
  const colon = rest.lastIndexOf(":");
  const name = colon > 0 ? rest.slice(0, colon) : rest;
  const port = colon > 0 ? rest.slice(colon + 1) : digitsAfter(next);
  if (!isHost(name) || (scheme < 0 && (!socket || port === ""))) return undefined;
  const on = {
    kind: "host",
    value: exact(name),
    scheme: scheme > 0 ? text.slice(0, scheme).toLowerCase() : "tcp",
    ...(port === "" ? {} : { port: exact(port) }),
  } as const;
  return { kind: "resource", on, span: { start: 0, end: 0 } };
}

/** `, 4444`, `, parse(Int64, 4444)`: the first number before the call ends. */
function digitsAfter(text: string): string {
  let digits = "";
  for (const char of text.slice(0, 40)) {
    if (char >= "0" && char <= "9") digits += char;
    else if (digits.length > 1 && !digits.startsWith("64")) return digits;
    else digits = "";
  }
  return digits;
}

function isHost(text: string): boolean {
  if (text.length < 4 || text.length > 253 || !text.includes(".") || text.startsWith(".") || text.endsWith(".")) return false;
  return [...text.toLowerCase()].every(
    (char) => (char >= "a" && char <= "z") || (char >= "0" && char <= "9") || ".-".includes(char),
  );
}

function literalsOf(text: string): readonly Literal[] {
  const found: Literal[] = [];
  let word = "";
  let callee = "";
  let since = 0;
  for (let at = 0; at < text.length && found.length < 64; at++) {
    const char = text[at] ?? "";
    if (char === '"' || char === "'" || char === "`") {
      const [inner, end] = quoted(text, at);
      found.push({
        text: inner,
        callee: (word || callee).toLowerCase(),
        next: text.slice(end + 1, end + 41),
        before: text.slice(Math.max(since, at - 48), at),
      });
      at = end;
      since = end + 1;
      word = "";
    } else if (isName(char)) word += char;
    else if (char === "(" || char === " " || char === "[" || char === "{") {
      if (word !== "") callee = word;
      word = "";
    } else {
      word = "";
      if (char !== ":" && char !== ".") callee = "";
    }
  }
  return found;
}

const isName = (char: string): boolean =>
  (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || (char >= "0" && char <= "9") || char === "_";
