import { exact, unknown } from "../../model/value.ts";
import * as acts from "./acts.ts";
import { argument, option, plain, pure } from "./acts.ts";
import * as decode from "./decodings.ts";
import type { Act, Call, Interpreter } from "./interpreter.ts";
import { find, through } from "./invoke.ts";
import { argumentFiles, readHandle } from "./reading.ts";
import { MODULES } from "./ruby-names.ts";
import { blend, known, listOf, type Thing, text, UNKNOWN } from "./thing.ts";

/** `open("|cmd")` runs a command; `File.open` does not. */
export const open: Act = (at, call) => {
  const path = argument(call, 0);
  const name = known(path);
  if (name?.startsWith("|")) return acts.openCommand(at, text(name.slice(1)), "r");
  if (name === undefined && path.from.length > 0) at.opaque("a name that may be a command is opened", path.from, path.value);
  return openFile(at, call);
};

export const openFile: Act = (at, call) =>
  acts.openPath(at, argument(call, 0), known(option(call, "mode") ?? call.args[1]) ?? "r");

export const popen: Act = (at, call) => {
  const words = call.args.filter((arg) => !arg.pairs);
  const [command = UNKNOWN, mode] = words;
  const list = command.items;
  if (list && list.length > 0) return acts.openCommand(at, list[0] ?? UNKNOWN, known(mode) ?? "r", list.slice(1));
  return acts.openCommand(at, command, known(mode) ?? "r");
};

export const readPath: Act = (at, call) => {
  const name = known(call.args[0]);
  return name?.startsWith("|") ? at.shell(text(name.slice(1)), true) : acts.readFile(at, call);
};

export const capture: Act = (at, call) => listOf([acts.execute(true)(at, call), UNKNOWN, UNKNOWN]);

export const tree = (force: boolean): Act => acts.onPaths("delete", { recursive: true, ...(force ? { force: true } : {}) });

/** `obj.send(:system, "id")` */
export const send: Act = (at, call) => {
  const [name, ...args] = call.args;
  const spelled = known(name);
  if (spelled === undefined) return at.opaque("a method that is chosen when it runs", name?.from ?? []);
  const inner: Call = { ...call, name: spelled, args, self: undefined, nodes: call.nodes.slice(1) };
  const path = call.self?.path === undefined ? spelled : `${call.self.path}.${spelled}`;
  if (find(at, path)) return through(at, { ...UNKNOWN, path }, inner);
  if (find(at, spelled)) return through(at, { ...UNKNOWN, path: spelled }, inner);
  const act = at.dialect.methods.get(spelled);
  return act ? act(at, { ...inner, self: call.self }) : plain(at, call);
};

/** `method(:system)`, `Kernel.method("exec")` */
export const method: Act = (_at, call) => ({
  ...UNKNOWN,
  path: call.self?.path === undefined ? (known(call.args[0]) ?? "") : `${call.self.path}.${known(call.args[0]) ?? ""}`,
});

export const callIt: Act = (at, call) =>
  call.self?.closure || call.self?.path !== undefined ? through(at, call.self, { ...call, self: undefined }) : plain(at, call);

export const constant: Act = (_at, call) => ({ ...UNKNOWN, path: known(call.args[0]) ?? "" });

export const evaluate: Act = (at, call) => {
  if (call.block) return call.block([call.self ?? UNKNOWN]);
  return acts.evaluateCode(at, call);
};

/** `$stdin.reopen(s)`, `IO.new(0).reopen(s)`: programs that are run from now on have it. */
export const reopen: Act = (at, call) => {
  const source = argument(call, 0).handle ? argument(call, 0) : openFile(at, call);
  const end = source.handle?.end;
  const stream = call.self?.path ?? known(call.self);
  if (!end) return UNKNOWN;
  // `[0, 1, 2].each { |fd| IO.new(fd).reopen(s) }`
  if (stream !== "STDOUT" && stream !== "1") at.stdin = end;
  if (stream !== "STDIN" && stream !== "0") at.stdout = end;
  return UNKNOWN;
};

