import { unknown } from "../../model/value.ts";
import * as acts from "./acts.ts";
import { argument, plain, pure } from "./acts.ts";
import * as decode from "./decodings.ts";
import type { Act, Call, Interpreter } from "./interpreter.ts";
import { find, through } from "./invoke.ts";
import { joined } from "./lists.ts";
import { dataOf, known, listOf, type Thing, text, UNKNOWN } from "./thing.ts";

/** `exec($command, $output)`: what it prints is kept. */
const exec: Act = (at, call) => {
  const result = acts.shell(true)(at, call);
  const [, target] = call.nodes;
  if (target?.kind === "variable") at.assign(target.name, result);
  return result;
};

const open: Act = (at, call) => acts.openPath(at, argument(call, 0), known(call.args[1]) ?? "r");

/** `proc_open($command, [0 => $in, 1 => $out], $pipes)` */
const procOpen: Act = (at, call) => {
  const [command = UNKNOWN, streams, pipes] = call.args;
  const end = (i: number) => (streams?.pairs?.get(String(i)) ?? streams?.items?.[i])?.handle?.end;
  const [stdinFrom, stdout] = [end(0), end(1)];
  const more = { ...(stdinFrom ? { stdinFrom } : {}), ...(stdout ? { stdout } : {}) };
  const result =
    command.items && command.items.length > 0 ? at.argv(command.items, !stdout, more) : at.shell(command, !stdout, more);
  const target = call.nodes[2];
  if (pipes && target?.kind === "variable") at.assign(target.name, listOf([result, result, result]));
  return result;
};

const socketOpen: Act = (at, call) =>
  acts.connect(
    at,
    argument(call, 0),
    known(call.args[0])?.includes("://") && call.args.length > 2 && call.name === "stream_socket_client"
      ? undefined
      : call.args[1],
  );

const socketConnect: Act = (at, call) => {
  const target = acts.connect(at, argument(call, 1), call.args[2]);
  const held = call.args[0]?.handle;
  if (held) held.end = target.handle?.end;
  return UNKNOWN;
};

const socketBind: Act = (at, call) => {
  const server = acts.listen(at, call.args[2]);
  const held = call.args[0]?.handle;
  if (held) held.end = server.handle?.end;
  return UNKNOWN;
};

/** A function named by a text: `call_user_func("system", "id")`. */
const callBack =
  (functionAt: number, spread: boolean): Act =>
  (at, call) => {
    const chosen = argument(call, functionAt);
    const rest = call.args.filter((_, i) => i !== functionAt).flatMap((arg) => (spread ? (arg.items ?? [arg]) : [arg]));
    const path = chosen.path ?? known(chosen);
    if (!chosen.closure && path === undefined)
      return at.opaque("a function that is chosen when it runs", chosen.from, chosen.value);
    if (!chosen.closure && path !== undefined && !find(at, path) && !at.functions.has(path)) return plain(at, call);
    const inner = (args: readonly Thing[]): Thing => through(at, chosen, { ...call, args, nodes: [], block: undefined });
    if (!spread || chosen.closure === undefined) return spread ? listOf(rest.map((item) => inner([item]))) : inner(rest);
    call.ran = true;
    return listOf(at.perhaps(() => rest.slice(0, 16).map((item) => inner([item]))));
  };

const spreadCall: Act = (at, call) =>
  through(at, argument(call, 0), { ...call, args: call.args[1]?.items ?? [], nodes: [], block: undefined });

/** `curl_setopt($c, CURLOPT_URL, $url)`: what is set goes where the handle goes. */
const curlSet: Act = (at, call) => {
  const [handle, option, value = UNKNOWN] = call.args;
  const [target] = call.nodes;
  if (target?.kind !== "variable" || !handle) return UNKNOWN;
  const pairs = new Map(handle.pairs ?? []);
  const set = call.name.toLowerCase() === "curl_setopt_array" ? constants(call) : new Map([[option?.path ?? "", value]]);
  for (const [name, thing] of set) pairs.set(name, thing);
  at.variables.set(target.name, { ...handle, pairs });
  return UNKNOWN;
};

