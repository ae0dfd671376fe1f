import { type Gathering, type Importer, linesIn, type SourceFile } from "./gathering.ts";

/** Histories of bash (with or without times), zsh (plain or extended) and fish. Which it is shows in the file. */
export const shellHistory: Importer = {
  format: "shell-history",
  about: "~/.bash_history, ~/.zsh_history or fish_history, or - for stdin",
  wants: (name) => /(^|\/)[^/]*history[^/]*$/.test(name),
  repeats: true,
  typed: true,
  read(file, gathering) {
    const bytes = file.bytes();
    const text = decode(bytes);
    if (/^- cmd: /m.test(text) && text.startsWith("- cmd: ")) fish(text, file, gathering);
    else if (/^: \d+:\d+;/.test(text)) zsh(decode(unmetafied(bytes)), file, gathering);
    else bash(text, file, gathering);
  },
};

/** Histories hold whatever was typed, in any encoding; what is no UTF-8 stays visible as U+FFFD, which is no command worth keeping. */
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function add(command: string, suite: string, line: number, file: SourceFile, gathering: Gathering): void {
  if (command.trim() === "") return;
  if (command.includes("\ufffd")) {
    gathering.leaveOut("a command that is not UTF-8");
    return;
  }
  gathering.add({ suite, command, source: `${file.name}:${line}` });
}

/** With HISTTIMEFORMAT set, `#1700000000` stands before each command, which may have several lines then. (bash(1), HISTORY) */
function bash(text: string, file: SourceFile, gathering: Gathering): void {
  const timed = /^#\d{9,}\r?$/m.test(text);
  let held: string[] = [];
  let first = 1;
  const flush = (): void => add(held.join("\n"), "bash history", first, file, gathering);
  for (const { line, number } of linesIn(text)) {
    const time = /^#\d{9,}$/.test(line);
    if (time || !timed) flush();
    if (time || !timed) [held, first] = [time ? [] : [line], time ? number + 1 : number];
    else held.push(line);
  }
  flush();
}

/** `: 1700000000:0;command`; a newline in it is written after a backslash. (zshoptions(1), EXTENDED_HISTORY) */
function zsh(text: string, file: SourceFile, gathering: Gathering): void {
  let held: string | undefined;
  let first = 1;
  for (const { line, number } of linesIn(text)) {
    if (held === undefined) first = number;
    const own = held === undefined ? line.replace(/^: \d+:\d+;/, "") : line;
    const open = /(^|[^\\])(\\\\)*\\$/.test(own);
    held = `${held ?? ""}${open ? own.slice(0, -1) : own}`;
    if (open) held += "\n";
    else {
      add(held, "zsh history", first, file, gathering);
      held = undefined;
    }
  }
  if (held !== undefined) add(held, "zsh history", first, file, gathering);
}

/** zsh writes a byte that means something to itself as 0x83 and that byte with bit 5 turned over. (zsh, Src/utils.c: metafy) */
function unmetafied(bytes: Uint8Array): Uint8Array {
  const plain: number[] = [];
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    const next = bytes[i + 1];
    if (byte === 0x83 && next !== undefined) {
      plain.push(next ^ 32);
      i += 1;
    } else plain.push(byte);
  }
  return Uint8Array.from(plain);
}

/** `- cmd: text` with `\n` and `\\` in it, then `when:` and `paths:`. (fish, src/history/file.rs) */
function fish(text: string, file: SourceFile, gathering: Gathering): void {
  for (const { line, number } of linesIn(text)) {
    if (!line.startsWith("- cmd: ")) continue;
    const command = line.slice("- cmd: ".length).replace(/\\(n|\\)/g, (_, escaped) => (escaped === "n" ? "\n" : "\\"));
    add(command, "fish history", number, file, gathering);
  }
}
