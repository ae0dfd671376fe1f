import {
  type Abstract,
  dataFrom,
  exactOf,
  handle,
  itemsOf,
  known,
  listOf,
  madeOf,
  NONE,
  number,
  sourcesOf,
  textOf,
  valueIn,
} from "../code/abstract.ts";
import { allSources, endOf, resourcesIn } from "../code/ends.ts";
import { resourceOfHost } from "../code/hosts.ts";
import { exchange } from "../code/natives.ts";
import { type Streams, startShell, startWords, wordsOf } from "../code/programs.ts";
import type { Call, Native } from "../code/world.ts";

const at = (call: Call, index: number, name: string): Abstract | undefined => call.named.get(name) ?? call.args[index];

/** subprocess: a list is a program and its words, a text is a program, or a command line with `shell=True`. */
function subprocess(call: Call): Abstract {
  const { world, named, path } = call;
  const command = at(call, 0, "args") ?? NONE;
  const pipe = (stream: Abstract | undefined): boolean => stream?.kind === "library" && stream.path.endsWith("PIPE");
  const given = (stream: Abstract | undefined): Abstract | undefined => (stream?.kind === "handle" ? stream : undefined);
  const stdout = named.get("stdout");
  const silent = stdout?.kind === "library" && stdout.path.endsWith("DEVNULL");
  const streams: Streams = {
    stdin: named.get("input") ?? given(named.get("stdin")),
    stdout: given(stdout),
    env: named.get("env"),
    cwd: named.get("cwd"),
    captured: path.endsWith("check_output") || named.has("capture_output") || pipe(stdout) || silent,
  };
  if (isShell(named.get("shell"))) {
    const words = command.kind === "list" ? (command.items[0] ?? NONE) : command;
    return startShell(world, words, streams, shellOf(named.get("executable")));
  }
  return startWords(world, programWords(command, named.get("executable")), streams);
}

const isShell = (flag: Abstract | undefined): boolean =>
  flag !== undefined && !(flag.kind === "number" && flag.value === 0) && flag.kind !== "nothing";

function shellOf(executable: Abstract | undefined): string {
  const path = exactOf(executable);
  return path === undefined ? "sh" : path.slice(path.lastIndexOf("/") + 1);
}

/** A text without a shell is a program's name; one with blanks is what somebody forgot to split, or `shlex.split` would have. */
function programWords(command: Abstract, executable: Abstract | undefined): readonly Abstract[] {
  const words = wordsOf([command]);
  return executable && executable.kind !== "nothing" ? [executable, ...words.slice(1)] : words;
}

/** os.execl(path, arg0, arg1, …): what it is called as does not matter. */
const execWords =
  (start: number): Native =>
  (call) => {
    const [path, ...words] = call.args.slice(start);
    const args = words.slice(1).filter((word) => word.kind !== "record" && word.kind !== "library");
    return startWords(call.world, path ? [path, ...args] : [], { captured: false });
  };

/** os.execv(path, [arg0, arg1, …], environment). */
const execList =
  (start: number): Native =>
  (call) => {
    const [path, list = NONE, env] = call.args.slice(start);
    const words = list.kind === "list" ? itemsOf(list).items.slice(1) : [];
    const rest = list.kind === "list" && list.more ? [list.more] : list.kind === "list" ? [] : [list];
    return startWords(call.world, path ? [path, ...words, ...rest] : [], { captured: false, ...(env ? { env } : {}) });
  };

/** `os.dup2(s.fileno(), 0)`: programs that are run later read from the socket. */
function dup2(call: Call): Abstract {
  const [from = NONE, to = NONE] = call.args;
  const [source] = sourcesOf(from);
  // `for fd in (0, 1, 2)`, or a number that is not known: any of them.
  const targets = to.kind === "number" ? [to.value] : [0, 1, 2];
  if (source) for (const target of targets) call.world.descriptors.set(target, source);
  return NONE;
}

const pip: Native = (call) => startWords(call.world, [known("pip"), ...wordsOf(call.args.slice(0, 1))], { captured: false });

