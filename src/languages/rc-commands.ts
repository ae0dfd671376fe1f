import type { Binding } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";

type Reading = (draft: Draft, text: string) => void;

const readerOf =
  (reading: Reading) =>
  (code: Argument): Binding | undefined => {
    const text = knownText(code);
    if (text === undefined) return undefined;
    const draft = new Draft(code);
    reading(draft, text);
    return draft.binding();
  };

/** .rtorrent.rc (rTorrent 0.9, "execute"): program and arguments with commas between. */
export const readRTorrent = readerOf((draft, text) => {
  for (const line of text.split("\n")) {
    if (line.trimStart().startsWith("#")) continue;
    const at = line.indexOf("execute");
    const equals = at < 0 ? -1 : line.indexOf("=", at);
    if (equals < 0) continue;
    const words = cut(line.slice(equals + 1), ",").map((word) => word.trim());
    const { span } = draft;
    const argv = words
      .filter((word, i) => word !== "" || i > 0)
      .map((word): Argument => ({ value: exact(word), count: "one", span }));
    if (argv.length > 0) draft.runs.push({ as: "argv", argv, span });
  }
});

const RUN_ALL: ReadonlySet<string> = new Set(["run-shell", "run", "if-shell", "if", "pipe-pane", "pipep"]);
const START: ReadonlySet<string> = new Set([
  ...["new-session", "new", "new-window", "neww", "split-window", "splitw", "respawn-pane", "respawn-window", "display-popup"],
  ...["popup", "respawnp", "respawnw"],
]);
const VALUED: ReadonlySet<string> = new Set(["-t", "-c", "-n", "-s", "-e", "-F", "-x", "-y", "-T"]);
const SETS: ReadonlySet<string> = new Set(["default-command", "default-shell", "lock-command", "editor", "copy-command"]);

/** tmux.conf (tmux(1) 3.3): commands that hand text to a shell, at once or when a key is pressed, and `#(…)`. */
export const readTmux = readerOf((draft, text) => {
  for (const line of text.replaceAll("\\\n", " ").split("\n")) {
    if (line.trimStart().startsWith("#")) continue;
    for (let at = line.indexOf("#("); at >= 0; at = line.indexOf("#(", at + 2)) {
      const close = line.indexOf(")", at);
      draft.shell(exact(line.slice(at + 2, close < 0 ? undefined : close)));
    }
    tmuxWords(
      draft,
      cut(line.trim(), " ").filter((word) => word !== ""),
    );
  }
});

function tmuxWords(draft: Draft, words: readonly string[]): void {
  const at = words.findIndex((word) => RUN_ALL.has(word) || START.has(word));
  const set = words.findIndex((word) => SETS.has(word));
  const value = set < 0 ? undefined : words[set + 1];
  if (value !== undefined) draft.shell(exact(value));
  if (at < 0) return;
  const operands = words.slice(at + 1).filter((word, i, rest) => !word.startsWith("-") && !isValue(words[at] ?? "", rest[i - 1]));
  const name = words[at] ?? "";
  if (name === "if-shell" || name === "if") {
    const [condition, ...branches] = operands;
    if (condition !== undefined && !condition.startsWith("#{")) draft.shell(exact(condition));
    for (const branch of branches) tmuxWords(draft, cut(branch, " "));
  } else if (RUN_ALL.has(name)) for (const operand of operands.slice(0, 1)) draft.shell(exact(operand));
  else if (operands.length > 0) draft.shell(exact(operands.join(" ")));
}

function isValue(name: string, before: string | undefined): boolean {
  if (before === "-b" || before === "-d") return !RUN_ALL.has(name) && name.includes("popup");
  if (before === "-h" || before === "-w") return name.includes("popup");
  return before !== undefined && VALUED.has(before);
}

const SCRIPTS: ReadonlySet<string> = new Set(["prerotate", "postrotate", "firstaction", "lastaction", "preremove"]);