/** `[CURLOPT_URL => …]`: the keys are constants. */
function constants(call: Call): ReadonlyMap<string, Thing> {
  const [, list] = call.nodes;
  const pairs = new Map<string, Thing>();
  if (list?.kind !== "list") return pairs;
  for (const [i, item] of list.items.entries())
    if (item.kind === "pair" && item.key.kind === "name") pairs.set(item.key.name, call.args[1]?.items?.[i] ?? UNKNOWN);
  return pairs;
}

const curlExec: Act = (at, call) => {
  const handle = argument(call, 0);
  const url = handle.pairs?.get("CURLOPT_URL") ?? UNKNOWN;
  const answer = acts.fetched(at, url);
  const [datum] = answer.from;
  for (const [name, thing] of handle.pairs ?? []) if (datum && name !== "CURLOPT_URL") at.send(thing, datum.end, false);
  if (!handle.pairs?.has("CURLOPT_RETURNTRANSFER")) at.write(undefined, answer);
  return answer;
};

const curlInit: Act = (_at, call) => ({ ...UNKNOWN, pairs: new Map(call.args[0] ? [["CURLOPT_URL", call.args[0]]] : []) });

const include: Act = (at, call) => {
  const file = argument(call, 0);
  const name = known(file);
  if (name?.startsWith("data:")) return at.readSource(`?>${dataUrl(name) ?? ""}`);
  if (name?.includes("://")) return at.opaque("code that a URL gives", acts.fetched(at, file).from);
  acts.runFile(at, file);
  return UNKNOWN;
};

function dataUrl(url: string): string | undefined {
  const comma = url.indexOf(",");
  const body = url.slice(comma + 1);
  return url.slice(0, comma).includes("base64") ? decode.fromBase64(body) : decode.fromPercent(body);
}

const post: Act = (at, call) => {
  const answer = acts.readFile(at, call);
  // A stream context may hold a body.
  for (const { end } of answer.from) if (call.args[2]) at.send(call.args[2], end, false);
  return answer;
};

const replace: Act = (at, call) => {
  const [from, to, subject] = call.args.map(known);
  if (from === undefined || to === undefined || subject === undefined || from === "") return plain(at, call);
  return text(
    subject.replaceAll(from, () => to),
    dataOf(call.args),
  );
};

const regexReplace: Act = (at, call) => {
  const pattern = known(call.args[0]) ?? "";
  const flags = pattern.slice(pattern.lastIndexOf(pattern[0] ?? "/") + 1);
  if (flags.includes("e")) return acts.evaluateCode(at, { ...call, args: call.args.slice(1) });
  return plain(at, call);
};

const assertion: Act = (at, call) =>
  call.nodes[0]?.kind === "text" || call.nodes[0]?.kind === "variable" || call.nodes[0]?.kind === "call"
    ? acts.evaluateCode(at, call)
    : UNKNOWN;

const printAll = acts.print();