/** Words as a shell would part them, without its other powers (Python library reference, shlex). */
function shellWords(call: Call): Abstract {
  const text = exactOf(call.args[0]);
  if (text === undefined) return listOf([], madeOf(call.args));
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (char === quote) quote = "";
    else if (char === "\\" && quote !== "'") word = (word ?? "") + (text[++i] ?? "");
    else if (quote === "" && (char === '"' || char === "'")) {
      quote = char;
      word ??= "";
    } else if (quote === "" && " \t\n\r".includes(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (word !== undefined) words.push(word);
  return listOf(words.map(known));
}

function become(call: Call): Abstract {
  const user = call.args.at(-1);
  const id = exactOf(user);
  const value = id === "0" ? { kind: "exact" as const, text: "root" } : valueIn(user ?? NONE);
  call.world.results.effect("elevate", { kind: "account", value });
  return NONE;
}

/** The handle is that host from now on. */
function bindSocket(call: Call, kind: "connect" | "listen"): Abstract {
  const resources = call.args.slice(0, 1).flatMap((address) => resourcesIn(address, "address"));
  for (const on of resources) {
    call.world.results.effect(kind, on);
    call.world.results.flow(allSources(call.args.slice(0, 1)), endOf(on, call));
  }
  if (call.self?.kind === "handle") call.self.at = resources.map((on) => ({ at: endOf(on, call) }));
  return NONE;
}

const accept: Native = (call) => {
  const self = call.self?.kind === "handle" ? call.self.at : [];
  const made = handle("socket", self);
  call.world.handles.push(made);
  return listOf([made, dataFrom(self)]);
};

function sendTo(call: Call): Abstract {
  const [data = NONE, second, third] = call.args;
  const address = third ?? second;
  for (const on of address ? resourcesIn(address, "address") : []) {
    call.world.results.effect("connect", on);
    call.world.results.flow(sourcesOf(data), endOf(on, call));
  }
  return NONE;
}

/** A name that is looked up is told to whoever answers for it. */
function resolve(call: Call): Abstract {
  const [host = NONE] = call.args;
  const on = resourceOfHost(valueIn(host), undefined, "dns");
  if (sourcesOf(host).length > 0) {
    call.world.results.effect("connect", on);
    call.world.results.flow(sourcesOf(host), endOf(on, call));
  }
  return textOf(valueIn(host), sourcesOf(host));
}

/** `requests.post(url, data=…)` */
const http =
  (position: number): Native =>
  (call) =>
    exchange(call, at(call, position, "url") ?? NONE, insecure(call) ? "insecure" : undefined);

const insecure = (call: Call): boolean => {
  const verify = call.named.get("verify") ?? call.named.get("ssl");
  return verify?.kind === "number" && verify.value === 0;
};

/** `Request(url, data, headers)`: not sent yet, but to be. */
function request(call: Call): Abstract {
  const url = at(call, 0, "url") ?? NONE;
  const resources = resourcesIn(url, "url");
  for (const on of resources) {
    call.world.results.effect(on.kind === "path" ? "read" : "connect", on);
    call.world.results.flow(allSources([...call.args, ...call.named.values()]), endOf(on, call));
  }
  return handle(
    "request",
    resources.map((on) => ({ at: endOf(on, call) })),
  );
}

function connectHost(call: Call, scheme: string, type: string): Abstract {
  const host = at(call, 0, "host") ?? at(call, 0, "hostname");
  const port = at(call, 1, "port");
  if (!host) return handle(type);
  const on = resourceOfHost(valueIn(host), port && port.kind !== "nothing" ? valueIn(port) : undefined, scheme);
  call.world.results.effect("connect", on);
  const end = [{ at: endOf(on, call) }];
  if (call.self?.kind === "handle") call.self.at = end;
  return handle(type, end);
}

function serve(call: Call): Abstract {
  const address = at(call, 0, "server_address") ?? NONE;
  const handler = call.args[1];
  for (const on of resourcesIn(address, "address")) {
    call.world.results.effect("listen", { ...on, scheme: "http" });
    if (handler?.kind !== "library" || !handler.path.endsWith("SimpleHTTPRequestHandler")) continue;
    const folder = { kind: "path" as const, value: { kind: "exact" as const, text: "." } };
    call.world.results.effect("read", folder, { sweep: true });
    call.world.results.flow([{ at: endOf(folder, call) }], endOf({ ...on, scheme: "http" }, call));
  }
  return NONE;
}

function streamPair(call: Call): Abstract {
  const [host = NONE, port = NONE] = call.args;
  const on = resourceOfHost(valueIn(host), valueIn(port), "tcp");
  const made = handle("socket", [{ at: endOf(on, call) }]);
  return listOf([made, made]);
}

export const PROGRAM_NATIVES: readonly (readonly [string, Native])[] = [
  ["subprocess", subprocess],
  ["exec-words", execWords(0)],
  ["exec-list", execList(0)],
  ["spawn-words", execWords(1)],
  ["spawn-list", execList(1)],
  ["dup2", dup2],
  ["pip", pip],
  ["shell-words", shellWords],
  ["become", become],
  ["socket-connect", (call) => bindSocket(call, "connect")],
  ["socket-bind", (call) => bindSocket(call, "listen")],
  ["socket-accept", accept],
  ["socket-sendto", sendTo],
  ["resolve", resolve],
  ["http", http(0)],
  ["http-second", http(1)],
  ["request", request],
  ["ftp", (call) => connectHost(call, "ftp", "ftp")],
  ["ssh-connect", (call) => connectHost(call, "ssh", "ssh")],
  ["serve", serve],
  ["stream-pair", streamPair],
  ["=subprocess.STDOUT", () => number(-2)],
];
