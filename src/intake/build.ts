import type { Doubt } from "../model/doubt.ts";
import type { Sandbox } from "../model/sandbox.ts";
import type { Context, Input, Subject } from "../model/subject.ts";
import { exact } from "../model/value.ts";
import { type Arguments, jsonWords, nameAt, optionWords, settingsAt, textAt, Unreadable, valueAt, wordsOf } from "./arguments.ts";
import { programName, runnerOf } from "./language.ts";
import type { At, Mapping } from "./mapping.ts";
import { placeWords } from "./places.ts";

/**
 * What a call runs, as the argv (or the shell's text) that the server makes of it: `docker exec -u root web ls`. More than one where
 * it can be taken in two ways. Throws Unreadable if the arguments hold nothing that can run.
 */
export function build(
  mapping: Mapping,
  args: Arguments,
  context: Context,
  sandboxOf: SandboxOf = none,
): readonly [Subject, ...Subject[]] {
  const [first, ...others] = programsOf(mapping, args);
  if (first === undefined) throw new Unreadable(`the call has no "${whatRuns(mapping)[0] ?? "command"}"`);
  const subject = (what: Program): Subject => placed(mapping, args, context, what, sandboxOf);
  return [subject(first), ...others.map(subject)];
}

const whatRuns = ({ argv, command, program, code }: Mapping): readonly string[] =>
  [argv, command, program, code].flatMap((at) => at ?? []);

/** The sandbox that a container is, by its name; without a name, the machine itself. */
export type SandboxOf = (container: string | undefined) => Sandbox | undefined;

const none: SandboxOf = () => undefined;

/** A shell's text, or words; code in a language that is not read is a doubt beside them. */
interface Program {
  readonly text?: string;
  readonly words?: readonly string[];
  readonly shell?: string;
  readonly doubt?: Doubt;
}

function programsOf(mapping: Mapping, args: Arguments): readonly Program[] {
  const shell = shellOf(mapping, args);
  const programs = [
    ...wordsOrText(args, mapping.argv, shell, false),
    ...wordsOrText(args, mapping.command, shell, true),
    ...withWords(args, mapping, shell),
    ...codeOf(args, mapping),
  ];
  return programs.length === 0 && isWhole(mapping, args) ? [{ words: argumentWords(args, mapping.args) }] : programs;
}

/** `pip install` is a program by itself, and so is an image. */
const isWhole = (mapping: Mapping, args: Arguments): boolean =>
  valueAt(args, mapping.image) !== undefined || (mapping.through !== undefined && whatRuns(mapping).length === 0);

/** Undefined: none reads it. `shell: true` is the platform's own. */
function shellOf(mapping: Mapping, args: Arguments): string | undefined {
  const given = textAt(args, mapping.shell);
  if (given === undefined || given === "false" || given === "") return undefined;
  return given === "true" ? "sh" : given;
}

/** A list is words, but where a shell is asked for also its text; a text is a shell's, but for a JSON array, which may be both. */
function wordsOrText(args: Arguments, at: At | undefined, shell: string | undefined, textual: boolean): readonly Program[] {
  const value = valueAt(args, at);
  if (at === undefined || value === undefined) return [];
  const path = nameAt(args, at);
  if (Array.isArray(value)) {
    if (value.length === 0) throw new Unreadable(`"${path}" is an empty list`);
    const words = wordsOf(value, path);
    return shell === undefined ? [{ words }] : [{ words }, { text: words.join(" "), shell }];
  }
  const text = textAt(args, at) ?? "";
  const words = jsonWords(text, path);
  const asText: Program = { text, shell: shell ?? "sh" };
  if (words === undefined) return [asText];
  return shell === undefined && !textual ? [{ words }] : [{ words }, asText];
}

/** node joins by spaces what it hands to a shell. */
function withWords(args: Arguments, { program, args: at }: Mapping, shell: string | undefined): readonly Program[] {
  const name = textAt(args, program);
  if (name === undefined) return [];
  const rest = argumentWords(args, at);
  return shell === undefined ? [{ words: [name, ...rest] }] : [{ text: [name, ...rest].join(" "), shell }];
}

function argumentWords(args: Arguments, at: At | undefined): readonly string[] {
  const given = valueAt(args, at);
  if (at === undefined || given === undefined) return [];
  const path = nameAt(args, at);
  if (Array.isArray(given)) return wordsOf(given, path);
  if (typeof given !== "string") throw new Unreadable(`"${path}" is no list of arguments`);
  return jsonWords(given, path) ?? given.split(" ").filter((word) => word !== "");
}

function codeOf(args: Arguments, mapping: Mapping): readonly Program[] {
  const code = textAt(args, mapping.code);
  if (code === undefined) return [];
  const language = textAt(args, mapping.language) ?? mapping.in;
  if (language === undefined)
    return [{ words: ["python3", "-c", code], doubt: unreadCode("code in a language that is not said") }];
  const words = runnerOf(language, code);
  return [words ? { words } : { words: [language, code], doubt: unreadCode(`code in ${language}, which is not read`) }];
}

const unreadCode = (text: string): Doubt => ({
  kind: "opaque-code",
  text,
  span: { start: 0, end: 0 },
  role: "code",
  source: "inline",
  about: [],
});

