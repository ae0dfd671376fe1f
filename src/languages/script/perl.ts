import { exact, unknown } from "../../model/value.ts";
import * as acts from "./acts.ts";
import { argument, option, plain, pure } from "./acts.ts";
import * as decode from "./decodings.ts";
import { PERL_GRAMMAR } from "./grammar.ts";
import type { Act, Call, Dialect, Interpreter } from "./interpreter.ts";
import { joined } from "./lists.ts";
import { PERL } from "./perl-lexis.ts";
import { MODULES, PLAIN } from "./perl-names.ts";
import { argumentFiles, readHandle, standardInput } from "./reading.ts";
import { blend, known, listOf, type Thing, text, UNKNOWN } from "./thing.ts";

/** `open(F, "<", $name)`, `open(F, "cmd|")`, `open(STDIN, ">&S")`. */
const open: Act = (at, call) => {
  const [target, mode = UNKNOWN, path] = call.args;
  const way = known(mode);
  if (target?.path === "STDIN" || target?.path === "STDOUT" || target?.path === "STDERR")
    return redirect(at, target.path, mode, path);
  const opened = path === undefined ? openTwo(at, mode) : openThree(at, way ?? "<", path, call.args.slice(3));
  hold(at, call, opened);
  return opened;
};

function openTwo(at: Interpreter, spec: Thing): Thing {
  const name = known(spec);
  if (name === undefined) {
    // An unknown name may hold a pipe: two-argument open runs it.
    if (spec.from.length > 0) at.opaque("a name that may be a command is opened", spec.from, spec.value);
    return acts.openPath(at, spec, "r", false);
  }
  const bare = name.trim();
  if (bare.endsWith("|")) return acts.openCommand(at, text(bare.slice(0, -1)), "r");
  if (bare.startsWith("|")) return acts.openCommand(at, text(bare.slice(1)), "w");
  const marks = bare.length - bare.replace(/^[+<>]+/, "").length;
  const mode = bare.slice(0, marks);
  const rest = bare.slice(marks).trim();
  if (rest.startsWith("&")) return duplicated(at, rest.slice(1).replace(/^=/, "")) ?? UNKNOWN;
  return acts.openPath(at, text(rest, spec.from), mode === "" ? "r" : mode, false);
}

function openThree(at: Interpreter, mode: string, path: Thing, words: readonly Thing[]): Thing {
  if (mode.startsWith("-|")) return acts.openCommand(at, path, "r", words);
  if (mode.startsWith("|-")) return acts.openCommand(at, path, "w", words);
  if (mode.includes("&")) return path.handle ? path : (duplicated(at, known(path) ?? "") ?? UNKNOWN);
  return acts.openPath(at, path, mode.split(":")[0]?.trim() ?? "<", false);
}

const duplicated = (at: Interpreter, name: string): Thing | undefined => at.variables.get(`*${name}`) ?? at.variables.get(name);

/** A standard stream becomes a socket or file: programs that are run from now on have it. */
function redirect(at: Interpreter, stream: string, mode: Thing, path: Thing | undefined): Thing {
  const source = path?.handle ? path : path === undefined ? openTwo(at, mode) : openThree(at, known(mode) ?? "<", path, []);
  join(at, stream, source);
  return source;
}

function join(at: Interpreter, stream: string, source: Thing): void {
  const end = source.handle?.end;
  if (!end) return;
  if (stream === "STDIN") at.stdin = end;
  else if (stream === "STDOUT") at.stdout = end;
}

/** The first argument names the handle: `S`, `$fh`, `my $fh`. */
function hold(at: Interpreter, call: Call, opened: Thing): void {
  const [node] = call.nodes;
  const name = node?.kind === "variable" ? node.name : `*${call.args[0]?.path ?? ""}`;
  at.variables.set(name, opened);
}

const handleOf = (at: Interpreter, thing: Thing | undefined): Thing | undefined =>
  thing?.handle ? thing : at.variables.get(`*${thing?.path ?? ""}`);

const socket: Act = (at, call) => {
  const opened = at.opened("socket", undefined);
  hold(at, call, opened);
  return opened;
};

/** `connect(S, sockaddr_in($port, inet_aton($host)))` */
const connect: Act = (at, call) => {
  const address = argument(call, 1);
  const opened = acts.connect(
    at,
    address.pairs?.get("host") ?? text(unknown("author", "an address")),
    address.pairs?.get("port"),
  );
  const held = handleOf(at, call.args[0]);
  if (held?.handle) held.handle.end = opened.handle?.end;
  else hold(at, call, opened);
  return UNKNOWN;
};

