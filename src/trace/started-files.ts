import type { Binding } from "../model/binding.ts";
import { type Argument, exactText, textsOf } from "../model/value.ts";
import { baseName, type Call, invoke } from "./invoke.ts";
import { fileKey, type Machine } from "./machine.ts";
import { nameOf, pathNamed } from "./made-names.ts";
import { locatePath } from "./place.ts";
import { type Frame, fork } from "./state.ts";

/** githooks(5), git 2.39 */
const HOOKS: readonly string[] = [
  ...["applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit", "prepare-commit-msg"],
  ...["commit-msg", "post-commit", "pre-rebase", "post-checkout", "post-merge", "pre-push", "pre-auto-gc", "post-rewrite"],
  ...["post-index-change", "reference-transaction", "sendemail-validate", "fsmonitor-watchman"],
];
const WITHOUT_HOOKS: ReadonlySet<string> = new Set(["config", "status", "log", "diff", "show", "init", "remote"]);

/** Programs that this command put into a folder where another looks for them by name: `run-parts d`, hooks, `git --exec-path=d x`. */
export function runStartedFiles(machine: Machine, frame: Frame, call: Call, binding: Binding): void {
  if (machine.files.size + machine.copies.size + machine.links.size === 0) return;
  const program = baseName(call.program);
  const words = call.args.map(({ value }) => nameOf(value) ?? "-");
  if (program === "run-parts") for (const word of words) if (!word.startsWith("-")) runAll(machine, frame, call, word);
  if (program !== "git") return;
  for (const folder of optionOf(words, "--exec-path")) {
    for (const word of words) if (!word.startsWith("-")) runOne(machine, frame, call, `${folder}/git-${word}`);
  }
  if (words.some((word) => WITHOUT_HOOKS.has(word))) return;
  for (const folder of hookFolders(machine, binding)) for (const hook of HOOKS) runOne(machine, frame, call, `${folder}/${hook}`);
}

function optionOf(words: readonly string[], name: string): readonly string[] {
  return words.flatMap((word) => (word.startsWith(`${name}=`) ? [word.slice(name.length + 1)] : []));
}

/** What `-c core.hooksPath=` names, and `git config core.hooksPath` before in the same command. */
function hookFolders(machine: Machine, binding: Binding): readonly string[] {
  const named = binding.effects.flatMap(({ kind, on }) =>
    kind === "execute" && on.kind === "path" ? (nameOf(on.value) ?? []) : [],
  );
  const configured = machine.settings.flatMap(({ on, attributes }) => {
    const isHooks = exactText(on.value)?.toLowerCase().endsWith("core.hookspath");
    return isHooks && attributes.content ? (textsOf(attributes.content) ?? []) : [];
  });
  return [...new Set([...named, ...configured])];
}

function runAll(machine: Machine, frame: Frame, call: Call, folder: string): void {
  const { path, place } = locatePath(machine, frame, pathNamed(folder));
  const text = nameOf(path);
  if (text === undefined) return;
  const key = fileKey(place, text);
  const inside = new Set<string>();
  for (const known of [machine.files, machine.copies, machine.links])
    for (const file of known.keys())
      if (file.startsWith(`${key}/`) && !file.slice(key.length + 1).includes("/")) inside.add(file.slice(key.length + 1));
  for (const name of inside) runOne(machine, frame, call, `${folder}/${name}`);
  // `cp /bin/sh d` where d is a folder
  if (inside.size === 0 && machine.copies.has(key)) runOne(machine, frame, call, folder);
}

function runOne(machine: Machine, frame: Frame, call: Call, file: string): void {
  const inner = fork(machine, frame);
  inner.through = [...frame.through, baseName(call.program)];
  const { path, place } = locatePath(machine, inner, pathNamed(file));
  const text = nameOf(path);
  if (text === undefined || !isMade(machine, fileKey(place, text), file, frame)) return;
  const { span } = call.word;
  const word: Argument = { value: pathNamed(file.includes("/") ? file : `./${file}`), count: "one", span };
  const key = `starts ${text}`;
  if (machine.reading.has(key)) return;
  machine.reading.add(key);
  invoke(machine, inner, [word], new Map(), span);
  machine.reading.delete(key);
}

/** A link is followed when it is located: what it is called is asked for as well. */
function isMade(machine: Machine, key: string, file: string, frame: Frame): boolean {
  if (machine.files.has(key) || machine.copies.has(key)) return true;
  const own = file.startsWith("/") || file.startsWith("~") ? file : `${exactText(frame.cwd) ?? "."}/${file}`;
  return machine.links.has(fileKey(frame.place, own.replaceAll("/./", "/")));
}
