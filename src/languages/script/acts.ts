import type { End } from "../../model/binding.ts";
import type { Attributes, EffectKind } from "../../model/effect.ts";
import type { Transform } from "../../model/flow.ts";
import type { Resource } from "../../model/resource.ts";
import { concat, exact, exactText, type Piece, pattern, prefixOf, unknown, type Value } from "../../model/value.ts";
import { endOf, hostOf, isUrl } from "./address.ts";
import type { Act, Call, Interpreter } from "./interpreter.ts";
import { readHandle } from "./reading.ts";
import { blend, dataOf, type Handle, known, listOf, type Thing, text, UNKNOWN, withStep } from "./thing.ts";

/** A file of code that is run in place: `require "./x.pl"`, `include`. */
export function runFile(at: Interpreter, file: Thing): void {
  const name = known(file);
  if (name !== undefined && (name === "" || Number.isFinite(Number(name)))) return;
  const { span } = at.draft;
  at.draft.runs.push({ as: "script", language: at.language, path: { value: file.value, count: "one", span }, args: [], span });
}

export const argument = (call: Call, i: number): Thing => call.args[i] ?? UNKNOWN;

/** A named argument, or what follows its name in the list: `PeerAddr => "h"`, `PeerAddr, "h"`. */
export function option(call: Call, ...names: readonly string[]): Thing | undefined {
  for (const name of names) {
    const named = call.named.get(name);
    if (named) return named;
    const at = call.args.findIndex((arg) => known(arg) === name);
    if (at >= 0 && call.args[at + 1]) return call.args[at + 1];
  }
  return undefined;
}

/** Makes a value of its arguments: data goes on, the text is not followed. */
export const plain: Act = (_at, call) => blend([...(call.self ? [call.self] : []), ...call.args, ...call.named.values()]);

export const nothing: Act = () => UNKNOWN;

/** The same thing again: `assert(x)`, `x.to_s`. */
export const first: Act = (_at, call) => call.self ?? argument(call, 0);
export const firstArgument: Act = (_at, call) => argument(call, 0);

/** A function of texts, where all are known; Perl's take `$_` where nothing is named. */
export function pure(make: (...texts: string[]) => string | undefined, step?: Transform): Act {
  return (at, call) => {
    const given = [...(call.self && call.self.path === undefined ? [call.self] : []), ...call.args];
    const things = given.length > 0 ? given : [at.variables.get("$_") ?? UNKNOWN];
    const texts = things.flatMap((thing) => known(thing) ?? []);
    const from = step ? withStep(dataOf(things), step) : dataOf(things);
    const enough = texts.length === things.length && texts.length >= make.length;
    const made = enough ? make(...texts) : undefined;
    if (made !== undefined) return text(made, from);
    const hidden = blend(things);
    // Text that was decoded and is not known must not pass for the author's.
    if (!step || from.length > 0) return { ...hidden, from };
    return { ...hidden, from: [{ end: { kind: "data", value: exact(""), span: at.draft.span }, step }] };
  };
}

/** One command line for a shell, or a program and its arguments. */
export function execute(keeps: boolean): Act {
  return (at, call) => {
    const more = redirected(at, call);
    const words = call.args.filter((arg) => !arg.pairs && arg.handle === undefined);
    const [only] = words;
    if (call.indirect) return at.argv([call.indirect, ...words.slice(1)], keeps, more);
    if (!only) return at.shell(call.self ?? at.variables.get("$_") ?? UNKNOWN, keeps, more);
    const list = words.length === 1 && only.items && only.items.length > 0 ? only.items : words;
    if (list.length > 1) return at.argv(list, keeps, more);
    return at.shell(list[0] ?? only, keeps, more);
  };
}

/** `[:in, :out] => socket`, `0 => $sock`: where a program's streams are. */
function redirected(at: Interpreter, call: Call): { readonly stdinFrom?: End; readonly stdout?: End } {
  const input = option(call, "in", "0", "stdin", "STDIN") ?? undefined;
  const output = option(call, "out", "1", "stdout", "STDOUT", "err", "2");
  return { ...endIn(at, input, "stdinFrom"), ...endIn(at, output, "stdout") };
}

