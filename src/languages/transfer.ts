import type { Binding, End } from "../model/binding.ts";
import type { Resource } from "../model/resource.ts";
import { type Argument, exact, exactText, pattern, unknown, type Value } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";

/** What a line means that moves no file of this machine. */
const REMOTE: ReadonlySet<string> = new Set(
  (
    "cd ls dir rm rmdir rename chmod chown chgrp ln symlink mkdir mkd pwd bye exit quit help ? version df progress lumask lpwd lls " +
    "close disconnect user binary bin ascii passive prompt hash bell type verbose debug status tick epsv4 mdelete delete nlist mdir mls site quote " +
    "size modtime cdup case glob sendport sunique runique struct mode form trace umask idle login nlist cls mrm mv du find wait cache rels echo " +
    "jobs kill history bookmark timeout rexmt blksize tsize"
  ).split(" "),
);
const UP: ReadonlySet<string> = new Set(["put", "reput", "mput", "send", "append"]);
const DOWN: ReadonlySet<string> = new Set(["get", "reget", "mget", "recv", "pget", "newer"]);

/** Command files of sftp(1), ftp(1), tftp(1) and lftp(1): what goes up, what comes down, and the `!` that gives a shell. */
export const readTransfer =
  (dialect: "ftp" | "lftp") =>
  (code: Argument, args: readonly Argument[]): Binding | undefined => {
    const text = knownText(code);
    if (text === undefined) return undefined;
    const session = new Session(new Draft(code), args[0]?.value);
    for (const line of dialect === "lftp" ? lftpCommands(text) : text.split("\n")) session.line(line.trim(), dialect);
    return session.draft.binding();
  };

class Session {
  private folder = "";
  readonly draft: Draft;
  private host: Value;

  constructor(draft: Draft, host: Value | undefined) {
    this.draft = draft;
    this.host = host ? bareHost(host) : unknown("author", "host");
  }

  line(text: string, dialect: "ftp" | "lftp"): void {
    const line = text.startsWith("-") || text.startsWith("@") ? text.slice(1).trimStart() : text;
    if (line === "" || line.startsWith("#")) return;
    if (line.startsWith("!")) {
      this.shell(line.slice(1).trim());
      return;
    }
    const [name = "", ...rest] = wordsOf(line);
    const command = name.toLowerCase();
    if (dialect === "lftp" && rest.some((word) => word === "|" || word.startsWith(">")))
      this.draft.opaque(`a pipe of ${command}`);
    else this.command(command, rest, dialect);
  }

  private command(name: string, words: readonly string[], dialect: "ftp" | "lftp"): void {
    const plain = words.filter((word) => !word.startsWith("-"));
    const [first, second] = plain;
    if (name === "open" || name === "connect") this.open(plain.at(dialect === "lftp" ? -1 : 0));
    else if (name === "lcd") this.folder = first === undefined ? "" : this.local(first);
    else if (name === "lmkdir" && first) this.draft.path("create", at(this.local(first)));
    else if (name === "shell") this.shell(words.join(" "));
    else if (name === "mirror") this.mirror(words, plain);
    else if (UP.has(name)) for (const file of manyUp(name, dialect) ? plain : plain.slice(0, 1)) this.up(file);
    else if (DOWN.has(name)) this.down(manyUp(name, dialect) ? plain : [second ?? first ?? "."]);
    else if (name === "set" && harmlessSetting(first ?? "")) return;
    else if (!REMOTE.has(name)) this.draft.opaque(`the command ${name} of a file transfer`);
  }

  private open(host: string | undefined): void {
    if (host === undefined) return;
    this.host = bareHost(exact(host));
    this.draft.effects.push({ kind: "connect", on: this.remote(), attributes: {}, span: this.draft.span });
  }

  private shell(text: string): void {
    if (text !== "") this.draft.shell(exact(text));
    else
      this.draft.effects.push({
        kind: "execute",
        on: { kind: "session", value: exact("shell") },
        attributes: { interactive: true },
        span: this.draft.span,
      });
  }

  private up(file: string): void {
    this.draft.reads(at(this.local(file)), this.end());
  }

  /** `get FILE "|COMMAND"` of ftp(1) hands the file to a shell. */
  private down(files: readonly string[]): void {
    for (const file of files) {
      if (file.startsWith("|")) this.draft.shell(exact(file.slice(1)), { stdinFrom: this.end() });
      else this.draft.writes(at(this.local(file)), this.end());
    }
  }

  private mirror(words: readonly string[], plain: readonly string[]): void {
    if (words.some((word) => word === "--reverse" || isReverse(word))) this.up(plain[0] ?? ".");
    else this.draft.writes(at(this.local(plain[1] ?? ".")), this.end());
  }

  private local(path: string): string {
    return path.startsWith("/") || path.startsWith("~") || this.folder === "" ? path : `${this.folder}/${path}`;
  }

  private remote(): Resource {
    return { kind: "host", value: this.host };
  }

  private end(): End {
    return { kind: "resource", on: this.remote(), span: this.draft.span };
  }
}

const at = (path: string): Value =>
  path === "~" || path.startsWith("~/") ? pattern([{ origin: { by: "operator", name: "HOME" } }, path.slice(1)]) : exact(path);

const isReverse = (word: string): boolean => word.startsWith("-") && !word.startsWith("--") && word.includes("R");
const manyUp = (name: string, dialect: "ftp" | "lftp"): boolean => name.startsWith("m") || dialect === "lftp";
/** Settings of lftp that neither name a program nor a command (lftp(1), VARIABLES). */
const harmlessSetting = (name: string): boolean =>
  ["ssl:", "net:", "ftp:", "mirror:", "xfer:clobber", "ftps:"].some((group) => name.startsWith(group)) ||
  name === "sftp:auto-confirm";

/** `ftp://bob@h.test:21/x`, `bob@h.test:dir` → `h.test`. */
function bareHost(host: Value): Value {
  const text = exactText(host);
  if (text === undefined) return host;
  const scheme = text.indexOf("://");
  const rest = scheme < 0 ? text : text.slice(scheme + 3);
  const authority = rest.split("/")[0] ?? "";
  return exact((authority.slice(authority.lastIndexOf("@") + 1).split(":")[0] ?? "").trim());
}

/** Commands are separated by `;`, `&&`, `||` and line ends, outside quotes. */
function lftpCommands(text: string): readonly string[] {
  const commands: string[] = [];
  let current = "";
  let quote = "";
  for (const char of text) {
    if (quote === "" && (char === ";" || char === "\n" || char === "&")) {
      if (current.trimStart().startsWith("!") && char === "&") current += char;
      else {
        commands.push(current);
        current = "";
      }
      continue;
    }
    if (quote === char) quote = "";
    else if (quote === "" && (char === '"' || char === "'")) quote = char;
    current += char;
  }
  return [...commands, current];
}

function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let word = "";
  let quote = "";
  let open = false;
  for (const char of line) {
    if (quote !== "" ? char === quote : char === '"' || char === "'") {
      quote = quote === "" ? char : "";
      open = true;
    } else if (quote === "" && (char === " " || char === "\t")) {
      if (open || word !== "") words.push(word);
      word = "";
      open = false;
    } else word += char;
  }
  if (open || word !== "") words.push(word);
  return words;
}
