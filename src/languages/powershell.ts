import type { Binding, End } from "../model/binding.ts";
import { LIMITS } from "../model/limits.ts";
import { type Argument, exact, exactText, pattern, piecesOf, type Value } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { type PowerShellWord, powershellCommands } from "./powershell-words.ts";

/** Verbs whose cmdlets look, compute and print (about_Approved_Verbs). */
const QUIET_VERBS = [
  "get",
  "select",
  "where",
  "sort",
  "measure",
  "format",
  "convertto",
  "convertfrom",
  "compare",
  "group",
  "test",
  "write",
  "join",
];
QUIET_VERBS.push("split", "resolve", "foreach", "show", "find", "read", "convert", "assert", "trace", "wait", "tee");

const QUIET: ReadonlySet<string> = new Set(
  (
    "out-string out-null out-host out-default out-gridview set-location push-location pop-location start-sleep new-guid new-timespan import-csv " +
    "import-module set-strictmode invoke-pester invoke-scriptanalyzer set-variable new-variable clear-host % ? select where foreach sort measure " +
    "group ft fl fw ls dir gci gc cat type pwd gl cd sl chdir echo gcm gm gps ps gsv gv gp sleep cls if else elseif for while do switch return " +
    "try catch finally param function begin process end break continue in throw exit update-help"
  ).split(" "),
);

const SWITCHES: ReadonlySet<string> = new Set(
  (
    "-recurse -force -raw -append -verbose -nonewline -wait -passthru -usebasicparsing -hidden -file -directory -name -whatif -confirm:$false " +
    "-noclobber -asbytestream -compress -unique -descending -autosize -quiet -line -word"
  ).split(" "),
);

const ALIASES: ReadonlyMap<string, string> = new Map(
  [
    ["remove-item", "rm", "ri", "del", "erase", "rd", "rmdir"],
    ["copy-item", "cp", "copy", "cpi"],
    ["move-item", "mv", "move", "mi"],
    ["new-item", "ni", "mkdir", "md"],
    ["set-content", "sc", "out-file", "export-csv", "export-clixml", "clear-content"],
    ["add-content", "ac"],
    ["get-content", "gc", "cat", "type"],
    ["invoke-webrequest", "iwr", "curl", "wget", "invoke-restmethod", "irm", "start-bitstransfer"],
    ["invoke-expression", "iex"],
  ].flatMap(([name = "", ...others]) => others.map((alias): [string, string] => [alias, name])),
);

/** Types whose static members compute. */
const PURE_TYPES: ReadonlySet<string> = new Set([
  "math",
  "datetime",
  "guid",
  "string",
  "int",
  "timespan",
  "version",
  "char",
  "double",
]);

/** PowerShell 7.4: what its common cmdlets do with files and hosts; the rest is opaque. */
export function readPowerShell(code: Argument): Binding | undefined {
  const text = sourceText(code.value);
  const commands = text === undefined ? undefined : powershellCommands(text);
  if (text === undefined || commands === undefined) return undefined;
  const draft = new Draft(code);
  let quiet = !callsBeyond(text.toLowerCase());
  const hosts: End[] = [];
  let runsText = text.toLowerCase().includes("[scriptblock]::create");
  for (const { words } of commands) {
    const name = nameOf(words);
    for (const { text: word } of words) hosts.push(...hostIn(word, draft));
    if (name === "invoke-expression") runsText = true;
    else if (!perform(name, words.slice(1), draft) && !isQuiet(name, words) && !startsProgram(words, draft)) quiet = false;
  }
  const sends = ["-method post", "-method put", "-body", "-infile"].some((option) => text.toLowerCase().includes(option));
  const read = draft.effects.flatMap(({ kind, on }) => (kind === "read" && on.kind === "path" ? [draft.file(on.value)] : []));
  if (sends) for (const host of hosts) for (const file of read) draft.edge(file, host);
  if (runsText) for (const host of hosts) draft.edge(host, { kind: "code", language: "powershell" });
  if (!quiet || runsText) draft.opaque("powershell code");
  draft.edge({ kind: "process" }, { kind: "stdout" });
  return draft.binding();
}

/** The standard type of `-EncodedCommand`: base64 of UTF-16, low byte first. */
export function readEncodedPowerShell(code: Argument): Binding | undefined {
  const text = exactText(code.value);
  const bytes = text === undefined ? undefined : bytesOf(text);
  if (bytes === undefined) return undefined;
  let plain = "";
  for (let at = 0; at + 1 < bytes.length; at += 2) plain += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  const read = readPowerShell({ ...code, value: exact(plain, code.value.from) });
  const hidden = {
    kind: "opaque-code",
    text: "powershell-encoded code",
    span: code.span,
    role: "code",
    source: "inline",
    about: [],
  } as const;
  return read && { ...read, doubts: [...read.doubts, hidden] };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function bytesOf(text: string): readonly number[] | undefined {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const char of text) {
    if (char === "=") break;
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) return undefined;
    held = ((held << 6) | digit) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return bytes;
}

function nameOf([first]: readonly PowerShellWord[]): string {
  const name = (first?.text ?? "").toLowerCase();
  return ALIASES.get(name) ?? name;
}

/** Calls of .NET and of what a variable holds may do anything. */
function callsBeyond(text: string): boolean {
  for (let at = text.indexOf("::"); at >= 0; at = text.indexOf("::", at + 2)) {
    const open = text.lastIndexOf("[", at);
    if (!PURE_TYPES.has(text.slice(open + 1, at - 1).replace("system.", ""))) return true;
  }
  return [".invoke", "comobject", ".exec", ".download", ".start("].some((door) => text.includes(door));
}