export const calls: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["system", acts.shell(false)],
  ["passthru", acts.shell(false)],
  ["exec", exec],
  ["shell_exec", acts.shell(true)],
  ["popen", (at, call) => acts.openCommand(at, argument(call, 0), known(call.args[1]) ?? "r")],
  ["proc_open", procOpen],
  ["pcntl_exec", acts.program(false)],
  ["expect_popen", acts.shell(true)],
  ["mail", plain],
  ["file_get_contents", post],
  ["file", acts.readFile],
  ["readfile", acts.printFile],
  ["highlight_file", acts.printFile],
  ["show_source", acts.printFile],
  ["php_strip_whitespace", acts.readFile],
  ["parse_ini_file", acts.readFile],
  ["simplexml_load_file", acts.readFile],
  ["fopen", open],
  ["gzopen", open],
  ["gzfile", acts.readFile],
  ["readgzfile", acts.printFile],
  ["splfileobject.new", open],
  ["file_put_contents", acts.writeFile()],
  ["unlink", acts.onPaths("delete")],
  ["rmdir", (at, call) => acts.onPaths("delete")(at, { ...call, args: call.args.slice(0, 1) })],
  ["mkdir", (at, call) => acts.onPaths("create")(at, { ...call, args: call.args.slice(0, 1) })],
  ["touch", (at, call) => acts.onPaths("create")(at, { ...call, args: call.args.slice(0, 1) })],
  ["chmod", acts.changeMode(false)],
  ["chown", acts.changeOwner(false)],
  ["chgrp", acts.changeOwner(false)],
  ["rename", acts.move],
  ["move_uploaded_file", acts.move],
  ["copy", acts.copy],
  ["symlink", acts.link("symlink")],
  ["link", acts.link("hardlink")],
  ["scandir", list],
  ["opendir", list],
  ["dir", list],
  ["glob", acts.glob],
  ["fsockopen", socketOpen],
  ["pfsockopen", socketOpen],
  ["stream_socket_client", socketOpen],
  ["stream_socket_server", (at, call) => acts.listen(at, text((known(call.args[0]) ?? "").split(":").at(-1) ?? ""))],
  ["stream_socket_accept", (at, call) => at.opened("socket", call.args[0]?.handle?.end)],
  ["socket_create", (at) => at.opened("socket", undefined)],
  ["socket_connect", socketConnect],
  ["socket_bind", socketBind],
  ["socket_accept", (at, call) => at.opened("socket", call.args[0]?.handle?.end)],
  ["curl_init", curlInit],
  ["curl_setopt", curlSet],
  ["curl_setopt_array", curlSet],
  ["curl_exec", curlExec],
  ["ftp_connect", (at, call) => acts.connect(at, argument(call, 0), call.args[1], "ftp")],
  ["fread", acts.readOpen],
  ["fgets", acts.readOpen],
  ["fgetc", acts.readOpen],
  ["fgetcsv", acts.readOpen],
  ["stream_get_contents", acts.readOpen],
  ["stream_get_line", acts.readOpen],
  ["socket_read", acts.readOpen],
  [
    "fpassthru",
    (at, call) => {
      at.write(undefined, acts.readOpen(at, call));
      return UNKNOWN;
    },
  ],
  ["stream_copy_to_stream", acts.copy],
  ["fwrite", acts.writeOpen],
  ["fputs", acts.writeOpen],
  ["fprintf", acts.writeOpen],
  ["fputcsv", acts.writeOpen],
  ["socket_write", acts.writeOpen],
  ["socket_send", acts.writeOpen],
  ["eval", acts.evaluateCode],
  ["assert", assertion],
  ["create_function", (at, call) => acts.evaluateCode(at, { ...call, args: call.args.slice(1) })],
  ["preg_replace", regexReplace],
  ["mb_ereg_replace", regexReplace],
  ["include", include],
  ["include_once", include],
  ["require", include],
  ["require_once", include],
  [
    "unserialize",
    (at, call) =>
      call.args[0]?.value.kind === "exact" ? plain(at, call) : acts.opaque("objects made of data, which may run code")(at, call),
  ],
  ["ffi.cdef", acts.opaque("functions of a library are called")],
  ["ffi.load", acts.loadLibrary],
  ["dl", acts.loadLibrary],
  ["call_user_func", callBack(0, false)],
  ["call_user_func_array", spreadCall],
  ["forward_static_call", callBack(0, false)],
  ["array_map", callBack(0, true)],
  ["array_walk", callBack(1, true)],
  ["array_filter", callBack(1, true)],
  ["array_reduce", callBack(1, true)],
  ["usort", callBack(1, true)],
  ["uasort", callBack(1, true)],
  ["uksort", callBack(1, true)],
  ["iterator_apply", callBack(1, false)],
  ["register_shutdown_function", callBack(0, false)],
  ["register_tick_function", callBack(0, false)],
  ["set_error_handler", callBack(0, false)],
  ["ob_start", callBack(0, false)],
  ["preg_replace_callback", callBack(1, true)],
  ["reflectionfunction.new", (_at, call) => ({ ...UNKNOWN, path: known(call.args[0]) ?? "" })],
  ["putenv", acts.setEnvironment],
  ["getenv", acts.environment],
  [
    "phpinfo",
    (at) => {
      at.write(undefined, { value: unknown("operator"), from: [{ end: { kind: "environment" } }] });
      return UNKNOWN;
    },
  ],
  ["posix_setuid", acts.becomes],
  ["posix_kill", (at, call) => acts.signal(at, { ...call, args: [UNKNOWN, argument(call, 0)] })],
  ["echo", printAll],
  ["print", printAll],
  ["printf", printAll],
  ["vprintf", printAll],
  ["print_r", printAll],
  ["var_dump", printAll],
  ["var_export", printAll],
  ["return", acts.firstArgument],
  ["implode", implode],
  ["join", implode],
  [
    "explode",
    (_at, call) =>
      known(call.args[1]) === undefined || !known(call.args[0])
        ? listOf([plain(_at, call)])
        : listOf((known(call.args[1]) ?? "").split(known(call.args[0]) ?? " ").map((one) => text(one))),
  ],
  [
    "str_split",
    (_at, call) =>
      known(call.args[0]) === undefined
        ? listOf([plain(_at, call)])
        : listOf([...(known(call.args[0]) ?? "")].map((one) => text(one))),
  ],
  [
    "array",
    (_at, call) => ({ ...listOf([...call.args, ...call.named.values()]), ...(call.named.size > 0 ? { pairs: call.named } : {}) }),
  ],
  ["array_merge", (_at, call) => listOf(call.args.flatMap((arg) => arg.items ?? [arg]))],
  ["array_reverse", (_at, call) => listOf([...(call.args[0]?.items ?? [])].reverse())],
  ["base64_decode", pure((one) => decode.fromBase64(one), "decode")],
  ["base64_encode", pure((one) => decode.toBase64(one), "encode")],
  ["hex2bin", pure((one) => decode.fromHex(one), "decode")],
  ["str_rot13", pure((one) => decode.rot13(one))],
  ["strrev", pure((one) => decode.reversed(one))],
  ["urldecode", pure((one) => decode.fromPercent(one), "decode")],
  ["rawurldecode", pure((one) => decode.fromPercent(one), "decode")],
  ["gzinflate", pure(() => undefined, "decompress")],
  ["gzuncompress", pure(() => undefined, "decompress")],
  ["gzdecode", pure(() => undefined, "decompress")],
  ["convert_uudecode", pure(() => undefined, "decode")],
  ["openssl_decrypt", pure(() => undefined, "decrypt")],
  ["pack", pure((template, ...items) => decode.pack(template, items), "decode")],
  ["chr", pure(decode.character)],
  ["ord", pure((one) => String(one.codePointAt(0) ?? 0))],
  ["hexdec", pure((one) => String(Number.parseInt(one, 16)))],
  ["strtolower", pure((one) => one.toLowerCase())],
  ["strtoupper", pure((one) => one.toUpperCase())],
  ["ucfirst", pure((one) => one.slice(0, 1).toUpperCase() + one.slice(1))],
  ["lcfirst", pure((one) => one.slice(0, 1).toLowerCase() + one.slice(1))],
  ["trim", pure((one, ...rest) => (rest.length > 0 ? undefined : one.trim()))],
  ["rtrim", pure((one, ...rest) => (rest.length > 0 ? undefined : one.trimEnd()))],
  ["substr", pure(decode.cut)],
  ["sprintf", pure(decode.format)],
  ["stripslashes", pure((one) => one.replaceAll("\\", ""))],
  ["stripcslashes", pure(decode.unescaped)],
  ["str_replace", replace],
  ["escapeshellarg", acts.firstArgument],
  ["escapeshellcmd", acts.firstArgument],
]);

function list(at: Interpreter, call: Call): Thing {
  at.draft.path("list", argument(call, 0).value);
  return { value: unknown("glob"), from: [] };
}

function implode(_at: Interpreter, call: Call): Thing {
  const [a, b] = call.args;
  return a?.items ? joined([a], known(b) ?? "") : joined(b ? [b] : [], known(a) ?? "");
}