const address: Act = (_at, call) => ({
  ...UNKNOWN,
  pairs: new Map([
    ["port", argument(call, 0)],
    ["host", argument(call, 1)],
  ]),
});

const bind: Act = (at, call) => {
  hold(at, call, acts.listen(at, argument(call, 1).pairs?.get("port")));
  return UNKNOWN;
};

const accept: Act = (at, call) => {
  const end = handleOf(at, call.args[1])?.handle?.end;
  hold(at, call, at.opened("socket", end));
  return UNKNOWN;
};

const inet: Act = (at, call) => {
  if (option(call, "Listen")) return acts.listen(at, option(call, "LocalPort"));
  const unix = option(call, "Peer");
  if (unix) return acts.connect(at, unix, undefined);
  const host = option(call, "PeerAddr", "PeerHost") ?? call.args[0];
  const scheme = known(option(call, "Proto")) === "udp" ? "udp" : "tcp";
  return host ? acts.connect(at, host, option(call, "PeerPort"), scheme) : UNKNOWN;
};

/** `STDIN->fdopen($c, "r")`, `$~->fdopen($c, "w")` */
const fdopen: Act = (at, call) => {
  const source = argument(call, 0);
  join(at, known(call.args[1])?.includes("w") ? "STDOUT" : "STDIN", source);
  return source;
};

/** `dup2(fileno(S), 0)` */
const dup2: Act = (at, call) => {
  const number = Number(known(call.args[0]));
  const handle = call.args[0]?.handle ?? at.handles.find((one) => one.number === number);
  const target = known(call.args[1]);
  if (handle?.end && target === "0") at.stdin = handle.end;
  if (handle?.end && target === "1") at.stdout = handle.end;
  return UNKNOWN;
};

const shift: Act = (at, call) => {
  const [node] = call.nodes;
  const name = node?.kind === "variable" ? node.name : at.variables.has("@_") ? "@_" : "@ARGV";
  const list =
    call.args.length > 0 && node?.kind !== "variable" ? listOf(call.args) : (at.variables.get(name) ?? special(at, name));
  const [head, ...rest] = list?.items ?? [];
  if (head && name === "@_") at.variables.set(name, listOf(rest));
  return head ?? (list ? blend([list]) : UNKNOWN);
};

const push: Act = (at, call) => {
  const [node] = call.nodes;
  const name = node?.kind === "variable" ? node.name : undefined;
  if (name !== undefined) at.assign(name, listOf(call.args));
  return UNKNOWN;
};

const tree: Act = (at, call) => {
  for (const arg of call.args) if (!arg.pairs) at.draft.path("delete", arg.value, { recursive: true });
  return UNKNOWN;
};

const userAgent: Act = (at, call) => {
  const made = call.args[0];
  if (call.name === "request" && made?.from.length) return { value: unknown("network"), from: made.from };
  return acts.request(0, 1)(at, call);
};

const requestObject: Act = (at, call) => acts.request(1, 2)(at, { ...call, args: call.args });

