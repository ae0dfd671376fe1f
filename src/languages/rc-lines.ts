import type { Binding } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";

/** What stands behind a directive: text for a shell, a library, a program, or another such file. */
interface Directive {
  readonly is: "shell" | "loads" | "executes" | "file";
  /** Which part of the line: all of it, its last word, what is behind its last tab, behind `|`, `!` or the word exec. */
  readonly part?: "last" | "tab" | "pipe" | "bang" | "exec";
}

interface Format {
  readonly separators: string;
  /** Names in lower case; `*` is any. */
  readonly directives: ReadonlyMap<string, Directive>;
}

const SHELL: Directive = { is: "shell" };
const LOADS: Directive = { is: "loads" };
const PIPED: Directive = { is: "shell", part: "pipe" };
const format = (separators: string, directives: Readonly<Record<string, Directive>>): Format => ({
  separators,
  directives: new Map(Object.entries(directives)),
});
const all = (names: readonly string[], directive: Directive): Readonly<Record<string, Directive>> =>
  Object.fromEntries(names.map((name) => [name, directive]));

const FORMATS: ReadonlyMap<string, Format> = new Map([
  [
    "ssh-config", // ssh_config(5), OpenSSH 9.2
    format(" \t=", {
      ...all(["proxycommand", "localcommand", "knownhostscommand"], SHELL),
      ...all(["pkcs11provider", "securitykeyprovider"], LOADS),
      match: { is: "shell", part: "exec" },
      include: { is: "file" },
    }),
  ],
  [
    "server-config", // nginx 1.24, Apache httpd 2.4
    format(" \t", {
      ...all(["load_module", "loadfile"], LOADS),
      loadmodule: { is: "loads", part: "last" },
      ...all(["customlog", "errorlog", "transferlog", "globallog", "error_log"], PIPED),
      ...all(["include", "includeoptional"], { is: "file" }),
    }),
  ],
  [
    "openvpn", // openvpn(8) 2.6
    format(" \t", {
      ...all(["up", "down", "route-up", "route-pre-down", "ipchange", "client-connect", "client-disconnect"], SHELL),
      ...all(["learn-address", "tls-verify", "auth-user-pass-verify", "iproute", "tls-crypt-v2-verify"], SHELL),
      plugin: LOADS,
      config: { is: "file" },
    }),
  ],
  ["wireguard", format(" \t=", all(["preup", "postup", "predown", "postdown"], SHELL))], // wg-quick(8)
  ["toprc", format("\t", { pipe: { is: "shell", part: "tab" } })], // top(1), procps 4: "inspect" entries
  ["procfile", format(":", { "*": SHELL })], // Foreman 0.87
  ["go-generate", format(" \t", { "//go:generate": SHELL })], // go help generate
  ["supervisor", format(" \t=", { command: SHELL })], // supervisord 4.2
  [
    "npmrc", // npm 10, config
    format(" \t=", { ...all(["script-shell", "git", "shell"], { is: "executes" }), ...all(["editor", "viewer"], SHELL) }),
  ],
  [
    "git-config", // git-config(1), 2.39: names of aliases are anybody's
    format(" \t=", {
      ...all(["sshcommand", "pager", "editor", "askpass", "external", "textconv", "clean", "smudge", "process"], SHELL),
      ...all(["helper", "fsmonitor"], SHELL),
      "*": { is: "shell", part: "bang" },
    }),
  ],
]);

export const readRcLines =
  (language: string) =>
  (code: Argument): Binding | undefined => {
    const text = knownText(code);
    const rules = FORMATS.get(language);
    if (text === undefined || !rules) return undefined;
    const draft = new Draft(code);
    for (const line of text.replaceAll("\\\n", " ").split("\n")) readLine(line.trim(), language, rules, draft);
    return draft.binding();
  };

function readLine(line: string, language: string, { separators, directives }: Format, draft: Draft): void {
  if (line === "" || line.startsWith("#") || (line.startsWith(";") && language !== "procfile")) return;
  let end = 0;
  while (end < line.length && !separators.includes(line[end] ?? "")) end++;
  const directive = directives.get(line.slice(0, end).toLowerCase()) ?? directives.get("*");
  let start = end;
  while (start < line.length && ` \t${separators}`.includes(line[start] ?? "x")) start++;
  const rest = line.slice(start);
  const text = directive ? partOf(language === "server-config" ? withoutEnd(rest) : rest, directive) : undefined;
  if (directive && text !== undefined && text !== "" && !NOTHING.has(text.toLowerCase())) place(draft, directive, text, language);
}

const NOTHING: ReadonlySet<string> = new Set(["none", "true", "false", "yes", "no"]);

const withoutEnd = (rest: string): string => (rest.endsWith(";") ? rest.slice(0, -1).trimEnd() : rest);

function partOf(rest: string, { part }: Directive): string | undefined {
  const bare = unquoted(rest);
  switch (part) {
    case undefined:
      return bare;
    case "last":
      return unquoted(rest.slice(rest.lastIndexOf(" ") + 1));
    case "tab":
      return rest.slice(rest.lastIndexOf("\t") + 1);
    case "bang":
      return bare.startsWith("!") ? bare.slice(1) : undefined;
    case "pipe":
      return bare.startsWith("|") ? upToQuote(bare.slice(1), rest) : undefined;
    case "exec": {
      const at = ` ${rest.toLowerCase()}`.indexOf(" exec ");
      return at < 0 ? undefined : unquoted(rest.slice(at + "exec ".length).trim());
    }
  }
}

/** `"a b" rest`, `'a b'`, `a b` */
function unquoted(text: string): string {
  const [quote = ""] = text;
  if (quote !== '"' && quote !== "'") return text;
  let out = "";
  for (let i = 1; i < text.length && text[i] !== quote; i++) {
    if (text[i] === "\\" && quote === '"') i++;
    out += text[i] ?? "";
  }
  return out;
}

/** The format of a log's lines stands behind its program. */
const upToQuote = (text: string, rest: string): string => (rest.startsWith('"') ? text : (text.split(" ")[0] ?? ""));

function place(draft: Draft, { is }: Directive, text: string, language: string): void {
  const { span } = draft;
  const path: Argument = { value: exact(text.split(" ")[0] ?? ""), count: "one", span };
  switch (is) {
    case "shell":
      draft.shell(exact(text));
      break;
    case "loads":
      draft.path("load", path.value);
      break;
    case "executes":
      draft.runs.push({ as: "script", path, args: [], span });
      break;
    case "file":
      draft.path("read", path.value);
      if (!text.includes("*")) draft.runs.push({ as: "script", language, path, args: [], span });
      break;
  }
}

export const RC_LANGUAGES: readonly string[] = [...FORMATS.keys()];
