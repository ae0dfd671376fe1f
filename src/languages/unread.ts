import { exactText, type Value } from "../model/value.ts";

/**
 * Names by which languages reach programs, files, hosts, the environment or other code. Code in a language without a reader that uses
 * none of them computes and prints: it is the project's own business, like a script of the project.
 */
const DOORS: readonly string[] = [
  "system",
  "exec",
  "spawn",
  "popen",
  "run",
  "shell",
  "process",
  "command",
  "pipe",
  "fork",
  "kill",
  "open",
  "load",
  "source",
  "include",
  "import",
  "require",
  "write",
  "delete",
  "remove",
  "unlink",
  "rename",
  "copy",
  "socket",
  "connect",
  "listen",
  "tcp",
  "udp",
  "http",
  "url",
  "ftp",
  "download",
  "fetch",
  "request",
  "eval",
  "env",
  "ccall",
  "dlopen",
  "native",
  "unsafe",
  "runtime",
  "file",
  "dofile",
  "iex",
  "invoke",
  "start",
  "client",
];

/** Whether code that nobody here can read may do more than compute. Text that is not known may. */
export function mayReachOut(code: Value): boolean {
  const text = exactText(code);
  if (text === undefined) return true;
  if ("`~!|".split("").some((sign) => text.includes(sign)) || namesRoot(text)) return true;
  return wordsOf(text.toLowerCase()).some((word) =>
    DOORS.some((door) => word === door || word.startsWith(door) || word.endsWith(door)),
  );
}

/** A file that the command wrote itself is a program like any other, unless it is built to hand a shell to somebody. */
export function givesShell(code: Value): boolean {
  const text = exactText(code)?.toLowerCase();
  if (text === undefined) return true;
  if (SHELL_PATHS.some((path) => text.includes(path))) return true;
  const words = new Set(wordsOf(text));
  return (
    ["dial", "connect", "socket", "tcp", "tcpstream"].some((word) => words.has(word)) &&
    ["exec", "command", "system", "process", "spawn"].some((word) => words.has(word))
  );
}

const SHELL_PATHS = ["/bin/sh", "/bin/bash", "/bin/zsh", "/bin/dash", "cmd.exe", "powershell"];

/** A slash that no name stands before: `"/etc/passwd"`, `https://`. */
function namesRoot(text: string): boolean {
  for (let at = text.indexOf("/"); at >= 0; at = text.indexOf("/", at + 1)) {
    const before = text[at - 1] ?? "";
    if (!isNamed(before)) return true;
  }
  return false;
}

function isNamed(char: string): boolean {
  return (
    (char >= "a" && char <= "z") ||
    (char >= "A" && char <= "Z") ||
    (char >= "0" && char <= "9") ||
    (char !== "" && "._-".includes(char))
  );
}

function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at] ?? "";
    if (char >= "a" && char <= "z") {
      if (start < 0) start = at;
    } else if (start >= 0) {
      words.push(text.slice(start, at));
      start = -1;
    }
  }
  return words;
}