function endIn<K extends "stdinFrom" | "stdout">(at: Interpreter, thing: Thing | undefined, key: K): { readonly [P in K]?: End } {
  const end =
    thing?.handle?.end ??
    (thing && thing.value.kind === "exact" && prefixOf(thing.value).startsWith("/")
      ? fileFor(at, thing, key === "stdinFrom" ? "read" : "write")
      : undefined);
  return (end ? { [key]: end } : {}) as { readonly [P in K]?: End };
}

function fileFor(at: Interpreter, thing: Thing, kind: "read" | "write"): End {
  at.draft.path(kind, thing.value, kind === "write" ? { truncates: true } : {});
  return at.draft.file(thing.value);
}

/** Text that a shell runs, always. */
export function shell(keeps: boolean, i = 0): Act {
  return (at, call) => at.shell(call.args[i] ?? at.variables.get("$_") ?? UNKNOWN, keeps);
}

/** A program in one argument, its arguments in a list in the next. */
export function program(keeps: boolean): Act {
  return (at, call) => at.argv([argument(call, 0), ...(call.args[1]?.items ?? call.args.slice(1))], keeps);
}

/** Opens a path for reading, writing or appending; `|` and URLs as the language has them. */
export function openPath(at: Interpreter, path: Thing, mode: string, keepsUrl = true): Thing {
  if (keepsUrl && isUrl(path.value)) {
    const answer = fetched(at, path);
    return { ...answer, ...at.opened("web", answer.from[0]?.end) };
  }
  const stream = standardFile(at, path);
  if (stream) return stream;
  const end = at.draft.file(path.value);
  const writes = mode.includes("w") || mode.includes("a") || mode.includes(">") || mode.includes("x") || mode.includes("c");
  if (!writes) {
    at.draft.path("read", path.value);
    if (mode.includes("+")) at.draft.path("write", path.value);
    return at.opened("file", end, mode.includes("+") ? { written: [] } : {});
  }
  const append = mode.includes("a") || mode.includes(">>");
  at.draft.path(append ? "append" : "write", path.value, append ? {} : { truncates: true });
  return at.opened("file", end, { written: [], append });
}

/** `php://stdin`, `/dev/stdout`, `data:…`, `expect://…` */
function standardFile(at: Interpreter, path: Thing): Thing | undefined {
  const name = known(path)?.toLowerCase();
  if (name === undefined) return undefined;
  if (name === "php://stdin" || name === "php://input" || name === "/dev/stdin" || name === "-")
    return at.opened("standard", at.stdin);
  if (["php://stdout", "php://output", "/dev/stdout", "/dev/stderr", "php://stderr"].includes(name))
    return at.opened("standard", undefined);
  if (name.startsWith("expect://"))
    return {
      ...at.shell(text((known(path) ?? "").slice(9)), true),
      handle: at.opened("command", undefined).handle ?? undefined,
    } as Thing;
  return undefined;
}

/** All of a file, or of what a URL gives. */
export const readFile: Act = (at, call) => {
  const path = argument(call, 0);
  const opened = openPath(at, path, "r");
  return opened.handle ? readHandle(opened.handle) : opened;
};

/** Reads and prints: `readfile`. */
export const printFile: Act = (at, call) => {
  at.write(undefined, readFile(at, call));
  return UNKNOWN;
};

export function writeFile(pathAt = 0, dataAt = 1, append = false): Act {
  return (at, call) => {
    const appends =
      append || call.args.some((arg) => arg.path === "FILE_APPEND") || (known(call.named.get("mode")) ?? "").startsWith("a");
    const opened = openPath(at, argument(call, pathAt), appends ? "a" : "w");
    if (opened.handle) at.write(opened.handle, argument(call, dataAt));
    return UNKNOWN;
  };
}

/** One effect on each of its arguments. */
export function onPaths(kind: EffectKind, attributes: Attributes = {}, start = 0): Act {
  return (at, call) => {
    for (const arg of call.args.slice(start)) for (const item of arg.items ?? [arg]) at.draft.path(kind, item.value, attributes);
    return UNKNOWN;
  };
}

/** `chmod 0755, FILE…` and `chmod(FILE, 0755)`. */
export function changeMode(modeFirst: boolean): Act {
  return (at, call) => {
    const all = call.args.flatMap((arg) => arg.items ?? [arg]);
    const mode = modeFirst ? all[0] : all.at(-1);
    const files = modeFirst ? all.slice(1) : all.slice(0, -1);
    for (const file of files) at.draft.path("configure", file.value, mode ? { mode: octal(mode.value) } : {});
    return UNKNOWN;
  };
}