/** What is read last is `$_`. */
export const gets: Act = (at, call) => {
  const data = call.self ? acts.readOpen(at, call) : argumentFiles(at);
  at.variables.set("$_", data);
  return data;
};

export const fileNumber: Act = (at, call) =>
  call.self?.handle
    ? { ...text(String(call.self.handle.number)), handle: call.self.handle }
    : pure((one) => String(Number.parseInt(one, 10) || 0))(at, call);

export const get: Act = (at, call) => {
  const url = argument(call, 0);
  const path = call.args[1];
  return acts.fetched(
    at,
    path && call.args.length > 1 && !path.pairs && !known(url)?.includes("://")
      ? text(`http://${known(url) ?? ""}${known(path) ?? ""}`)
      : url,
  );
};

export const post: Act = (at, call) => acts.request(0, 1)(at, call);

export const puts = acts.print("\n");

export const httpd: Act = (at, call) => {
  const port = at.args.findIndex((arg) => arg.value.kind === "exact" && arg.value.text === "-p");
  acts.listen(at, text(at.args[port + 1]?.value ?? exact("8080")), "http");
  return plain(at, call);
};

export const packed: Act = (at, call) =>
  pure((...texts) => decode.pack(texts.at(-1) ?? "", texts.slice(0, -1)), "decode")(at, {
    ...call,
    self: undefined,
    args: [...(call.self?.items ?? (call.self ? [call.self] : [])), ...call.args],
  });

export const unpacked =
  (first: boolean): Act =>
  (at, call) => {
    const result = pure((one, template = "") => decode.unpack(template, one), "decode")(at, call);
    return first ? result : listOf([result]);
  };

export const gsub: Act = (_at, call) => {
  const [from, to] = [call.nodes[0], known(call.args[1])];
  const source = from?.kind === "regex" ? from.source : known(call.args[0]);
  const value = known(call.self);
  if (call.block && !call.ran) call.block([blend(call.self ? [call.self] : [])]);
  if (value === undefined || source === undefined || to === undefined || /[.*+?[\](){}|^$\\]/.test(source))
    return blend([...(call.self ? [call.self] : []), ...call.args]);
  return text(value.replaceAll(source, () => to));
};

export function closure(_at: Interpreter, call: Call): Thing {
  return call.args[0] ?? UNKNOWN;
}

export function address(_at: Interpreter, call: Call): Thing {
  return {
    ...UNKNOWN,
    pairs: new Map([
      ["port", argument(call, 0)],
      ["host", argument(call, 1)],
    ]),
  };
}

export function list(at: Interpreter, call: Call): Thing {
  at.draft.path("list", argument(call, 0).value);
  return { value: unknown("glob"), from: [] };
}

export function httpHost(call: Call): Thing {
  const host = argument(call, 0);
  return known(host)?.includes("://") ? host : text(`http://${known(host) ?? ""}`, host.from);
}

export function runPath(at: Interpreter, file: Thing): Thing {
  acts.runFile(at, file);
  return UNKNOWN;
}

export function required(at: Interpreter, call: Call): Thing {
  const name = known(call.args[0]);
  if (name === undefined || name.includes("./") || name.startsWith("/") || name.endsWith(".rb"))
    return runPath(at, argument(call, 0));
  if (!MODULES.includes(name) && !MODULES.includes(name.split("/")[0] ?? "")) at.unfamiliar(`loads ${name}`);
  return UNKNOWN;
}

export function openRead(at: Interpreter, call: Call): Thing {
  if (call.self?.handle) return readHandle(call.self.handle);
  if (call.self?.type === "Pathname") return acts.readFile(at, { ...call, args: [call.self] });
  return plain(at, call);
}

export function splitText(at: Interpreter, call: Call): Thing {
  const value = known(call.self);
  const separator = call.args.length === 0 ? " " : known(call.args[0]);
  if (value === undefined || separator === undefined || value.length > 4096) return listOf([plain(at, call)]);
  return listOf(value.split(separator).map((piece) => text(piece)));
}