const calls: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["system", acts.execute(false)],
  ["exec", acts.execute(false)],
  ["readpipe", acts.shell(true)],
  ["capture", acts.execute(true)],
  ["open", open],
  ["open2", (at, call) => acts.openCommand(at, argument(call, 2), "r+", call.args.slice(3))],
  ["open3", (at, call) => acts.openCommand(at, argument(call, 3), "r+", call.args.slice(4))],
  [
    "sysopen",
    (at, call) => {
      const opened = acts.openPath(
        at,
        argument(call, 1),
        call.args[2]?.path === "O_RDONLY" || known(call.args[2]) === "0" ? "r" : "w",
        false,
      );
      hold(at, call, opened);
      return opened;
    },
  ],
  ["socket", socket],
  ["connect", connect],
  ["bind", bind],
  ["accept", accept],
  ["sockaddr_in", address],
  ["pack_sockaddr_in", address],
  ["inet_aton", acts.firstArgument],
  ["gethostbyname", acts.firstArgument],
  ["IO::Socket::INET.new", inet],
  ["IO::Socket.new", inet],
  ["IO::Socket::SSL.new", inet],
  ["IO::Socket::IP.new", inet],
  ["IO::Socket::UNIX.new", inet],
  ["dup2", dup2],
  [
    "fileno",
    (_at, call) =>
      call.args[0]?.handle ? { ...text(String(call.args[0].handle.number)), handle: call.args[0].handle } : plain(_at, call),
  ],
  ["print", acts.print()],
  ["printf", acts.print()],
  ["say", acts.print("\n")],
  ["syswrite", acts.writeOpen],
  ["send", acts.writeOpen],
  ["readline", acts.readOpen],
  ["getc", acts.readOpen],
  ["sysread", readInto],
  ["read", readInto],
  ["recv", readInto],
  ["unlink", acts.onPaths("delete")],
  ["rmdir", acts.onPaths("delete")],
  ["mkdir", (at, call) => acts.onPaths("create")(at, { ...call, args: call.args.slice(0, 1) })],
  ["rmtree", tree],
  ["remove_tree", tree],
  ["mkpath", acts.onPaths("create")],
  ["make_path", acts.onPaths("create")],
  ["chmod", acts.changeMode(true)],
  ["chown", acts.changeOwner(true)],
  ["rename", acts.move],
  ["move", acts.move],
  ["copy", acts.copy],
  ["cp", acts.copy],
  ["mv", acts.move],
  ["link", acts.link("hardlink")],
  ["symlink", acts.link("symlink")],
  ["utime", (at, call) => acts.onPaths("configure", { how: exact("timestamp") }, 2)(at, call)],
  ["truncate", (at, call) => acts.onPaths("write", { truncates: true })(at, { ...call, args: call.args.slice(0, 1) })],
  [
    "opendir",
    (at, call) => {
      at.draft.path("list", argument(call, 1).value);
      return UNKNOWN;
    },
  ],
  ["glob", acts.glob],
  ["kill", acts.signal],
  ["eval", acts.evaluateCode],
  [
    "do",
    (at, call) => {
      if (call.block) return call.block([]);
      acts.runFile(at, argument(call, 0));
      return UNKNOWN;
    },
  ],
  [
    "require",
    (at, call) => {
      acts.runFile(at, argument(call, 0));
      return UNKNOWN;
    },
  ],
  ["syscall", acts.opaque("a system call is made by its number")],
  ["dl_load_file", acts.loadLibrary],
  ["setuid", acts.becomes],
  ["shift", shift],
  ["pop", shift],
  ["push", push],
  ["unshift", push],
  ["join", (_at, call) => joined(call.args.slice(1), known(call.args[0]) ?? "")],
  [
    "reverse",
    (_at, call) =>
      call.args.length === 1 && known(call.args[0]) !== undefined
        ? pure(decode.reversed)(_at, call)
        : listOf([...call.args].reverse()),
  ],
  ["scalar", (at, call) => (call.args.length === 1 ? argument(call, 0) : plain(at, call))],
  ["chr", pure(decode.character)],
  ["ord", pure((one) => String(one.codePointAt(0) ?? 0))],
  ["lc", pure((one) => one.toLowerCase())],
  ["uc", pure((one) => one.toUpperCase())],
  ["ucfirst", pure((one) => one.slice(0, 1).toUpperCase() + one.slice(1))],
  ["lcfirst", pure((one) => one.slice(0, 1).toLowerCase() + one.slice(1))],
  ["hex", pure((one) => String(Number.parseInt(one, 16)))],
  ["oct", pure((one) => String(one.startsWith("0x") ? Number(one) : Number.parseInt(one, 8)))],
  ["sprintf", pure(decode.format)],
  ["substr", pure(decode.cut)],
  ["pack", pure((template, ...items) => decode.pack(template, items), "decode")],
  ["unpack", pure((template, one = "") => decode.unpack(template, one), "decode")],
  ["decode_base64", pure(decode.fromBase64, "decode")],
  ["encode_base64", pure(decode.toBase64, "encode")],
  ["uri_unescape", pure(decode.fromPercent, "decode")],
  ["uncompress", pure(() => undefined, "decompress")],
  ["split", (_at, call) => ({ ...blend(call.args.slice(1)), items: splitItems(call) })],
  ["return", (_at, call) => call.args[0] ?? UNKNOWN],
  ["getstore", (at, call) => acts.copy(at, call)],
  ["mirror", (at, call) => acts.copy(at, call)],
  [
    "getprint",
    (at, call) => {
      at.write(undefined, acts.fetched(at, argument(call, 0)));
      return UNKNOWN;
    },
  ],
  ["LWP::Simple::get", acts.request(0)],
  ["get", acts.request(0)],
  ["LWP::UserAgent#get", userAgent],
  ["LWP::UserAgent#post", userAgent],
  ["LWP::UserAgent#put", userAgent],
  ["LWP::UserAgent#request", userAgent],
  ["HTTP::Tiny#get", acts.request(0, 1)],
  ["HTTP::Tiny#post", acts.request(0, 1)],
  ["HTTP::Tiny#post_form", acts.request(0, 1)],
  ["HTTP::Tiny#request", acts.request(1, 2)],
  ["HTTP::Request.new", requestObject],
  ["slurp", acts.readFile],
  ["read_file", acts.readFile],
  ["write_file", acts.writeFile()],
  ["append_file", acts.writeFile(0, 1, true)],
]);

