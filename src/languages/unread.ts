import { exactText, type Value } from "../model/value.ts";
import { quoted } from "./text-calls.ts";

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

/** Calls of R that start programs, load or make code, or reach hosts; it reads and writes its data sets with others. */
const R_DOORS: ReadonlySet<string> = new Set([
  ...["system", "system2", "shell", "shell.exec", "pipe", "fifo", "socketConnection", "socketSelect", "serverSocket", "url"],
  ...["download.file", "source", "sys.source", "eval", "evalq", "parse", "str2lang", "str2expression", "do.call", "match.fun"],
  ...["dyn.load", ".C", ".Call", ".External", ".Internal", "unlink", "file.remove", "file.rename", "file.copy", "file.symlink"],
  ...[
    "Sys.setenv",
    "Sys.getenv",
    "Sys.chmod",
    "get",
    "mget",
    "assign",
    "load",
    "attach",
    "run",
    "processx",
    "curl",
    "GET",
    "POST",
  ],
  ...["py_run_string", "sourceCpp", "cppFunction", "readRenviron", "setwd", "process", "exec_wait", "exec_background"],
]);

/** Whether R code may do more than compute and read or write files of the project. Packages come from R's own archives. */
export function rMayReachOut(code: Value): boolean {
  const text = exactText(code);
  if (text === undefined || text.includes("`")) return true;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === '"' || char === "'") {
      const [inner, end] = quoted(text, at);
      if (isFarAway(inner)) return true;
      at = end;
    } else if (isNameOfR(char)) {
      const start = at;
      while (at + 1 < text.length && isNameOfR(text[at + 1] ?? "")) at++;
      if (R_DOORS.has(text.slice(start, at + 1))) return true;
    }
  }
  return false;
}

/** Calls of Emacs Lisp that make one file of the project out of another, compile, check or indent it. */
const ELISP_BUILDS: ReadonlySet<string> = new Set(
  (
    "progn require quote message princ print format setq let let* find-file org-babel-tangle org-babel-tangle-file org-html-export-to-html " +
    "org-latex-export-to-pdf org-latex-export-to-latex org-md-export-to-markdown org-ascii-export-to-ascii org-export-to-file org-mode " +
    "byte-compile-file batch-byte-compile byte-recompile-directory checkdoc-file indent-region untabify point-min point-max save-buffer " +
    "save-buffers-kill-emacs kill-emacs ert-run-tests-batch-and-exit ert-run-tests-batch delete-trailing-whitespace emacs-version " +
    "package-initialize package-lint-batch-and-exit whitespace-cleanup sort-lines goto-char"
  ).split(" "),
);

/** Whether Emacs Lisp does more than make files of the project out of each other. */
export function elispMayReachOut(code: Value): boolean {
  const text = exactText(code);
  if (text === undefined) return true;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === '"') {
      const [inner, end] = quoted(text, at);
      if (isFarAway(inner) || inner.startsWith("|")) return true;
      at = end;
    } else if (char === "(") {
      let end = at + 1;
      while (end < text.length && !' \n\t()"'.includes(text[end] ?? "")) end++;
      const name = text.slice(at + 1, end);
      if (name !== "" && !ELISP_BUILDS.has(name)) return true;
      if (name === "" && text[at - 1] !== "(") return true;
      at = end - 1;
    } else if (char === "`" || char === "#") return true;
  }
  return false;
}

const isNameOfR = (char: string): boolean => isNamed(char) && char !== "-";

const R_ARCHIVES = ["https://cloud.r-project.org", "https://cran.", "https://packagemanager.", "https://bioconductor.org"];

const isFarAway = (text: string): boolean =>
  (text.startsWith("/") || text.startsWith("~") || text.includes("..") || text.includes("://")) &&
  !R_ARCHIVES.some((archive) => text.startsWith(archive));

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
