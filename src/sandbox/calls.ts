import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** A system call that concerns files, programs or the network, as strace saw it. */
export interface Call {
  readonly name: string;
  /** Absolute paths it names, in the sandbox. */
  readonly paths: readonly string[];
  /** `O_…` flags and other plain words of its arguments. */
  readonly words: readonly string[];
  /** Address and port. */
  readonly address?: { readonly host: string; readonly port: number };
  /** execve: the arguments. */
  readonly argv?: readonly string[];
  /** `ENOENT`; undefined if it worked. */
  readonly error?: string;
}

/**
 * strace(1) -ff -xx -y: a file for each process, a call a line, texts in hexadecimal. Only what follows the start of the command, in its
 * process and in those begun after it, is the command's own. `root`: how the sandbox's `/` is seen outside.
 */
export function readCalls(folder: string, root: string, command: string): readonly Call[] {
  const processes = readdirSync(folder)
    .map((file) => ({
      pid: Number(file.slice(file.lastIndexOf(".") + 1)),
      lines: readFileSync(join(folder, file), "latin1").split("\n"),
    }))
    .map(({ pid, lines }) => ({ pid, calls: lines.flatMap((line) => readCall(line, root) ?? []) }));
  const first = processes.find(({ calls }) => calls.some((call) => starts(call, command)));
  if (!first) return [];
  const own = first.calls.slice(first.calls.findIndex((call) => starts(call, command)) + 1);
  return [...own, ...processes.filter(({ pid }) => isLater(pid, first.pid)).flatMap(({ calls }) => calls)];
}

/** Process numbers begin again after the greatest. */
const GREATEST = Number(existsSync("/proc/sys/kernel/pid_max") ? readFileSync("/proc/sys/kernel/pid_max", "utf8") : 32_768);
const isLater = (pid: number, first: number): boolean => pid !== first && (pid - first + GREATEST) % GREATEST < GREATEST / 2;

const starts = ({ argv, error }: Call, command: string): boolean =>
  error === undefined && argv?.length === 3 && argv[1] === "-c" && (argv[2] === command || argv[2]?.length === 4096);

export function readCall(line: string, root: string): Call | undefined {
  const open = line.indexOf("(");
  const close = line.lastIndexOf(") = ");
  if (open < 1 || close < open) return undefined;
  const name = line.slice(0, open);
  const args = line.slice(open + 1, close);
  const result = line.slice(close + 4);
  const error = result.startsWith("-1 ") ? result.slice(3).split(" ")[0] : undefined;
  const address = addressIn(args);
  const argv = name === "execve" ? textsIn(args.slice(args.indexOf("["), args.indexOf("]"))) : undefined;
  return {
    name,
    paths: name === "connect" || name === "bind" ? [] : pathsIn(argv ? args.slice(0, args.indexOf("[")) : args, root),
    words: args.split(/[^A-Z_0-9]+/).filter((word) => word.length > 2 && word.includes("_")),
    ...(address ? { address } : {}),
    ...(argv ? { argv } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

/** Texts in quotes, `\x` escapes only. */
function textsIn(args: string): readonly string[] {
  return args.split('"').flatMap((part, i) => (i % 2 === 1 ? [unhex(part)] : []));
}

const unhex = (text: string): string => Buffer.from(text.replaceAll("\\x", ""), "hex").toString("utf8");

/** Every text is a path; one that is not absolute lies under the folder that is named before it: `AT_FDCWD</workspace>, "a"`. */
function pathsIn(args: string, root: string): readonly string[] {
  const paths: string[] = [];
  let folder = "/";
  for (let i = 0; i < args.length; ) {
    const char = args[i];
    if (char === "<") {
      const end = args.indexOf(">", i);
      const named = args.slice(i + 1, end < 0 ? args.length : end);
      folder = inside(named.includes("\\x") ? unhex(named) : named, root);
      i = end < 0 ? args.length : end + 1;
    } else if (char === '"') {
      const end = args.indexOf('"', i + 1);
      const text = unhex(args.slice(i + 1, end < 0 ? args.length : end));
      if (text !== "") paths.push(normalize(text.startsWith("/") ? text : join(folder, text)));
      i = end < 0 ? args.length : end + 1;
    } else i++;
  }
  return paths.map((path) => (path.length > 1 && path.endsWith("/") ? dirname(`${path}x`) : path));
}

const inside = (path: string, root: string): string => (path.startsWith(root) ? path.slice(root.length) || "/" : path);

function addressIn(args: string): Call["address"] {
  const port = numberAfter(args, "htons(");
  if (port === undefined) return undefined;
  const [host] = textsIn(args.slice(Math.max(args.indexOf("inet_addr("), args.indexOf("inet_pton("))));
  return host === undefined ? undefined : { host: host.startsWith("::ffff:") ? host.slice(7) : host, port };
}

function numberAfter(text: string, mark: string): number | undefined {
  const at = text.indexOf(mark);
  return at < 0 ? undefined : Number.parseInt(text.slice(at + mark.length), 10);
}
