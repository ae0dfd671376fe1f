import { unknown } from "../../model/value.ts";
import * as acts from "./acts.ts";
import { argument, plain, pure } from "./acts.ts";
import * as decode from "./decodings.ts";
import { LUA_GRAMMAR } from "./grammar.ts";
import type { Act, Call, Dialect, Interpreter } from "./interpreter.ts";
import { joined } from "./lists.ts";
import { LUA } from "./lua-lexis.ts";
import { readHandle, standardInput } from "./reading.ts";
import { known, listOf, type Thing, text, UNKNOWN } from "./thing.ts";

const open: Act = (at, call) => acts.openPath(at, argument(call, 0), known(call.args[1]) ?? "r");

/** Libraries a module's name stands for; others are code of the project. */
const LIBRARIES: ReadonlyMap<string, string> = new Map([
  ["socket.http", "http"],
  ["ssl.https", "http"],
  ["socket.core", "socket"],
  ["posix.unistd", "posix"],
]);
const KNOWN: readonly string[] =
  "socket http os io string table math utf8 coroutine debug package bit bit32 jit ffi lfs cjson json dkjson lpeg mime ltn12 inspect posix ssl url socket.url vim argparse penlight pl".split(
    " ",
  );

const load: Act = (at, call) => {
  const name = known(call.args[0]);
  if (name === undefined)
    return at.opaque("a module that is chosen when it runs", argument(call, 0).from, argument(call, 0).value);
  const library = LIBRARIES.get(name) ?? name;
  if (!KNOWN.includes(library)) at.unfamiliar(`loads ${name}`);
  if (library === "ffi") return at.opaque("functions of a library are called", []);
  return { ...UNKNOWN, path: library };
};

const compile: Act = (at, call) => {
  const code = argument(call, 0);
  const source = known(code);
  if (source === undefined)
    return { ...at.opaque("lua code that is made when it runs", code.from, code.value), closure: { params: [], body: [] } };
  return {
    ...UNKNOWN,
    closure: {
      params: [],
      body: [{ kind: "call", callee: { kind: "name", name: "dostring" }, args: [{ kind: "text", parts: [source] }] }],
    },
  };
};

const connect: Act = (at, call) => {
  const target = acts.connect(at, argument(call, 0), call.args[1]);
  if (call.self?.handle) call.self.handle.end = target.handle?.end;
  return call.self?.handle ? call.self : target;
};

const request: Act = (at, call) => {
  const table = call.args[0]?.pairs;
  return table ? acts.request(0, 0)(at, call) : acts.request(0, 1)(at, call);
};

const read: Act = (at, call) =>
  call.self?.handle
    ? readHandle(call.self.handle)
    : call.self?.path === undefined || call.self.path === "io"
      ? standardInput(at)
      : plain(at, call);

const write: Act = (at, call) => {
  if (call.self?.handle) for (const arg of call.args) at.write(call.self.handle, arg);
  else if (call.self?.path === "io" || call.self === undefined) for (const arg of call.args) at.write(undefined, arg);
  else return plain(at, call);
  return call.self ?? UNKNOWN;
};

const gsub: Act = (at, call) => {
  const [value, from, to] = [...(call.self && call.self.path === undefined ? [call.self] : []), ...call.args].map(known);
  if (value === undefined || from === undefined || to === undefined || /[.%*+\-?[\]()^$]/.test(from)) return plain(at, call);
  return text(value.replaceAll(from, () => to));
};

const loadFile: Act = (at, call) => {
  acts.runFile(at, argument(call, 0));
  return UNKNOWN;
};

const lines: Act = (at, call) =>
  call.args.length === 0 && !call.self?.handle
    ? standardInput(at)
    : call.self?.handle
      ? readHandle(call.self.handle)
      : acts.readFile(at, call);

const STRINGS: readonly (readonly [string, Act])[] = [
  ["reverse", pure(decode.reversed)],
  ["char", pure(decode.characters)],
  ["lower", pure((one) => one.toLowerCase())],
  ["upper", pure((one) => one.toUpperCase())],
  [
    "rep",
    pure((one, times = "1") =>
      one.length * Number(times) < 65_536 ? one.repeat(Math.max(0, Math.floor(Number(times)))) : undefined,
    ),
  ],
  ["format", pure(decode.format)],
  ["sub", pure((one, from = "1", to) => sub(one, Number(from), to === undefined ? -1 : Number(to)))],
  ["gsub", gsub],
];

function sub(value: string, from: number, to: number): string {
  const start = from < 0 ? Math.max(0, value.length + from) : from - 1;
  return value.slice(start, to < 0 ? value.length + to + 1 : to);
}

