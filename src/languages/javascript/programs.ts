import { type Abstract, exactOf, type Fields, type Handle, itemsOf, joined, known, listOf, NONE } from "../code/abstract.ts";
import { callBack } from "../code/calls.ts";
import { type Streams, startCode, startFile, startShell, startWords } from "../code/programs.ts";
import type { Call, Native } from "../code/world.ts";

const BLANK = known(" ");

const optionsIn = (call: Call): Fields | undefined => call.args.find((arg): arg is Fields => arg.kind === "record");

const isSet = (flag: Abstract | undefined): boolean =>
  flag !== undefined && flag.kind !== "nothing" && !(flag.kind === "number" && flag.value === 0);

/** `stdio: "inherit"`, `[0, 1, 2]`, `[socket, socket, socket]`: otherwise the code gets what the program prints. */
function streamsOf(call: Call): Streams {
  const options = optionsIn(call);
  const stdio = options?.fields.get("stdio");
  const parts = stdio?.kind === "list" ? stdio.items : [];
  const stream = (at: number, name: string): Abstract | undefined => {
    const given = options?.fields.get(name) ?? parts[at];
    return given?.kind === "handle" || given?.kind === "method" ? given : undefined;
  };
  const stdout = options?.fields.get("stdout") ?? parts[1] ?? stdio;
  const inherited = exactOf(stdout) === "inherit" || (stdout?.kind === "number" && stdout.value === 1);
  return {
    stdin: options?.fields.get("input") ?? stream(0, "stdin"),
    stdout: stream(1, "stdout"),
    env: options?.fields.get("env"),
    cwd: options?.fields.get("cwd"),
    captured: !inherited,
  };
}

/** The child has streams of its own, and callbacks get what it prints. */
function finished(call: Call, child: Handle): Abstract {
  return callBack(call.world, call.args, child);
}

function execShell(call: Call): Abstract {
  return finished(
    call,
    startShell(call.world, call.args[0] ?? NONE, streamsOf(call), shellOf(optionsIn(call)?.fields.get("shell"))),
  );
}

function shellOf(shell: Abstract | undefined): string {
  const path = exactOf(shell);
  return path === undefined || path === "1" || path === "0" ? "sh" : path.slice(path.lastIndexOf("/") + 1);
}

/** `spawn(program, [args], { shell: true })` joins them for a shell. */
function spawn(call: Call): Abstract {
  const [program = NONE, list] = call.args;
  const words = list?.kind === "list" ? [...list.items, ...(list.more ? [list.more] : [])] : [];
  const shell = optionsIn(call)?.fields.get("shell");
  if (!isSet(shell)) return finished(call, startWords(call.world, [program, ...words], streamsOf(call)));
  const line = [program, ...words].flatMap((word, i) => (i === 0 ? [word] : [BLANK, word]));
  return finished(call, startShell(call.world, joined(line), streamsOf(call), shellOf(shell)));
}

function fork(call: Call): Abstract {
  const [path = NONE, list] = call.args;
  return finished(call, startFile(call.world, "javascript", path, list ? itemsOf(list).items : []));
}

/** `new Worker(code, { eval: true })`, or a file. */
function worker(call: Call): Abstract {
  const [path = NONE] = call.args;
  return isSet(optionsIn(call)?.fields.get("eval"))
    ? startCode(call.world, "javascript", path)
    : startFile(call.world, "javascript", path, []);
}

const argsIn = (options: Fields | undefined, name: string): readonly Abstract[] =>
  itemsOf(options?.fields.get(name) ?? listOf([])).items;

const denoRun: Native = (call) =>
  startWords(call.world, argsIn(optionsIn(call), "cmd"), {
    captured: exactOf(optionsIn(call)?.fields.get("stdout")) === "piped",
  });

const denoCommand: Native = (call) =>
  startWords(call.world, [call.args[0] ?? NONE, ...argsIn(optionsIn(call), "args")], { ...streamsOf(call), captured: true });

const bunSpawn: Native = (call) => {
  const [list = NONE] = call.args;
  const words = list.kind === "list" ? list.items : argsIn(optionsIn(call), "cmd");
  return startWords(call.world, words, streamsOf(call));
};

export const PROGRAM_NATIVES: readonly (readonly [string, Native])[] = [
  ["exec-shell", execShell],
  ["spawn", spawn],
  ["fork", fork],
  ["worker", worker],
  ["deno-run", denoRun],
  ["deno-command", denoCommand],
  ["bun-spawn", bunSpawn],
];