function splitItems(call: Call): readonly Thing[] {
  const [, subject] = call.args;
  const separator = call.nodes[0]?.kind === "regex" ? call.nodes[0].source : known(call.args[0]);
  const value = known(subject);
  if (value === undefined || separator === undefined || value.length > 4096 || /[.*+?[\](){}|^$\\]/.test(separator))
    return [blend(call.args.slice(1))];
  return value.split(separator).map((piece) => text(piece, subject?.from));
}

/** `read(F, $buffer, 100)` */
function readInto(at: Interpreter, call: Call): Thing {
  const held = handleOf(at, call.args[0]) ?? (call.args[0]?.path === "STDIN" ? undefined : call.args[0]);
  const data = held?.handle ? readHandle(held.handle) : call.args[0]?.path === "STDIN" ? standardInput(at) : UNKNOWN;
  const [, target] = call.nodes;
  if (target?.kind === "variable") at.assign(target.name, data);
  return UNKNOWN;
}

const methods: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["print", acts.print()],
  ["printf", acts.print()],
  ["say", acts.print("\n")],
  ["send", acts.writeOpen],
  ["syswrite", acts.writeOpen],
  ["write", acts.writeOpen],
  ["getline", acts.readOpen],
  ["getlines", acts.readOpen],
  [
    "recv",
    (at, call) =>
      readInto(at, { ...call, args: [call.self ?? UNKNOWN, ...call.args], nodes: [{ kind: "text", parts: [] }, ...call.nodes] }),
  ],
  [
    "sysread",
    (at, call) =>
      readInto(at, { ...call, args: [call.self ?? UNKNOWN, ...call.args], nodes: [{ kind: "text", parts: [] }, ...call.nodes] }),
  ],
  ["accept", (at, call) => at.opened("socket", call.self?.handle?.end)],
  ["fdopen", fdopen],
  ["reader", acts.execute(true)],
  [
    "fileno",
    (_at, call) => (call.self?.handle ? { ...text(String(call.self.handle.number)), handle: call.self.handle } : UNKNOWN),
  ],
]);

function special(at: Interpreter, name: string): Thing | undefined {
  if (name === "$ENV[]" || name === "%ENV")
    return { value: unknown("operator"), from: [{ end: { kind: "environment" } }], path: "ENV" };
  if (name.startsWith("ENV[")) return acts.variable(name.slice(4, -1));
  if (name === "@ARGV" || name === "$ARGV" || name === "$ARGV[]") return listOf(at.args.map((arg) => text(arg.value)));
  if (name === "$_" && at.lines) return argumentFiles(at);
  if (name === "@F" && at.lines) return listOf([argumentFiles(at)]);
  if (["$0", "$$", "$!", "$@", "$?", "$^O", "$]", "$;", "$,", "$\\", "$/", "$|", "$.", "$~", "$^W", "$^T", "$^X"].includes(name))
    return text(unknown("operator", name.slice(1)));
  return name === "STDIN"
    ? { ...standardInput(at), path: "STDIN", handle: { kind: "standard", end: at.stdin, number: 0 } }
    : undefined;
}

/** perlfunc(1) 5.36 and the modules that come with it. */
export const perl: Dialect = {
  grammar: { ...PERL_GRAMMAR, language: "perl", lexis: PERL },
  calls,
  methods,
  plain: new Set(PLAIN),
  harmless: new Set(MODULES),
  modules: new Set(MODULES),
  concat: ".",
  caseless: false,
  bareCalls: true,
  prefixes: ["CORE::GLOBAL::", "CORE::", "POSIX::", "main::"],
  variable: special,
};