const octal = (value: Value): Value => {
  const digits = exactText(value);
  return digits?.startsWith("0o") ? exact(digits.slice(2)) : value;
};

export function changeOwner(ownerFirst: boolean): Act {
  return (at, call) => {
    const all = call.args.flatMap((arg) => arg.items ?? [arg]);
    const owner = ownerFirst ? all[0] : all.at(-1);
    for (const file of ownerFirst ? all.slice(2) : all.slice(0, 1))
      at.draft.path("configure", file.value, owner ? { owner: owner.value } : {});
    return UNKNOWN;
  };
}

/** A copy, of what a URL gives too. */
export const copy: Act = (at, call) => {
  const [source, target] = [argument(call, 0), argument(call, 1)];
  const data = source.handle
    ? readHandle(source.handle)
    : source.from.length > 0
      ? source
      : readFile(at, { ...call, args: [source] });
  const to = target.handle ? target : openPath(at, target, "w");
  if (to.handle) at.write(to.handle, data);
  return UNKNOWN;
};

export const move: Act = (at, call) => {
  copy(at, call);
  at.draft.path("delete", argument(call, 0).value, { how: exact("move") });
  return UNKNOWN;
};

export function link(how: "symlink" | "hardlink"): Act {
  return (at, call) => {
    at.draft.path("create", argument(call, 1).value, { how: exact(how), source: argument(call, 0).value });
    return UNKNOWN;
  };
}

export const loadLibrary: Act = (at, call) => {
  at.draft.path("load", argument(call, 0).value);
  return UNKNOWN;
};

function connected(at: Interpreter, on: Resource, kind: EffectKind): End {
  at.draft.effects.push({ kind, on, attributes: {}, span: at.draft.span });
  return endOf(on, at.draft.span);
}

/** A connection to HOST and PORT; HOST may hold the port, or be a URL. */
export function connect(at: Interpreter, host: Thing, port: Thing | undefined, scheme = "tcp"): Thing {
  if (prefixOf(host.value).startsWith("unix://") || prefixOf(host.value).startsWith("/")) {
    const socket = exactText(host.value)?.replace("unix://", "");
    return at.opened(
      "socket",
      connected(at, { kind: "unixSocket", value: socket === undefined ? host.value : exact(socket) }, "connect"),
    );
  }
  const whole = hostOf(host.value, scheme);
  const on: Resource = port && exactText(port.value) !== "" && !whole.port ? { ...whole, port: port.value } : whole;
  return at.opened("socket", connected(at, on, "connect"));
}

export function listen(at: Interpreter, port: Thing | undefined, scheme = "tcp"): Thing {
  const on: Resource = { kind: "host", value: exact("0.0.0.0"), scheme, ...(port ? { port: port.value } : {}) };
  return at.opened("server", connected(at, on, "listen"));
}

/** What a URL gives. */
export function fetched(at: Interpreter, url: Thing): Thing {
  const on = hostOf(url.value, "http");
  const end = connected(at, on, "connect");
  at.send({ value: exact(""), from: url.from }, end, false);
  return { value: unknown("network", exactText(on.value) ?? "a URL"), from: [{ end }] };
}

/** A request to a URL that may carry data. */
export function request(urlAt = 0, dataAt?: number): Act {
  return (at, call) => {
    const url = call.args[urlAt]?.pairs?.get("url") ?? argument(call, urlAt);
    const answer = fetched(at, url);
    const [datum] = answer.from;
    const sent = [...(dataAt === undefined ? [] : call.args.slice(dataAt)), ...call.named.values()];
    if (datum) for (const thing of sent) if (thing !== url) at.send(thing, datum.end, false);
    return answer;
  };
}

/** Prints, to a handle where one is named. */
export function print(newline = ""): Act {
  return (at, call) => {
    const handle = handleOf(at, call);
    const things = call.args.length > 0 ? call.args : [at.variables.get("$_") ?? UNKNOWN];
    for (const thing of things) for (const item of thing.items ?? [thing]) at.write(handle, item);
    if (newline !== "") at.write(handle, text(newline));
    return UNKNOWN;
  };
}

function handleOf(at: Interpreter, call: Call): Handle | undefined {
  const named = call.indirect ?? call.self;
  if (!named) return undefined;
  return (
    named.handle ??
    at.variables.get(`*${named.path ?? ""}`)?.handle ??
    (named.path === "STDERR" ? at.opened("standard", { kind: "process" }).handle : undefined)
  );
}

