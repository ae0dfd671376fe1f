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
}

const WRITERS = ["write", "create", "append", "save", "output", "printwriter", "fopenw"];
const RUNNERS = ["system", "popen", "shell", "exec", "execute", "cmd", "run", "spawn", "command", "process", "start"];
const SOCKETS = ["dial", "connect", "socket", "tcp", "tcpstream", "gen_tcp", "udp", "tcpclient", "tcpsocket"];
const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "zsh", "dash", "cmd", "cmd.exe", "powershell", "powershell.exe"]);

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
  if (isPath(text) && !isShell(text)) {
    const opensToWrite = callee.includes("openfile") && ["o_wronly", "o_rdwr", "o_create"].some((flag) => lower.includes(flag));
    if (opensToWrite || WRITERS.some((word) => callee.includes(word))) draft.writes(exact(text));
    else draft.reads(exact(text));
  } else if (["system", "popen", "shell", "execute"].some((word) => callee.endsWith(word)) && !isShell(text))
    draft.shell(exact(text));
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
  for (let at = 0; at < text.length && found.length < 64; at++) {
    const char = text[at] ?? "";
    if (char === '"' || char === "'" || char === "`") {
      const [inner, end] = quoted(text, at);
      found.push({ text: inner, callee: (word || callee).toLowerCase(), next: text.slice(end + 1, end + 41) });
      at = end;
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