function placed(mapping: Mapping, args: Arguments, context: Context, what: Program, sandboxOf: SandboxOf): Subject {
  const env = settingsAt(args, mapping.env);
  const envFile = textAt(args, mapping.envFile);
  const cwd = textAt(args, mapping.cwd);
  const inside = enclosed(mapping, args, context, sandboxOf);
  const place = inside ? undefined : placeWords(mapping, args, { env, envFile, cwd });
  const user = inside ? undefined : textAt(args, mapping.user);
  const from = textAt(args, mapping.from);
  const here =
    place === undefined ? locally(inside ?? context, env, cwd, user) : { words: [], context: workingIn(context, from) };
  const through = [...(mapping.through ?? []), ...(place === undefined && !inside ? optionWords(mapping.options, args) : [])];
  const doubts = [what.doubt, envFileDoubt(envFile, from, context)].filter((doubt) => doubt !== undefined);
  const before = [...(place?.words ?? []), ...here.words, ...through];
  return {
    input: inputOf(what, before, place?.joins === true),
    context: withMore(here.context, doubts, textAt(args, mapping.stdin)),
  };
}

/** Relative paths of this machine are from there: `-v ./src:/src`. */
function workingIn(context: Context, from: string | undefined): Context {
  const cwd = from === undefined ? undefined : folderAt(from, context.cwd);
  return cwd === undefined ? context : { ...context, cwd };
}

function withMore(context: Context, doubts: readonly Doubt[], stdin: string | undefined): Context {
  return {
    ...context,
    ...(stdin === undefined ? {} : { stdin }),
    ...(doubts.length > 0 ? { doubts: [...(context.doubts ?? []), ...doubts] } : {}),
  };
}

/** A sandbox that is known is where the program runs; how it got there is not its doing. Undefined: none is known. */
function enclosed(mapping: Mapping, args: Arguments, context: Context, sandboxOf: SandboxOf): Context | undefined {
  if ((mapping.image ?? mapping.pod ?? mapping.host) !== undefined) return undefined;
  const container = mapping.container === undefined ? undefined : (textAt(args, mapping.container) ?? mapping.otherwise);
  const sandbox = sandboxOf(container);
  if (!sandbox) return undefined;
  const name = textAt(args, mapping.user);
  if (name === undefined) return { ...context, sandbox };
  // Any other name may be another name of root's.
  const root = name === "root" || name === "0" || name.startsWith("0:") || name.startsWith("root:") ? "yes" : "maybe";
  return { ...context, user: name, sandbox: { ...sandbox, user: { ...sandbox.user, name, root } } };
}

/** A shell's text alone is read as such; behind other words it is the last of a shell's. ssh hands text on as it is. */
function inputOf({ text, words, shell }: Program, before: readonly string[], joins: boolean): Input {
  if (text === undefined) return { argv: [...before, ...(words ?? [])] };
  if (joins) return { argv: [...before, text] };
  const runner = shell === undefined ? undefined : runnerOf(shell, text);
  const plain = shell === undefined || shell === "sh" || programName(shell) === "bash";
  if (plain && before.length === 0) return { command: text };
  return { argv: [...before, ...(runner ?? [shell ?? "sh", "-c", text])] };
}

/** On this machine: another user by sudo, the folder and variables by env. */
function locally(context: Context, env: readonly string[], cwd: string | undefined, user: string | undefined) {
  const at = cwd === undefined ? undefined : folderAt(cwd, context.cwd);
  const folder = cwd === undefined || at !== undefined ? [] : ["-C", cwd];
  for (const setting of env) checkName(setting);
  const settings = env.map((setting) => (setting.includes("=") ? setting : `${setting}=`));
  const words = settings.length + folder.length > 0 ? ["env", ...folder, ...settings] : [];
  const as = user === undefined || user === context.user ? [] : ["sudo", "-u", user];
  return { words: [...as, ...words], context: at === undefined ? context : { ...context, cwd: at } };
}

/** Undefined: it is under a folder that is not known. */
function folderAt(folder: string, under: string | undefined): string | undefined {
  if (folder.startsWith("/") || folder === "~" || folder.startsWith("~/")) return folder;
  if (under === undefined) return undefined;
  const parts: string[] = [];
  for (const part of `${under}/${folder}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** A name that env(1) would take for an option, or for the program. */
function checkName(setting: string): void {
  const name = setting.split("=")[0] ?? "";
  if (name === "" || name.startsWith("-")) throw new Unreadable(`"${setting}" sets no variable`);
}

/** Its variables cannot be seen; the project's own file is the operator's choice. `from`: where the call says the server works. */
function envFileDoubt(file: string | undefined, from: string | undefined, context: Context): Doubt | undefined {
  if (file === undefined || isOwn(file, from, context)) return undefined;
  return {
    kind: "hidden-argument",
    text: `the env file ${file} is outside the project, and sets variables that cannot be seen`,
    span: { start: 0, end: 0 },
    by: "input",
    role: "code",
    about: [{ kind: "path", value: exact(file) }],
  };
}

function isOwn(file: string, from: string | undefined, { cwd, project }: Context): boolean {
  const under = from === undefined ? cwd : folderAt(from, cwd);
  const path = folderAt(file, under);
  const roots = project ?? (cwd === undefined ? [] : [cwd]);
  if (path !== undefined && !file.split("/").includes("..")) {
    const isUnder = roots.some((root) => path.startsWith(root.endsWith("/") ? root : `${root}/`));
    if (isUnder) return true;
  }
  // Where the server works is not known, and where the file is follows from that: nobody chose another place.
  return path === undefined && from === undefined && !/^\\|^[A-Za-z]:/.test(file) && !file.split("/").includes("..");
}