/** Reads what is open: `f.read`, `c.gets`, `fread($f, 10)`. */
export const readOpen: Act = (at, call) => {
  const thing = call.self ?? call.args[0];
  if (!thing) return { value: unknown("input", "stdin"), from: [{ end: at.stdin }] };
  return thing.handle ? readHandle(thing.handle) : blend([thing]);
};

/** Writes to what is open: `f.write(x)`, `fwrite($f, $x)`. */
export const writeOpen: Act = (at, call) => {
  const thing = call.self ?? call.args[0];
  const data = call.self ? call.args : call.args.slice(1);
  if (thing?.handle) for (const one of data) at.write(thing.handle, one);
  else if (thing && call.self) return blend([thing, ...data]);
  return UNKNOWN;
};

/** What a program in another process reads and writes. */
export function openCommand(at: Interpreter, command: Thing, mode: string, words: readonly Thing[] = []): Thing {
  const run = (keeps: boolean, more: { readonly stdinFrom?: End } = {}): Thing =>
    words.length > 0 ? at.argv([command, ...words], keeps, more) : at.shell(command, keeps, more);
  const input: End = { kind: "variable", name: "its input" };
  if (!mode.includes("w") && !mode.includes("+")) {
    const result = run(true);
    const [datum] = result.from;
    return at.opened("command", datum?.end);
  }
  const both = mode.includes("+");
  const result = run(both, { stdinFrom: input });
  const opened = at.opened("command", both ? (result.from[0]?.end ?? input) : input);
  return opened;
}

export const evaluateCode: Act = (at, call) => {
  const code = argument(call, 0);
  if (code.closure) return at.enter(code.closure, []);
  if (call.block) return call.block([call.self ?? UNKNOWN]);
  return call.args.length === 0 ? UNKNOWN : at.evaluateText(code);
};

/** Code nobody can read: machine code, foreign functions. */
export function opaque(what: string): Act {
  return (at, call) => at.opaque(what, dataOf(call.args));
}

export function variable(name: string): Thing {
  return { value: unknown("operator", name), from: [{ end: { kind: "variable", name } }] };
}

/** `~/x` is the home of whoever runs it. */
export const expandedPath: Act = (at, call) => {
  const given = firstArgument(at, call);
  const text = exactText(given.value);
  if (text === undefined || (text !== "~" && !text.startsWith("~/"))) return given;
  return { ...given, value: concat([unknown("operator", "HOME"), exact(text.slice(1))]) };
};

export const environment: Act = (_at, call) => {
  const name = known(call.args[0]);
  return name === undefined ? { value: unknown("operator"), from: [{ end: { kind: "environment" } }] } : variable(name);
};

export const setEnvironment: Act = (at, call) => {
  const [pair, value] = [known(call.args[0]) ?? "", call.args[1]];
  const equals = pair.indexOf("=");
  if (value) at.environment.set(pair, value.value);
  else if (equals > 0) at.environment.set(pair.slice(0, equals), exact(pair.slice(equals + 1)));
  return UNKNOWN;
};

/** Becomes another account. */
export const becomes: Act = (at, call) => {
  if (known(call.args[0]) === "0")
    at.draft.effects.push({
      kind: "elevate",
      on: { kind: "account", value: exact("root") },
      attributes: {},
      span: at.draft.span,
    });
  return UNKNOWN;
};

export const signal: Act = (at, call) => {
  for (const arg of call.args.slice(1))
    at.draft.effects.push({ kind: "signal", on: { kind: "process", value: arg.value }, attributes: {}, span: at.draft.span });
  return UNKNOWN;
};

/** Names of files: `glob "/etc/*"`. */
export const glob: Act = (_at, call) => {
  const names = call.args.flatMap((arg) => known(arg)?.split(" ") ?? []);
  return names.length === 0
    ? { ...blend(call.args), value: unknown("glob", "glob") }
    : listOf(names.map((name) => text(globbed(name))));
};

function globbed(name: string): Value {
  const pieces: Piece[] = [...name].map((char) =>
    char === "*" ? { origin: { by: "glob" }, glob: "star" } : char === "?" ? { origin: { by: "glob" }, glob: "char" } : char,
  );
  return pattern(pieces);
}