/** logrotate.conf(5) 3.21: what stands between postrotate and its kind, and endscript. */
export const readLogrotate = readerOf((draft, text) => {
  let script: string[] | undefined;
  for (const line of text.split("\n")) {
    const word = line.trim();
    if (script && word === "endscript") {
      draft.shell(exact(script.join("\n")));
      script = undefined;
    } else if (script) script.push(line);
    else if (SCRIPTS.has(word)) script = [];
  }
});

/** binding.gyp (GYP, "Command Expansions"): `<!(command)` and `<!@(command)` run while it is read. */
export const readGyp = readerOf((draft, text) => {
  for (let at = text.indexOf("<!"); at >= 0; at = text.indexOf("<!", at + 2)) {
    const open = text[at + 2] === "@" ? at + 3 : at + 2;
    if (text[open] !== "(") continue;
    let depth = 0;
    let end = open;
    for (; end < text.length; end++) {
      if (text[end] === "(") depth++;
      else if (text[end] === ")" && --depth === 0) break;
    }
    draft.shell(exact(text.slice(open + 1, end).replaceAll('\\"', '"')));
  }
});

/** A Terraform module (1.7): `command` of a local-exec provisioner, `program` of data "external". */
export const readTerraform = readerOf((draft, text) => {
  for (const [key, value] of assignments(text)) {
    if (key === "command") draft.shell(exact(value[0] ?? ""));
    else if (key === "program") {
      const { span } = draft;
      draft.runs.push({ as: "argv", argv: value.map((word) => ({ value: exact(word), count: "one", span })), span });
    }
  }
});

/** `key = "text"`, `key = ["a", "b"]` and `key = <<EOT` of keys that name programs. */
function assignments(text: string): readonly (readonly [string, readonly string[]])[] {
  const found: (readonly [string, readonly string[]])[] = [];
  const lines = text.split("\n");
  if (!text.includes("local-exec") && !text.includes('"external"')) return found;
  lines.forEach((line, i) => {
    const bare = line.slice(line.lastIndexOf("{", line.indexOf("=")) + 1).trim();
    const key = bare.startsWith("command") ? "command" : bare.startsWith("program") ? "program" : undefined;
    const rest = key === undefined ? "" : bare.slice(key.length).trimStart();
    if (key === undefined || !rest.startsWith("=")) return;
    const value = rest.slice(1).trim();
    if (value.startsWith("<<")) {
      const mark = value.slice(value.startsWith("<<-") ? 3 : 2).trim();
      const end = lines.findIndex((other, j) => j > i && other.trim() === mark);
      found.push([key, [lines.slice(i + 1, end < 0 ? undefined : end).join("\n")]]);
    } else {
      const texts = quotedIn(value.startsWith("[") && !value.includes("]") ? lines.slice(i, i + 20).join(" ") : value);
      if (texts.length > 0) found.push([key, texts]);
    }
  });
  return found;
}

function quotedIn(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    let inner = "";
    for (at++; at < text.length && text[at] !== '"'; at++) {
      if (text[at] === "\\") at++;
      inner += text[at] === "n" && text[at - 1] === "\\" ? "\n" : (text[at] ?? "");
    }
    found.push(inner);
    if (
      found.length > 0 &&
      text
        .slice(at + 1)
        .trimStart()
        .startsWith("]")
    )
      break;
  }
  return found;
}

/** Words between separators; quotes keep together, and are taken off. */
function cut(line: string, separator: string): readonly string[] {
  const words: string[] = [""];
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    let char = line[i] ?? "";
    if (char === "\\" && quote !== "'") char = line[++i] ?? "";
    else if (quote !== "" ? char === quote : char === '"' || char === "'") {
      quote = quote === "" ? char : "";
      continue;
    } else if (quote === "" && char === separator) {
      words.push("");
      continue;
    }
    words[words.length - 1] += char;
  }
  return words;
}
