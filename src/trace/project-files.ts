import { readCode } from "../languages/read.ts";
import type { Binding } from "../model/binding.ts";
import { type Content, textOf } from "../model/content.ts";
import { type Argument, concat, exact, exactText, prefixOf, unknown, type Value } from "../model/value.ts";
import { applyBinding } from "./apply.ts";
import { runShell } from "./code.ts";
import { baseName, type Call } from "./invoke.ts";
import type { Machine } from "./machine.ts";
import { nameOf, pathNamed } from "./made-names.ts";
import { canonical } from "./path.ts";
import { locatePath } from "./place.ts";
import { PROJECT_FILES, type ProjectFile } from "./project-table.ts";
import { ownShell } from "./runs.ts";
import { type Frame, fork } from "./state.ts";

/**
 * Files that this command wrote and that the program will look for by itself are read as what they are to it. Others stay the
 * project's own business.
 */
export function runProjectFiles(machine: Machine, frame: Frame, call: Call, binding: Binding): void {
  if (machine.files.size === 0) return;
  const program = baseName(call.program);
  for (const row of PROJECT_FILES) {
    if (!row.by.includes(program)) continue;
    const words = wordsOf(call.args, row);
    if (row.when && !row.when.includes(words.operands[0] ?? "")) continue;
    const asked = row.asked?.(words.operands, program);
    if (asked?.length === 0) continue;
    for (const folder of foldersOf(row, words)) {
      const inner = fork(machine, frame);
      if (folder !== ".")
        inner.cwd = canonical(pathNamed(folder), frame.cwd, frame.place.kind === "here" ? machine.context.home : undefined);
      for (const file of new Set([...words.files, ...filesIn(machine, inner, row)]))
        if (!isRun(machine, frame, inner, binding, file)) readFile(machine, inner, call, row, file, asked);
    }
    if (row.bound) for (const file of boundPaths(binding)) readFile(machine, frame, call, row, file, asked);
  }
}

interface Words {
  readonly operands: readonly string[];
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** What the arguments say to this row: the values of its options apart from the operands. A word that is hidden is none. */
function wordsOf(args: readonly Argument[], row: ProjectFile): Words {
  // `./dir[dev]` is a glob to the shell.
  const texts = args.map(({ value }) => nameOf(value) ?? (prefixOf(value) || "-"));
  const operands: string[] = [];
  const files: string[] = [];
  const folders: string[] = [];
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] ?? "";
    const equals = text.startsWith("--") ? text.indexOf("=") : -1;
    const name = equals < 0 ? text : text.slice(0, equals);
    const into = row.named?.includes(name) ? files : row.folder?.includes(name) ? folders : undefined;
    const next = equals < 0 ? texts[i + 1] : text.slice(equals + 1);
    if (into && next !== undefined) {
      into.push(next);
      if (equals < 0) i++;
    } else if (!text.startsWith("-")) operands.push(text);
  }
  return { operands, files, folders };
}

function foldersOf(row: ProjectFile, { operands, folders }: Words): readonly string[] {
  if (folders.length > 0) return folders;
  return row.folders ? [".", ...operands.filter((word) => word !== ".").map(withoutExtras)] : ["."];
}

/** `./dir[dev]` → `./dir` */
function withoutExtras(word: string): string {
  const open = word.endsWith("]") ? word.indexOf("[") : -1;
  return open < 0 ? word : word.slice(0, open);
}

/** Names of the row's files in the frame's folder; those with stars are looked for among what was written. */
function filesIn(machine: Machine, frame: Frame, { files = [] }: ProjectFile): readonly string[] {
  const found = files.filter((name) => !name.includes("*"));
  const stars = files.filter((name) => name.includes("*"));
  const folder = stars.length > 0 ? nameOf(locatePath(machine, frame, exact(".")).path) : undefined;
  if (folder === undefined) return found;
  for (const path of machine.files.keys()) {
    if (!path.startsWith(`${folder}/`)) continue;
    const below = path.slice(folder.length + 1);
    if (stars.some((name) => fits(below, name))) found.push(path);
  }
  return found;
}

/** A name of the table, or one from the arguments; the home directory is what the command made it. */
function pathOf(frame: Frame, file: string): Value {
  if (!file.startsWith("~/")) return pathNamed(file);
  return concat([frame.variables.get("HOME")?.value ?? unknown("operator", "HOME"), exact(file.slice(1))]);
}

function fits(below: string, name: string): boolean {
  const deep = name.startsWith("**/");
  if (!deep && below.includes("/")) return false;
  const [before = "", after] = (deep ? name.slice(3) : name).split("*");
  const last = baseName(below);
  return after === undefined
    ? last === before
    : last.length >= before.length + after.length && last.startsWith(before) && last.endsWith(after);
}

/** Its facts name the file, and it was read when they were applied. */
function isRun(machine: Machine, frame: Frame, inner: Frame, { runs }: Binding, file: string): boolean {
  const path = nameOf(locatePath(machine, inner, pathOf(inner, file)).path);
  return runs.some((run) => run.as === "script" && run.path && nameOf(locatePath(machine, frame, run.path.value).path) === path);
}

function boundPaths({ effects }: Binding): readonly string[] {
  return effects.flatMap(({ kind, on }) =>
    on.kind === "path" && (kind === "execute" || kind === "read" || kind === "load") ? (nameOf(on.value) ?? []) : [],
  );
}

function readFile(
  machine: Machine,
  frame: Frame,
  call: Call,
  row: ProjectFile,
  file: string,
  asked: readonly string[] | undefined,
): void {
  const { path, place } = locatePath(machine, frame, pathOf(frame, file));
  const content = machine.contentOf(place, path);
  if (!content || isHidden(content)) return;
  const key = [row.language, nameOf(path), ...(asked ?? [])].join(" ");
  if (machine.reading.has(key)) return;
  machine.reading.add(key);
  readContent(machine, frame, call, row, content, asked);
  machine.reading.delete(key);
}

function readContent(
  machine: Machine,
  frame: Frame,
  call: Call,
  row: ProjectFile,
  content: Content,
  asked: readonly string[] | undefined,
): void {
  const { span } = call.word;
  const code: Argument = { value: textOf({ ...content, more: false }), count: "one", span };
  const name = baseName(call.program);
  if (row.language === "shell") {
    const inner = fork(machine, frame);
    inner.through = [...frame.through, name];
    runShell(machine, ownShell(inner, []), code);
    return;
  }
  const args = (asked ?? []).map((text): Argument => ({ value: exact(text), count: "one", span }));
  const read = readCode(row.language, code, args, "file");
  applyBinding(machine, frame, row.written ? writtenOut(read) : read, call, name);
}

function writtenOut({ effects, edges, runs }: Binding): Binding {
  const known = runs.filter((run) => {
    const words = run.as === "argv" ? run.argv : run.as === "script" ? [] : [run.code];
    return words.length > 0 && words.every(({ value }) => exactText(value) !== undefined);
  });
  return { effects: effects.filter(({ on }) => exactText(on.value) !== undefined), edges, runs: known, doubts: [] };
}

const isHidden = ({ lines }: Content): boolean => lines.every((line) => line.kind === "unknown");