const calls: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["os.execute", acts.shell(false)],
  ["io.popen", (at, call) => acts.openCommand(at, argument(call, 0), known(call.args[1]) ?? "r")],
  ["io.open", open],
  ["io.input", open],
  ["io.output", (at, call) => acts.openPath(at, argument(call, 0), "w")],
  ["io.lines", lines],
  ["io.read", read],
  ["io.write", write],
  ["print", acts.print("\n")],
  ["os.remove", acts.onPaths("delete")],
  ["os.rename", acts.move],
  ["os.getenv", acts.environment],
  ["lfs.rmdir", acts.onPaths("delete")],
  ["lfs.mkdir", acts.onPaths("create")],
  ["lfs.dir", (at, call) => acts.onPaths("list")(at, call) && { value: unknown("glob"), from: [] }],
  ["posix.exec", acts.program(false)],
  ["posix.execp", acts.program(false)],
  ["posix.setpid", acts.nothing],
  ["require", load],
  ["load", compile],
  ["loadstring", compile],
  ["dostring", acts.evaluateCode],
  ["dofile", loadFile],
  ["loadfile", loadFile],
  ["package.loadlib", acts.loadLibrary],
  ["socket.tcp", (at) => at.opened("socket", undefined)],
  ["socket.udp", (at) => at.opened("socket", undefined)],
  ["socket.connect", (at, call) => acts.connect(at, argument(call, 0), call.args[1])],
  ["socket.bind", (at, call) => acts.listen(at, call.args[1])],
  ["http.request", request],
  ["pcall", protectedCall],
  ["xpcall", protectedCall],
  ["assert", acts.firstArgument],
  ["tostring", acts.firstArgument],
  ["select", plain],
  ["unpack", acts.firstArgument],
  ["table.unpack", acts.firstArgument],
  ["table.concat", (_at, call) => joined([argument(call, 0)], known(call.args[1]) ?? "")],
  [
    "table.insert",
    (at, call) => {
      const [node] = call.nodes;
      const last = call.args.at(-1);
      if (node?.kind === "name" && last) at.assign(node.name, listOf([...(call.args[0]?.items ?? []), last]));
      return UNKNOWN;
    },
  ],
  ["return", acts.firstArgument],
  ["mime.unb64", pure((one) => decode.fromBase64(one), "decode")],
  ...STRINGS.map(([name, act]): [string, Act] => [`string.${name}`, act]),
]);

function protectedCall(at: Interpreter, call: Call): Thing {
  const [chosen, ...args] = call.args;
  return chosen?.closure ? at.enter(chosen.closure, args) : (calls.get(chosen?.path ?? "") ?? plain)(at, { ...call, args });
}

const methods: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["read", read],
  ["receive", acts.readOpen],
  ["lines", lines],
  ["write", write],
  ["send", acts.writeOpen],
  ["connect", connect],
  [
    "bind",
    (at, call) => {
      const server = acts.listen(at, call.args[1]);
      if (call.self?.handle) call.self.handle.end = server.handle?.end;
      return UNKNOWN;
    },
  ],
  ["accept", (at, call) => at.opened("socket", call.self?.handle?.end)],
  ...STRINGS,
]);

const PLAIN =
  "type pairs ipairs next error rawget rawset rawequal rawlen setmetatable getmetatable tonumber collectgarbage math.abs math.ceil math.floor math.max math.min math.random math.randomseed math.sqrt math.huge math.pi math.fmod math.modf math.log math.exp math.sin math.cos math.tan math.type math.tointeger os.time os.date os.clock os.exit os.difftime os.setlocale os.tmpname io.close io.type io.flush string.len string.byte string.find string.match string.gmatch string.pack string.unpack string.packsize table.remove table.sort table.pack table.move utf8.char utf8.len utf8.codepoint utf8.codes coroutine.create coroutine.resume coroutine.yield coroutine.wrap coroutine.status socket.gettime socket.sleep socket.select break".split(
    " ",
  );

function special(at: Interpreter, name: string): Thing | undefined {
  if (name === "arg") return listOf([text("lua"), ...at.args.map((one) => text(one.value))]);
  if (name === "_VERSION") return text("Lua");
  if (name === "nil" || name === "true" || name === "false") return text(name);
  return undefined;
}

/** The Lua 5.4 manual, and LuaSocket. */
export const lua: Dialect = {
  grammar: { ...LUA_GRAMMAR, language: "lua", lexis: LUA },
  calls,
  methods,
  plain: new Set(PLAIN),
  harmless: new Set([
    "math",
    "string",
    "table",
    "utf8",
    "coroutine",
    "lfs",
    "cjson",
    "json",
    "lpeg",
    "ltn12",
    "mime",
    "url",
    "jit",
    "bit",
    "bit32",
    "socket",
    "inspect",
    "redis",
    "rpm",
  ]),
  modules: new Set(),
  concat: "..",
  caseless: false,
  bareCalls: false,
  prefixes: ["_G.", "_ENV."],
  variable: special,
};