function isQuiet(name: string, words: readonly PowerShellWord[]): boolean {
  const [first] = words;
  if (first === undefined || first.quoted || QUIET.has(name))
    return name !== "import-module" || !words.some(({ text }) => "/\\.~$".split("").some((sign) => text.includes(sign)));
  if (name.startsWith("./") || name.startsWith(".\\") || name.startsWith("/")) return false;
  if ("$.[@-+*/!0123456789".includes(name.charAt(0))) return true;
  return QUIET_VERBS.includes(name.slice(0, name.indexOf("-"))) && name.includes("-");
}

/** Files and hosts of a cmdlet. False: it is none of these. */
function perform(name: string, words: readonly PowerShellWord[], draft: Draft): boolean {
  const { paths, flags, named } = argumentsOf(words);
  if (flags.has("-whatif")) return true;
  switch (name) {
    case "remove-item":
      for (const path of paths) draft.path("delete", path, flags.has("-recurse") || flags.has("-r") ? { recursive: true } : {});
      return paths.length > 0;
    case "get-content":
      for (const path of paths) draft.reads(path);
      return paths.length > 0;
    case "copy-item":
    case "move-item": {
      const [from, to = named.get("-destination")] = paths;
      if (from === undefined || to === undefined) return false;
      if (name === "move-item") draft.path("delete", from);
      draft.path("read", from);
      draft.writes(to, draft.file(from));
      return true;
    }
    case "set-content":
    case "add-content":
      for (const path of paths.slice(0, 1))
        draft.writes(path, { kind: "process" }, name === "add-content" || flags.has("-append"));
      return paths.length > 0;
    case "new-item":
      for (const path of paths) draft.path("create", path);
      return paths.length > 0 && !named.has("-value");
    case "invoke-webrequest": {
      const out = named.get("-outfile") ?? named.get("-destination");
      const url = words.find(({ text }) => text.includes("://"))?.text;
      const [host] = url === undefined ? [] : hostIn(url, draft);
      if (host && out !== undefined) draft.writes(out, host);
      const sent = named.get("-infile");
      if (host && sent !== undefined) draft.reads(sent, host);
      return host !== undefined && !named.has("-body");
    }
  }
  return false;
}

interface Arguments {
  readonly paths: readonly Value[];
  readonly flags: ReadonlySet<string>;
  readonly named: ReadonlyMap<string, Value>;
}

/** Options that name what positional words name as well. */
const PATH_OPTIONS: ReadonlySet<string> = new Set(["-path", "-literalpath", "-filepath"]);

function argumentsOf(words: readonly PowerShellWord[]): Arguments {
  const paths: Value[] = [];
  const flags = new Set<string>();
  const named = new Map<string, Value>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    const option = word.text.toLowerCase();
    if (word.quoted || !option.startsWith("-")) paths.push(pathOf(word.text));
    else if (SWITCHES.has(option) || option === "-r") flags.add(option);
    else {
      const value = words[++at]?.text;
      if (value !== undefined && PATH_OPTIONS.has(option)) paths.unshift(pathOf(value));
      else if (value !== undefined) named.set(option, pathOf(value));
    }
  }
  return { paths, flags, named };
}

/** `$HOME`, `$env:USERPROFILE`, `~`: the caller's home. */
function pathOf(text: string): Value {
  const home = ["$HOME", "$env:USERPROFILE", "$env:HOME", "$Env:HOME", "~"].find((name) => text.startsWith(name));
  if (home === undefined) return exact(text.replaceAll("\\", "/"));
  return pattern([{ origin: { by: "operator", name: "HOME" } }, text.slice(home.length).replaceAll("\\", "/")]);
}

/** What the calling shell put into the code: its home stays the home, other words of the operator's are any word. */
function sourceText(value: Value): string | undefined {
  const pieces = piecesOf(value);
  if (value.kind === "unknown" || pieces.some((piece) => typeof piece !== "string" && piece.origin.by !== "operator"))
    return undefined;
  const text = pieces
    .map((piece) => (typeof piece === "string" ? piece : piece.origin.name === "HOME" ? "$HOME" : "$x"))
    .join("");
  return text.length <= LIMITS.nestedLength ? text : undefined;
}

/** A program with its words: lower case, as programs are and keys of tables are not. */
function startsProgram([first, ...rest]: readonly PowerShellWord[], draft: Draft): boolean {
  const name = first?.text ?? "";
  if (
    first?.quoted ||
    name === "" ||
    ![...name].every((char) => isNameOfProgram(char)) ||
    rest.some(({ text }) => text.includes("$"))
  )
    return false;
  const argv = [name, ...rest.map(({ text }) => text)].map(
    (text): Argument => ({ value: exact(text), count: "one", span: draft.span }),
  );
  draft.runs.push({ as: "argv", argv, span: draft.span });
  return true;
}

const isNameOfProgram = (char: string): boolean =>
  (char >= "a" && char <= "z") || (char >= "0" && char <= "9") || "./_\\".includes(char);

function hostIn(word: string, draft: Draft): readonly End[] {
  const at = word.indexOf("://");
  const scheme = word.slice(Math.max(0, at - 5), Math.max(0, at)).toLowerCase();
  const kind = scheme.endsWith("https") ? "https" : scheme.endsWith("http") ? "http" : undefined;
  const name = at < 0 ? "" : ((word.slice(at + 3).split("/")[0] ?? "").split("'")[0] ?? "");
  if (kind === undefined || name === "") return [];
  const [host = "", port] = name.split(":");
  const on = { kind: "host", value: exact(host), scheme: kind, ...(port === undefined ? {} : { port: exact(port) }) } as const;
  const known = draft.effects.some((effect) => effect.kind === "connect" && exactText(effect.on.value) === host);
  if (!known) draft.effects.push({ kind: "connect", on, attributes: {}, span: draft.span });
  return [{ kind: "resource", on, span: draft.span }];
}
