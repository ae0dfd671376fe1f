import type { Resource } from "../model/resource.ts";
import { exact, piecesOf, printValue, type Value } from "../model/value.ts";
import { baseName, type Call, runProgram } from "./invoke.ts";
import { fileKey, type Machine } from "./machine.ts";
import { nameOf } from "./made-names.ts";
import { locatePath } from "./place.ts";
import { runFile } from "./runs.ts";
import { shadow } from "./shadow.ts";
import type { Frame } from "./state.ts";

const SYSTEM_FOLDERS: ReadonlySet<string> = new Set([
  "/bin",
  "/sbin",
  "/usr/bin",
  "/usr/sbin",
  "/usr/local/bin",
  "/usr/local/sbin",
  "/usr/libexec",
  "/opt/homebrew/bin",
]);

/** Sealed by macOS, or Apple's tools below /usr/libexec: programs lie in folders of their own there. */
const SYSTEM_TREES: readonly string[] = ["/System/Library/", "/usr/libexec/ApplicationFirewall/"];

export const isSystemProgram = (path: string): boolean =>
  SYSTEM_FOLDERS.has(path.slice(0, path.lastIndexOf("/"))) || SYSTEM_TREES.some((tree) => path.startsWith(tree));

/**
 * A program named by its path: one that this command wrote, copied or linked is what it was made of; one outside the system's folders
 * is a file that runs. False: its facts say what it does.
 */
export function runNamedFile(machine: Machine, frame: Frame, call: Call): boolean {
  const { path, place } = locatePath(machine, frame, {
    ...exact(call.program),
    ...(call.word.value.from ? { from: call.word.value.from } : {}),
  });
  const text = nameOf(path);
  const copy = text === undefined ? undefined : machine.copies.get(fileKey(place, text));
  const program = copy ?? (text !== undefined && isSystemProgram(text) ? text : undefined);
  if (program !== undefined && program !== call.program) {
    runProgram(machine, frame, { ...called(program, call), spelled: call.spelled ?? "elsewhere" });
    return true;
  }
  if (isSystemProgram(call.program)) return false;
  const on: Resource = { kind: "path", value: path };
  const known = machine.contentOf(place, path);
  const own = !call.program.startsWith("/") && SCRIPT_NAMES.has(baseName(call.program));
  const facts = own ? undefined : machine.knowledge.command(baseName(call.program));
  runFile(machine, frame, { on, place, content: known, call, quiet: facts !== undefined });
  return own || known !== undefined;
}

/** Plain words that programs of the system have for a name, and projects much more often for their own scripts. */
const SCRIPT_NAMES: ReadonlySet<string> = new Set([
  ...[
    "script",
    "install",
    "test",
    "time",
    "split",
    "update",
    "link",
    "patch",
    "watch",
    "batch",
    "look",
    "join",
    "format",
    "convert",
  ],
  ...[
    "import",
    "display",
    "compare",
    "service",
    "start",
    "stop",
    "restart",
    "run",
    "serve",
    "open",
    "play",
    "edit",
    "login",
    "init",
  ],
  ...[
    "expect",
    "task",
    "dev",
    "check",
    "release",
    "deploy",
    "record",
    "report",
    "setup",
    "build",
    "clean",
    "lint",
    "server",
    "shutdown",
  ],
]);

/** A file whose name mktemp made, or the program it is a copy of or a link to. False: it is none that is known. */
export function runMadeFile(machine: Machine, frame: Frame, called: Omit<Call, "program">): boolean {
  const { path, place } = locatePath(machine, frame, called.word.value);
  const name = nameOf(path);
  if (name === undefined) return false;
  const program = machine.copies.get(fileKey(place, name)) ?? (isSystemProgram(name) ? name : undefined);
  if (program !== undefined) {
    runProgram(machine, frame, { ...called, program, spelled: "elsewhere" });
    return true;
  }
  const content = machine.contentOf(place, path);
  if (!content) return false;
  const call: Call = { ...called, program: printValue(called.word.value) };
  runFile(machine, frame, { on: { kind: "path", value: path }, place, content, call, quiet: false });
  return true;
}

/** A link to busybox is the applet that the link is called. */
function called(program: string, call: Call): Call {
  if (!isMulticall(program) || baseName(program) === baseName(call.program)) return { ...call, program };
  const applet = { ...call.word, value: exact(baseName(call.program)) };
  return { ...call, program, args: [applet, ...call.args] };
}

const isMulticall = (program: string): boolean => MULTICALL.has(baseName(program));
const MULTICALL: ReadonlySet<string> = new Set(["busybox", "toybox", "coreutils"]);

/** A name without folder: the file that `hash -p` or the PATH set by this command makes of it, if it is one that we know. */
export function fileInPath(machine: Machine, frame: Frame, call: Call): string | undefined {
  const hashed = frame.hashed.get(call.program);
  if (hashed !== undefined) return hashed;
  const path = call.env.get("PATH") ?? frame.variables.get("PATH")?.value;
  if (!path) return undefined;
  for (const folder of foldersBefore(path)) {
    const file = `${folder === "" ? "." : folder}/${call.program}`;
    const at = locatePath(machine, frame, exact(file));
    const text = nameOf(at.path);
    if (text === undefined) continue;
    const key = fileKey(at.place, text);
    if (isSystemProgram(text)) return text === file ? undefined : file;
    if (machine.files.has(key) || machine.copies.has(key)) {
      shadow(machine, frame, call.program, "file", call.span);
      return file;
    }
  }
  return undefined;
}

/** The folders that are looked at before any that is not known. */
function foldersBefore(path: Value): readonly string[] {
  const pieces = piecesOf(path);
  const [first] = pieces;
  if (typeof first !== "string") return [];
  const folders = first.split(":");
  return pieces.length > 1 ? folders.slice(0, -1) : folders;
}
